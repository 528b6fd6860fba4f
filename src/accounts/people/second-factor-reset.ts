import { z } from 'zod'
import { hasRole, invalid, newId, Refusal, type UserId } from '../../kernel/index.ts'
import { createRecordRefusal } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { hashSecret, linkHours, newSecret, type Invitation, type OneTimeLink } from '../invitations/invitation.ts'
import {
  endInvitation,
  findInvitation,
  giveSecret,
  insertInvitation,
  readStanding,
  withdrawAllOf,
} from '../invitations/invitation-store.ts'
import { freshCode } from '../invitations/invite-person.ts'
import { actorOf, type StaffContext } from '../person.ts'
import { findListed } from '../person-store.ts'
import { createConfirmedAct, createPersonAct, someone } from './person-acts.ts'

/** A reset that waits for its second person. */
export interface WaitingReset {
  readonly id: string
  readonly personId: UserId
  readonly name: string
  readonly askedBy: string
  readonly askedAt: Temporal.Instant
}

/**
 * Asks for a new second factor for somebody whose phone is gone. It waits for a second person: a guardian, or another administrator. An earlier
 * request or link for the same person ends. Throws Refusal `not_found`, `permission_denied`, those of a fresh code, `invalid_input` for oneself and
 * for somebody who has no access. Records `second_factor_reset_requested`.
 */
export function createAskForReset(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return (ctx: StaffContext, id: UserId, { otp }: { readonly otp?: string | undefined }): Promise<{ readonly resetId: string }> =>
    act(ctx, otp, async (tx, now) => {
      const { alias, email, name, roles, deputy, intakeGroupIds, active } = await someone(tx, id)
      if (id === ctx.person.userId) throw invalid('/person', 'oneself', 'Another administrator has to do this for you.')
      if (!active) throw invalid('/person', 'already_deactivated', 'Give this person their access back first.')
      await withdrawAllOf(tx, id, 'second_factor', now)
      const resetId = newId(deps.random)
      const about = { personId: id, alias, email, name, roles, deputy, intakeGroupIds, formerly: [] }
      const asked = { askedBy: ctx.person.userId, askedAt: now, expiresAt: null }
      await insertInvitation(tx, { id: resetId, purpose: 'second_factor', ...about, ...asked }, null)
      const entry = { kind: 'second_factor_reset_requested', actor: actorOf(ctx.person), at: now, fields: { person: alias } } as const
      return { value: { resetId }, entries: [entry] }
    })
}

/** The resets that this person may confirm: not their own, and none that they asked for. Throws Refusal `permission_denied`. */
export function createViewResets({ database }: AccountsDeps) {
  return async (ctx: StaffContext): Promise<WaitingReset[]> => {
    requireSecondPerson(ctx)
    return database.read(async (tx) => {
      const ids = await idsOf(tx, ctx)
      const waiting = (await readStanding(tx, 'second_factor')).filter((reset) => reset.expiresAt === null && !isOwn(reset, ids))
      return Promise.all(
        waiting.map(async ({ id, personId, name, askedBy, askedAt }) => ({
          id,
          personId,
          name,
          askedBy: (await findListed(tx, askedBy))?.name ?? '',
          askedAt,
        })),
      )
    })
  }
}

export const resetDecision = z.strictObject({
  decision: z.enum(['confirm', 'refuse'], { error: 'Choose whether you confirm it.' }),
  otp: freshCode,
})
export type ResetDecision = z.output<typeof resetDecision>

/**
 * The second person's act. Confirmed, it gives a link, good for a day and shown to this person alone, who hands it to the one whom it is for; null
 * where it was refused. Throws Refusal `not_found`, `approval_not_pending`, `approval_own_request` for whoever asked or whom it is about,
 * `permission_denied`, those of a fresh code. Records `second_factor_reset_confirmed`, `second_factor_reset_refused` or `attempt_refused`.
 */
export function createDecideReset(deps: AccountsDeps) {
  const act = createConfirmedAct(deps)
  const record = createRecordRefusal(deps.audited)
  return async (ctx: StaffContext, resetId: string, { decision, otp }: ResetDecision): Promise<OneTimeLink | null> => {
    requireSecondPerson(ctx)
    const own = await deps.database.read(async (tx) => isOwn(await findInvitation(tx, resetId), await idsOf(tx, ctx)))
    if (own) {
      await record(ctx, 'confirm_second_factor_reset', 'approval_own_request')
      throw new Refusal('approval_own_request')
    }
    return act(ctx, otp, async (tx, now) => {
      const reset = await findInvitation(tx, resetId)
      assertForSecondPerson(reset, await idsOf(tx, ctx))
      const { personId, alias } = reset
      const secret = newSecret(deps)
      const expiresAt = now.add({ hours: linkHours.second_factor })
      const confirmed = decision === 'confirm'
      const stood = confirmed
        ? await giveSecret(tx, resetId, hashSecret(deps, secret), expiresAt)
        : await endInvitation(tx, resetId, 'refused', now)
      if (!stood) throw new Refusal('approval_not_pending')
      const requestedBy = (await findListed(tx, reset.askedBy))?.alias ?? null
      const kind = confirmed ? ('second_factor_reset_confirmed' as const) : ('second_factor_reset_refused' as const)
      return {
        value: confirmed ? { personId, secret, expiresAt } : null,
        entries: [{ kind, actor: actorOf(ctx.person), at: now, fields: { person: alias, requestedBy } }],
      }
    })
  }
}

/** Asked for by this person, or about them: one person alone gives nobody a new second factor. */
function isOwn(reset: Invitation | null, ids: readonly UserId[]): boolean {
  return reset?.purpose === 'second_factor' && (ids.includes(reset.askedBy) || ids.includes(reset.personId))
}

/** Who enrolled anew since they asked is still the one who asked. */
async function idsOf(tx: Tx, { person }: StaffContext): Promise<readonly UserId[]> {
  return [person.userId, ...((await findListed(tx, person.userId))?.formerly ?? [])]
}

function assertForSecondPerson(reset: Invitation | null, ids: readonly UserId[]): asserts reset is Invitation {
  if (reset?.purpose !== 'second_factor') throw new Refusal('not_found')
  if (isOwn(reset, ids)) throw new Refusal('approval_own_request')
  if (reset.ended !== null || reset.expiresAt !== null) throw new Refusal('approval_not_pending')
}

function requireSecondPerson({ person }: StaffContext): void {
  if (!hasRole(person, 'guardian', 'administrator')) throw new Refusal('permission_denied')
}
