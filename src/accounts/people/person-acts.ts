import { hasRole, invalid, Refusal, type Role, type UserId } from '../../kernel/index.ts'
import type { AuditDraft, EntryToAppend } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { requireAdministrator } from '../invitations/invitation.ts'
import { judged, nextSet } from '../next-set.ts'
import { actorOf, type Rights, type StaffContext } from '../person.ts'
import { findListed, isReplaced, readPeople, type ListedPerson } from '../person-store.ts'
import { lockRecipientSet, readSets } from '../recipient-set-store.ts'
import { createCheckSecondFactor } from '../second-factor.ts'
import { findSession, holdSession, markSteppedUp } from '../session-store.ts'
import { signNext } from '../sign-recipient-set.ts'
import { readGroupIds } from './people-store.ts'

type Entries = readonly [EntryToAppend, ...EntryToAppend[]]
type Work<T> = (tx: Tx, now: Temporal.Instant) => Promise<{ readonly value: T; readonly entries: Entries }>

/**
 * An administrator's act on people: with a fresh code, which is then good for five minutes, one act at a time, and recorded. Throws Refusal
 * `permission_denied` and those of a fresh code.
 */
export function createPersonAct(deps: AccountsDeps) {
  const act = createAct(deps)
  return async <T>(ctx: StaffContext, otp: string | undefined, work: Work<T>): Promise<T> => {
    requireAdministrator(ctx)
    return act(ctx, otp, async (tx, now) => {
      await lockRecipientSet(tx)
      // Of two administrators who send one another away at one moment, one does
      if ((await findSession(tx, ctx.sessionId)) === null) throw new Refusal('session_invalid')
      return work(tx, now)
    })
  }
}

/** The same for whoever may do it, for things of their own. Refusal `session_invalid` where the session ended while the request was on its way. */
export function createConfirmedAct(deps: AccountsDeps) {
  const act = createAct(deps)
  return <T>(ctx: StaffContext, otp: string | undefined, work: Work<T>): Promise<T> =>
    act(ctx, otp, async (tx, now) => {
      await assertStands(tx, ctx)
      return work(tx, now)
    })
}

/** Refusal `session_invalid` where the session has ended. Afterwards it cannot end before the transaction does. */
export async function assertStands(tx: Tx, { sessionId, person }: Pick<StaffContext, 'sessionId' | 'person'>): Promise<void> {
  if (!(await holdSession(tx, sessionId, person.userId))) throw new Refusal('session_invalid')
}

function createAct(deps: AccountsDeps) {
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

/**
 * Refusal `invalid_input` where nobody would be left who is a guardian, or an administrator, and is on the signed list: whoever only waits for it can
 * sign nothing. Asked after the change, in its transaction.
 */
export async function assertSomebodyLeft(tx: Tx, deps: Pick<AccountsDeps, 'pins'>): Promise<void> {
  const signed = await signedRoles(tx, deps)
  const here = await readPeople(tx)
  const left = here.map((person) => ({
    roles: (person.next ?? person).roles.filter((role) => signed?.get(person.id)?.includes(role) ?? true),
  }))
  const onTheList = signed === null ? left : left.filter((_, at) => signed.has(here[at]!.id))
  for (const [role, text] of needed)
    if (!onTheList.some((person) => hasRole(person, role)))
      throw invalid('/person', `last_${role}`, `${text} Invite another first and let them be countersigned.`)
}

/** Null where the list is not whole: then the rows have to do. */
async function signedRoles(tx: Tx, { pins }: Pick<AccountsDeps, 'pins'>): Promise<ReadonlyMap<UserId, readonly Role[]> | null> {
  try {
    return new Map(judged(await readSets(tx), pins).inForce.set.people.map(({ id, roles }) => [id, roles]))
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
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

/** Refusal `invalid_input` for a group that is not there, and for a guardian of none, who would read nothing. */
export async function assertGroups(tx: Tx, { roles, intakeGroupIds }: Rights): Promise<void> {
  const known = await readGroupIds(tx)
  if (!intakeGroupIds.every((id) => known.has(id)))
    throw invalid('/intakeGroupIds', 'unknown_group', 'Choose from the intake groups that there are.')
  if (roles.includes('guardian') && intakeGroupIds.length === 0)
    throw invalid('/intakeGroupIds', 'group_missing', 'Choose at least one intake group for a guardian.')
}
