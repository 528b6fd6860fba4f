import { Refusal, type IntakeGroupId, type Role } from '../../kernel/index.ts'
import {
  createKeys,
  fingerprint,
  lockWithPassword,
  newRecoveryCode,
  openWithPassword,
  recoveryCodeGroups,
  wrapForRecoveryCode,
} from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { samePublicKeys } from '../open-session.ts'
import { findListed } from '../person-store.ts'
import { assertCopied, type CopiedGroups } from '../own-account/copied-groups.ts'
import { factorOf, seedLength, stepOfCode, type ShownFactor } from '../second-factor.ts'
import { createSignInDelays } from '../sign-in-delays.ts'
import { refuseWeakPassword } from '../weak-password.ts'
import { openEnrolment, sealEnrolment, type EnrolmentDraft } from './enrolment-draft.ts'
import { finishEnrolment, finishSecondFactor } from './finish-enrolment.ts'
import { assertOpen, hashSecret, type Invitation, type Purpose } from './invitation.ts'
import { findBySecret } from './invitation-store.ts'

/** What somebody with a link is told before they begin. */
export interface OpenedInvitation {
  readonly purpose: Purpose
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly deputy: boolean
  readonly intakeGroupIds: readonly IntakeGroupId[]
  readonly expiresAt: Temporal.Instant
}

/** Where somebody stands in their enrolment. The recovery code is there once the second factor was confirmed. */
export interface EnrolmentState {
  readonly purpose: Purpose
  readonly factor: ShownFactor
  readonly factorConfirmed: boolean
  /** Seven groups of four; null for a second factor alone. */
  readonly recoveryCode: readonly string[] | null
  /** Of the keys just made, for the guardian who countersigns to compare. */
  readonly fingerprint: string | null
}

/**
 * Enrolment by a one-time link, in pages: password, second factor, recovery code. What is made on the way lies sealed in the person's own cookie
 * (`draft`); the database learns of it at the end. Every step throws Refusal `invitation_not_recognised`, `invitation_used`,
 * `invitation_expired`, and from the second on `draft_gone`. A link that was used or ran out is recorded when it is tried: `attempt_refused`.
 */
export interface Enrolment {
  open(secret: string): Promise<OpenedInvitation>
  /** Makes the keys. Refusal `invalid_input` at `/password`, `overloaded`. For a second factor alone the password is the one they have: `sign_in_failed`, `sign_in_delayed`. */
  choosePassword(secret: string, input: { readonly password: string }): Promise<{ readonly draft: string }>
  state(secret: string, draft: string): Promise<EnrolmentState>
  /** Refusal `sign_in_failed` for a code the app does not show now. For a second factor alone this is the end of it. */
  confirmFactor(secret: string, draft: string, input: { readonly otp: string }): Promise<{ readonly draft: string | null }>
  /** The end: the person is here. Refusal `invalid_input` where the groups are not those of the code. Records `person_enrolled`. */
  finish(secret: string, draft: string, input: CopiedGroups): Promise<void>
}

