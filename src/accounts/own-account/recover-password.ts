import { z } from 'zod'
import { Refusal } from '../../kernel/index.ts'
import type { AuditDraft } from '../../audit/index.ts'
import {
  lockWithPassword,
  openWithRecoveryCode,
  readRecoveryCode,
  wastePasswordWork,
  type PasswordRecord,
  type PrivateKeys,
  type RecoveryCode,
} from '../../vault/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { samePublicKeys } from '../open-session.ts'
import { endSessionsOf, setPassword, useUpRecoveryWrap } from '../people/people-store.ts'
import { actorOf, normaliseEmail, staffMemberOf, type Person } from '../person.ts'
import { findPersonByEmail } from '../person-store.ts'
import { countWrong, openTotpSeed, tryCode } from '../second-factor.ts'
import { createSignInDelays } from '../sign-in-delays.ts'
import { failureEntry, openNewSession, refusals, type OpenedSession } from '../sign-in.ts'
import { refuseWeakPassword } from '../weak-password.ts'
import { offerCode } from './recovery-code.ts'

export const recoverInput = z.strictObject({
  email: z.string().max(254),
  code: z.string().max(1000),
  password: z.string().max(1024),
  otp: z.string().max(20),
})
export type RecoverInput = z.output<typeof recoverInput>

export interface Recovered extends OpenedSession {
  /** The next recovery code, to be shown and confirmed: the one that was used is used up. */
  readonly offer: string
}

type Answer = { readonly recovered: Recovered } | { readonly refused: 'sign_in_failed' | 'otp_replayed' }

/**
 * Back in with the printed code where the password is lost: the keys are wrapped under a new password, every session ends and one opens. An unknown
 * address, a wrong code and a wrong second factor cost the same work and get the same answer. Throws Refusal `invalid_input` (a slip of the pen in
 * the code, named by its group and counted as no try; a weak password), `sign_in_failed`, `otp_replayed`, `sign_in_delayed`, `overloaded`. Records
 * `recovery_code_used` and `signed_in`, or `sign_in_failed`.
 */
export function createRecoverPassword(deps: AccountsDeps) {
  const delays = createSignInDelays(deps.clock, deps.random)
  return async (ctx: { readonly requestId: string; readonly from?: string }, input: RecoverInput): Promise<Recovered> => {
    refuseWeakPassword(input.password)
    const code = codeIn(input.code)
    const name = normaliseEmail(input.email)
    const attempt = delays.begin(name, ctx.from ?? '')
    try {
      const person = await deps.database.read((tx) => findPersonByEmail(tx, name))
      const keys = person && openKeys(deps, person, code)
      const record = await newRecord(deps, keys, input.password)
      const answer =
        person !== null && keys !== null && record !== null
          ? await withFactor(deps, person, keys, record, input.otp)
          : await noteFailure(deps, person)
      if ('refused' in answer) throw new Refusal(answer.refused)
      attempt.succeeded()
      return answer.recovered
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'sign_in_failed')) attempt.withdraw()
      throw error
    }
  }
}

function codeIn(typed: string): RecoveryCode {
  const reading = readRecoveryCode(typed)
  if (reading.ok) return reading.code
  const [group] = reading.groups
  const detail =
    group === undefined
      ? 'This is not a recovery code. It has 7 groups of 4 letters and digits.'
      : `Look at group ${group}: there is a typing error.`
  throw new Refusal('invalid_input', { faults: [{ pointer: '/code', code: 'mistyped', detail }] })
}

function openKeys({ secrets }: AccountsDeps, person: Person, code: RecoveryCode): PrivateKeys | null {
  const { recoveryWrapped, id, publicKeys } = person
  const keys = recoveryWrapped && openWithRecoveryCode(recoveryWrapped, code, id, secrets.passwordPepper)
  if (keys !== null && !samePublicKeys(keys.publicKeys, publicKeys)) throw new Refusal('record_not_genuine')
  return keys
}

/** One run of Argon2id, whoever asks. */
function newRecord(
  { gate, secrets, passwordCost }: AccountsDeps,
  keys: PrivateKeys | null,
  password: string,
): Promise<PasswordRecord | null> {
  return gate(() =>
    keys === null
      ? wastePasswordWork(password, secrets.passwordPepper, passwordCost)
      : lockWithPassword(keys, password, secrets.passwordPepper, passwordCost),
  )
}

function noteFailure({ audited, clock }: AccountsDeps, person: Person | null): Promise<Answer> {
  return audited(async () => ({
    value: { refused: 'sign_in_failed' as const },
    entries: [failureEntry(clock.now(), person, person === null ? 'unknown_person' : 'recovery_code')],
  }))
}

async function withFactor(deps: AccountsDeps, person: Person, keys: PrivateKeys, record: PasswordRecord, otp: string): Promise<Answer> {
  const now = deps.clock.now()
  const seed = openTotpSeed(deps.secrets.totpKey, person.id, person.totpSeed)
  return deps.audited<Answer>(async (tx) => {
    const outcome = await tryCode(tx, person.id, seed, otp, now)
    if (outcome !== 'right') {
      if (outcome === 'wrong') await countWrong(tx, person.id, now)
      return { value: { refused: refusals[outcome] }, entries: [failureEntry(now, person, `second_factor_${outcome}`)] }
    }
    if (person.recoveryWrapped === null || !(await useUpRecoveryWrap(tx, person.id, person.recoveryWrapped)))
      return { value: { refused: 'sign_in_failed' }, entries: [failureEntry(now, person, 'recovery_code')] }
    await setPassword(tx, person.id, record)
    await endSessionsOf(tx, person.id)
    const opened = await openNewSession(tx, deps, person, keys, now)
    const actor = actorOf(staffMemberOf(person))
    const used: AuditDraft = { kind: 'recovery_code_used', actor, at: now, fields: { person: person.alias } }
    const value = { recovered: { ...opened, offer: offerCode(deps, person.id) } }
    return { value, entries: [used, { kind: 'signed_in', actor, at: now, fields: {} }] }
  })
}
