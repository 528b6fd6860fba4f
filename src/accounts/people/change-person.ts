import type { z } from 'zod'
import { invalid, type UserId } from '../../kernel/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import type { freshCode, rightsInput } from '../invitations/invite-person.ts'
import { readStanding, withdrawAllOf } from '../invitations/invitation-store.ts'
import { actorOf, settleRoles, type StaffContext } from '../person.ts'
import { assertGroups, assertSomebodyLeft, createPersonAct, signLeaving, someone } from './person-acts.ts'
import { askForRights, endSessionsOf, sameRights, setActive } from './people-store.ts'

type WithCode = { readonly otp?: z.output<typeof freshCode> }
export type RightsInput = z.output<typeof rightsInput> & WithCode

/**
 * Sends a person away: sessions end and nothing is sealed to them from this moment, and the list without them waits for a guardian, with the
 * administrator's name already under it. Throws Refusal `not_found`, `permission_denied`, those of a fresh code, `invalid_input` for oneself, the
 * only guardian or administrator, or somebody who is gone already. Records `person_deactivated` and `recipient_set_signed`.
 */
export function createDeactivatePerson(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return (ctx: StaffContext, id: UserId, { otp }: WithCode): Promise<void> =>
    act(ctx, otp, async (tx, now) => {
      const { alias } = await someone(tx, id)
      refuseOneself(ctx, id)
      if (!(await setActive(tx, id, false))) throw invalid('/person', 'already_deactivated', 'This person has no access already.')
      await assertSomebodyLeft(tx, deps)
      await endSessionsOf(tx, id)
      await askForRights(tx, id, null)
      await withdrawAllOf(tx, id, 'second_factor', now)
      const signed = await signLeaving(tx, deps, ctx)
      const entry = { kind: 'person_deactivated', actor: actorOf(ctx.person), at: now, fields: { person: alias } } as const
      return { value: undefined, entries: [entry, ...signed] }
    })
}

/**
 * Lets a person come back, with the keys they had; a link for new ones ends. Where the list without them is in force already, guardians have to sign one with them first. Throws Refusal `not_found`,
 * `permission_denied`, those of a fresh code, `invalid_input` for somebody who is here. Records `person_reactivated`.
 */
export function createReactivatePerson(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return (ctx: StaffContext, id: UserId, { otp }: WithCode): Promise<void> =>
    act(ctx, otp, async (tx, now) => {
      const { alias } = await someone(tx, id)
      if (!(await setActive(tx, id, true))) throw invalid('/person', 'already_active', 'This person has access already.')
      const again = (await readStanding(tx, 'enrol')).filter(({ formerly }) => formerly.includes(id))
      for (const { personId } of again) await withdrawAllOf(tx, personId, 'enrol', now)
      const entry = { kind: 'person_reactivated', actor: actorOf(ctx.person), at: now, fields: { person: alias } } as const
      return { value: undefined, entries: [entry, ...(await signLeaving(tx, deps, ctx))] }
    })
}

/**
 * Asks for other roles or intake groups. They hold once guardians have signed them; until then the old ones do. Asking for those in force takes an
 * earlier request back. Throws Refusal `not_found`, `permission_denied`, those of a fresh code, `invalid_input` for oneself, for roles that must
 * stay apart, for the last of a kind. Records `rights_change_asked`.
 */
export function createChangeRights(deps: AccountsDeps) {
  const act = createPersonAct(deps)
  return (ctx: StaffContext, id: UserId, { otp, ...given }: RightsInput): Promise<void> => {
    const rights = { ...given, roles: settleRoles(given.roles, given.deputy) }
    return act(ctx, otp, async (tx, now) => {
      const person = await someone(tx, id)
      refuseOneself(ctx, id)
      if (!person.active) throw invalid('/person', 'already_deactivated', 'Give this person their access back first.')
      await assertGroups(tx, rights)
      await askForRights(tx, id, sameRights(rights, person) ? null : rights)
      await assertSomebodyLeft(tx, deps)
      const { roles, deputy, intakeGroupIds } = rights
      const fields = { person: person.alias, roles: [...roles], deputy, groups: intakeGroupIds.length }
      return { value: undefined, entries: [{ kind: 'rights_change_asked', actor: actorOf(ctx.person), at: now, fields }] }
    })
  }
}

function refuseOneself({ person }: StaffContext, id: UserId): void {
  if (person.userId === id) throw invalid('/person', 'oneself', 'Another administrator has to do this for you.')
}
