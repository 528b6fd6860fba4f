import { type Clock, type UserId } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { fingerprint } from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { namesOf } from '../names.ts'
import { endSessionsOf, releaseEmail, setTotpSeed } from '../people/people-store.ts'
import { actorOf, staffMemberOf, type Person } from '../person.ts'
import { findListed, insertPerson } from '../person-store.ts'
import { base64 } from '../recipient-set.ts'
import { lockRecipientSet } from '../recipient-set-store.ts'
import { sealTotpSeed } from '../second-factor.ts'
import type { EnrolmentDraft } from './enrolment-draft.ts'
import { assertOpen, type Invitation } from './invitation.ts'
import { endInvitation, findInvitation } from './invitation-store.ts'
import { refuseTakenEmail } from './invite-person.ts'

type Enrolled = NonNullable<EnrolmentDraft['made']> & { readonly totpSeed: Uint8Array; readonly factorStep: number }

/** Adds the person with what they made, and uses the link up. Whoever they stand in for is gone for good. Records `person_enrolled`. */
export async function finishEnrolment(deps: AccountsDeps, invitation: Invitation, enrolled: Enrolled): Promise<void> {
  const { audited, clock, secrets } = deps
  const { personId: id, alias, email, name, roles, deputy, intakeGroupIds, formerly } = invitation
  const { publicKeys, password, recoveryWrapped, totpSeed, factorStep } = enrolled
  const sealed = sealTotpSeed(secrets.totpKey, id, totpSeed)
  const rights = { roles, deputy, intakeGroupIds, next: null }
  const person: Person = { id, alias, email, name, ...rights, publicKeys, password, totpSeed: sealed, recoveryWrapped, formerly }
  await audited(async (tx) => {
    await lockRecipientSet(tx)
    await useUp(tx, invitation, clock)
    const replaces = await takeLeave(tx, formerly.at(-1))
    await insertPerson(tx, person)
    await setTotpSeed(tx, id, sealed, factorStep)
    const keys = { fingerprint: fingerprint(publicKeys), signKey: base64(publicKeys.sign) }
    const fields = { person: alias, roles: [...roles], ...keys, ...(replaces !== null && { replaces }) }
    const draft = { kind: 'person_enrolled', actor: actorOf(staffMemberOf(person)), at: clock.now(), fields } as const
    const entry = await namesOf(deps).commit(tx, draft, name)
    return { value: undefined, entries: [entry] }
  }).catch(refuseTakenEmail)
}

/** Puts the new seed in the old one's place, and uses the link up. The person's sessions end. Records `second_factor_renewed`. */
export async function finishSecondFactor(
  { audited, clock, secrets }: AccountsDeps,
  invitation: Invitation,
  totpSeed: Uint8Array,
  factorStep: number,
): Promise<void> {
  const { personId: id, alias, roles } = invitation
  await audited(async (tx) => {
    await useUp(tx, invitation, clock)
    await setTotpSeed(tx, id, sealTotpSeed(secrets.totpKey, id, totpSeed), factorStep)
    await endSessionsOf(tx, id)
    const actor = actorOf({ userId: id, alias, roles })
    return { value: undefined, entries: [{ kind: 'second_factor_renewed', actor, at: clock.now(), fields: { person: alias } }] }
  })
}

/** Of two that finish with one link, one does. Throws the Refusal of a link that is over. */
async function useUp(tx: Tx, { id }: Invitation, { now }: Clock): Promise<void> {
  const standing = await findInvitation(tx, id)
  assertOpen(standing ?? { ended: 'withdrawn', expiresAt: null }, now())
  if (!(await endInvitation(tx, id, 'used', now()))) assertOpen({ ended: 'used', expiresAt: null }, now())
}

/** The alias of whoever this enrolment stands in for, whose address is free now. */
async function takeLeave(tx: Tx, id: UserId | undefined): Promise<string | null> {
  const before = id === undefined ? null : await findListed(tx, id)
  if (before === null) return null
  await releaseEmail(tx, before.id)
  await endSessionsOf(tx, before.id)
  return before.alias
}
