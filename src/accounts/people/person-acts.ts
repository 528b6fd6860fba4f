import { hasRole, invalid, Refusal, type UserId } from '../../kernel/index.ts'
import type { AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { requireAdministrator } from '../invitations/invitation.ts'
import { nextSet } from '../next-set.ts'
import { actorOf, type StaffContext } from '../person.ts'
import { findListed, readPeople, type ListedPerson } from '../person-store.ts'
import { lockRecipientSet } from '../recipient-set-store.ts'
import { createCheckSecondFactor } from '../second-factor.ts'
import { markSteppedUp } from '../session-store.ts'
import { signNext } from '../sign-recipient-set.ts'

type Entries = readonly [AuditDraft, ...AuditDraft[]]
type Work<T> = (tx: Tx, now: Temporal.Instant) => Promise<{ readonly value: T; readonly entries: Entries }>

/**
 * An administrator's act on people: with a fresh code, which is then good for five minutes, one act at a time, and recorded. Throws Refusal
 * `permission_denied` and those of a fresh code.
 */
export function createPersonAct(deps: AccountsDeps) {
  const act = createConfirmedAct(deps)
  return async <T>(ctx: StaffContext, otp: string | undefined, work: Work<T>): Promise<T> => {
    requireAdministrator(ctx)
    return act(ctx, otp, async (tx, now) => {
      await lockRecipientSet(tx)
      return work(tx, now)
    })
  }
}

/** The same for whoever may do it. */
export function createConfirmedAct(deps: AccountsDeps) {
  const check = createCheckSecondFactor(deps)
  return <T>(ctx: StaffContext, otp: string | undefined, work: Work<T>): Promise<T> =>
    deps.audited(async (tx) => {
      const now = deps.clock.now()
      await check(tx, ctx, otp)
      const { value, entries } = await work(tx, now)
      const isFresh = otp !== undefined && otp !== '' && (await markSteppedUp(tx, ctx.sessionId, now))
      const steppedUp: AuditDraft[] = isFresh ? [{ kind: 'stepped_up', actor: actorOf(ctx.person), at: now, fields: {} }] : []
      return { value, entries: [...entries, ...steppedUp] }
    })
}

/** A person who is or was here. Refusal `not_found`, also for those who are enrolled anew under another id. */
export async function someone(tx: Tx, id: UserId): Promise<ListedPerson> {
  const person = await findListed(tx, id)
  if (person === null || isReplaced(person)) throw new Refusal('not_found')
  return person
}

/** Their address was freed for the same human being under a new id (`releaseEmail`). */
export const isReplaced = ({ email }: Pick<ListedPerson, 'email'>): boolean => email.startsWith('replaced ')

/** Refusal `invalid_input` where the service would be left without somebody who must be there. Asked after the change, in its transaction. */
export async function assertSomebodyLeft(tx: Tx): Promise<void> {
  const left = (await readPeople(tx)).map((person) => ({ roles: (person.next ?? person).roles }))
  for (const [role, text] of needed)
    if (!left.some((person) => hasRole(person, role)))
      throw invalid('/person', `last_${role}`, `${text} Invite another first and let them be countersigned.`)
}

const needed = [
  ['guardian', 'This is the only guardian.'],
  ['administrator', 'This is the only administrator.'],
] as const

/**
 * The administrator's name under the list without those who left, so that one guardian's is enough beside it. None where nobody is to leave it, or
 * where the list is not whole: sending somebody away works all the same.
 */
export async function signLeaving(tx: Tx, deps: AccountsDeps, ctx: StaffContext): Promise<AuditDraft[]> {
  const next = await nextSet(tx, deps.pins).catch((error: unknown) => {
    if (error instanceof Refusal && (error.code === 'intake_closed' || error.code === 'not_set_up')) return null
    throw error
  })
  if (next === null || !next.leavesOut || next.signedBy.includes(ctx.person.userId)) return []
  return [(await signNext(tx, deps, ctx, next)).entry]
}
