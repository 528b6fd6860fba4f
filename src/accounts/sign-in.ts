import { newId, Refusal, type ErrorCode, type SessionId, type StaffMember } from '../kernel/index.ts'
import type { AuditDraft } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import { lockForSession, openWithPassword, wastePasswordWork, type PrivateKeys } from '../vault/index.ts'
import { signAccessToken } from './access-token.ts'
import type { AccountsDeps } from './dependencies.ts'
import { samePublicKeys } from './open-session.ts'
import { actorOf, normaliseEmail, staffMemberOf, type Person } from './person.ts'
import { findPersonByEmail } from './person-store.ts'
import { countWrong, openTotpSeed, tryCode, type CodeOutcome } from './second-factor.ts'
import { insertSession, sessionLimits } from './session-store.ts'
import { createSignInDelays } from './sign-in-delays.ts'

export interface SignInInput {
  readonly email: string
  readonly password: string
  /** Six digits. */
  readonly otp: string
}

/** A session as it was opened or renewed. The token is the only place where what opens the session's keys is kept. */
export interface OpenedSession {
  readonly accessToken: string
  /** The end in any case; fifteen idle minutes end it sooner. */
  readonly expiresAt: Temporal.Instant
  readonly staff: StaffMember
}

type Answer = { readonly opened: OpenedSession } | { readonly refused: ErrorCode }

/** What each outcome of a right password's code is answered with. A held account answers like a wrong code: it must not tell that the password was right. */
export const refusals = { wrong: 'sign_in_failed', held: 'sign_in_failed', replayed: 'otp_replayed' } as const satisfies Record<
  Exclude<CodeOutcome, 'right'>,
  ErrorCode
>

/**
 * Signs a person in with e-mail, password and second factor. An unknown address, a wrong password and a wrong code cost the same work
 * and get the same answer. Throws Refusal `sign_in_failed`, `otp_replayed` (a code that was used; not a failed try),
 * `sign_in_delayed` with the seconds to wait, `overloaded`. Records `signed_in` or `sign_in_failed`, the latter with the person's
 * alias where there is such a person.
 */
export function createSignIn(deps: AccountsDeps) {
  const delays = createSignInDelays(deps.clock, deps.random)
  return async (
    ctx: { readonly requestId: string; readonly from?: string },
    { email, password, otp }: SignInInput,
  ): Promise<OpenedSession> => {
    const name = normaliseEmail(email)
    const attempt = delays.begin(name, ctx.from ?? '')
    try {
      const person = await deps.database.read((tx) => findPersonByEmail(tx, name))
      const keys = await openKeys(deps, person, password)
      const answer = person !== null && keys !== null ? await withCode(deps, person, keys, otp) : await noteFailure(deps, person)
      if ('refused' in answer) throw new Refusal(answer.refused)
      attempt.succeeded()
      return answer.opened
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'sign_in_failed')) attempt.withdraw()
      throw error
    }
  }
}

/** One run of Argon2id, whoever asks. Null where there is no such person or the password is wrong. */
async function openKeys(
  { gate, secrets, passwordCost }: AccountsDeps,
  person: Person | null,
  password: string,
): Promise<PrivateKeys | null> {
  const keys = await gate(() =>
    person === null
      ? wastePasswordWork(password, secrets.passwordPepper, passwordCost)
      : openWithPassword(person.password, password, secrets.passwordPepper),
  )
  if (keys !== null && person !== null && !samePublicKeys(keys.publicKeys, person.publicKeys)) throw new Refusal('record_not_genuine')
  return keys
}

function noteFailure({ audited, clock }: AccountsDeps, person: Person | null): Promise<Answer> {
  return audited(async () => ({
    value: { refused: 'sign_in_failed' as const },
    entries: [failureEntry(clock.now(), person, person === null ? 'unknown_person' : 'password')],
  }))
}

/** Nobody is known to have acted, only whose account it was about. */
export function failureEntry(at: Temporal.Instant, person: Person | null, code: string): AuditDraft {
  return { kind: 'sign_in_failed', actor: { role: 'system' }, at, fields: { ...(person && { person: person.alias }), code } }
}

/** The second factor, and where it is right the session, in the transaction that records either. */
async function withCode(deps: AccountsDeps, person: Person, keys: PrivateKeys, otp: string): Promise<Answer> {
  const now = deps.clock.now()
  const seed = openTotpSeed(deps.secrets.totpKey, person.id, person.totpSeed)
  return deps.audited<Answer>(async (tx) => {
    const outcome = await tryCode(tx, person.id, seed, otp, now)
    if (outcome === 'right') {
      const opened = await openNewSession(tx, deps, person, keys, now)
      return { value: { opened }, entries: [{ kind: 'signed_in', actor: actorOf(staffMemberOf(person)), at: now, fields: {} }] }
    }
    if (outcome === 'wrong') await countWrong(tx, person.id, now)
    return { value: { refused: refusals[outcome] }, entries: [failureEntry(now, person, `second_factor_${outcome}`)] }
  })
}

export async function openNewSession(
  tx: Tx,
  { random, secrets }: AccountsDeps,
  person: Person,
  keys: PrivateKeys,
  now: Temporal.Instant,
): Promise<OpenedSession> {
  const id = newId<SessionId>(random)
  const lock = lockForSession(keys)
  const expiresAt = now.add({ hours: sessionLimits.absoluteHours })
  await insertSession(tx, { id, personId: person.id, lock, csrf: random.bytes(32), openedAt: now, expiresAt })
  const claims = { userId: person.id, sessionId: id, sk: lock.sk.reveal() }
  return { accessToken: signAccessToken(secrets.session, claims, now, expiresAt), expiresAt, staff: staffMemberOf(person) }
}