export function createEnrolment(deps: AccountsDeps): Enrolment {
  const delays = createSignInDelays(deps.clock, deps.random)
  const find = createFindOpen(deps)
  return {
    open: async (secret) => {
      const { purpose, name, email, roles, deputy, intakeGroupIds, expiresAt } = await find(secret)
      return { purpose, name, email, roles, deputy, intakeGroupIds, expiresAt: expiresAt ?? deps.clock.now() }
    },
    choosePassword: async (secret, { password }) => {
      const invitation = await find(secret)
      const draft =
        invitation.purpose === 'enrol' ? await newKeys(deps, invitation, password) : await known(deps, delays, invitation, password)
      return { draft: sealEnrolment(deps, invitation, draft) }
    },
    state: async (secret, sealed) => {
      const invitation = await find(secret)
      const { totpSeed, factorStep, made } = openEnrolment(deps, invitation, sealed)
      return {
        purpose: invitation.purpose,
        factor: factorOf(totpSeed, invitation.email),
        factorConfirmed: factorStep !== null,
        recoveryCode: factorStep === null || made === undefined ? null : recoveryCodeGroups(made.recoveryCode),
        fingerprint: made === undefined ? null : fingerprint(made.publicKeys),
      }
    },
    confirmFactor: async (secret, sealed, { otp }) => {
      const invitation = await find(secret)
      const draft = openEnrolment(deps, invitation, sealed)
      const factorStep = stepOfCode(draft.totpSeed, otp, deps.clock.now())
      if (factorStep === null) throw new Refusal('sign_in_failed')
      if (invitation.purpose === 'enrol') return { draft: sealEnrolment(deps, invitation, { ...draft, factorStep }) }
      await finishSecondFactor(deps, invitation, draft.totpSeed, factorStep)
      return { draft: null }
    },
    finish: async (secret, sealed, copied) => {
      const invitation = await find(secret)
      const { totpSeed, factorStep, made } = openEnrolment(deps, invitation, sealed)
      if (made === undefined || factorStep === null) throw new Refusal('draft_gone')
      assertCopied(made.recoveryCode, copied)
      await finishEnrolment(deps, invitation, { ...made, totpSeed, factorStep })
    },
  }
}

/**
 * The invitation of a link. Records `attempt_refused` where it ran out, was used or withdrawn: a link that somebody else has kept, or found in a
 * proxy's records, must not be tried in silence. Links that never were are not recorded, or anybody could fill the log.
 */
function createFindOpen(deps: AccountsDeps): (secret: string) => Promise<Invitation> {
  const { database, audited, clock } = deps
  return async (secret) => {
    const invitation = await database.read((tx) => findBySecret(tx, hashSecret(deps, secret)))
    if (invitation === null) throw new Refusal('invitation_not_recognised')
    try {
      assertOpen(invitation, clock.now())
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const fields = { attempt: 'open_invitation', code: error.code }
      await audited(async () => ({
        value: null,
        entries: [{ kind: 'attempt_refused', actor: { role: 'system' }, at: clock.now(), fields }],
      }))
      throw error
    }
    return invitation
  }
}

async function newKeys(deps: AccountsDeps, { personId }: Invitation, password: string): Promise<EnrolmentDraft> {
  refuseWeakPassword(password)
  const { random, secrets, passwordCost, gate } = deps
  const keys = createKeys()
  const record = await gate(() => lockWithPassword(keys, password, secrets.passwordPepper, passwordCost))
  const recoveryCode = newRecoveryCode(random)
  const recoveryWrapped = wrapForRecoveryCode(keys, recoveryCode, personId, secrets.passwordPepper, random)
  const made = { publicKeys: keys.publicKeys, password: record, recoveryCode, recoveryWrapped }
  return { totpSeed: random.bytes(seedLength), factorStep: null, made }
}

/** A new second factor for somebody who still knows their password: the link alone, in somebody else's hands, changes nothing. */
async function known(
  { database, audited, clock, gate, secrets, random }: AccountsDeps,
  delays: ReturnType<typeof createSignInDelays>,
  { personId }: Invitation,
  password: string,
): Promise<EnrolmentDraft> {
  const attempt = delays.begin(personId, '')
  const person = await database.read((tx) => findListed(tx, personId))
  if (person === null || !person.active) throw new Refusal('invitation_not_recognised')
  const keys = await gate(() => openWithPassword(person.password, password, secrets.passwordPepper))
  if (keys === null) {
    const fields = { person: person.alias, code: 'password' }
    await audited(async () => ({ value: null, entries: [{ kind: 'sign_in_failed', actor: { role: 'system' }, at: clock.now(), fields }] }))
    throw new Refusal('sign_in_failed')
  }
  if (!samePublicKeys(keys.publicKeys, person.publicKeys)) throw new Refusal('record_not_genuine')
  attempt.succeeded()
  return { totpSeed: random.bytes(seedLength), factorStep: null }
}
