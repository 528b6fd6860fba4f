import { Secret as OtpSecret, TOTP } from 'otpauth'
import { Refusal, type UserId } from '../kernel/index.ts'
import { CannotStart, type Tx } from '../database/index.ts'
import { deriveKey, openUnder, sealUnder } from '../vault/index.ts'
import type { AccountsDeps } from './dependencies.ts'
import { actorOf, type StaffContext } from './person.ts'
import { countWrongCode, readPeople, readTotpSeed, secondsHeld, spendStep } from './person-store.ts'

/** RFC 6238 as authenticator apps have it. Sixty seconds either way for a phone's clock that is off. */
const totp = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const stepsEitherWay = 1

/**
 * Wrong codes with a right password: four are free, then the account is held for a minute, doubling up to fifteen. Only somebody who
 * has the password can bring this about, so no stranger locks anybody out; and who has only the password tries about a hundred codes
 * a day, three in a million of which are right.
 */
const wrongCodes = { free: 5, longestSeconds: 900 } as const

export type CodeOutcome = 'right' | 'wrong' | 'replayed' | 'held'

const contextOf = (id: UserId) => `totp seed|${id}`
const keyOf = (totpKey: Uint8Array) => deriveKey(totpKey, new Uint8Array(0), 'totp seeds')

/** The seed under the server's key, bound to the person: copied to another row it opens nothing. */
export function sealTotpSeed(totpKey: Uint8Array, id: UserId, seed: Uint8Array): Uint8Array {
  return sealUnder(keyOf(totpKey), contextOf(id), seed)
}

/** Throws Refusal `record_not_genuine` where the row was not sealed for this person by this server. */
export function openTotpSeed(totpKey: Uint8Array, id: UserId, sealed: Uint8Array): Uint8Array {
  const seed = openUnder(keyOf(totpKey), contextOf(id), sealed)
  if (seed === null) throw new Refusal('record_not_genuine')
  return seed
}

/**
 * Refuses to start on a database whose people were enrolled with other server secrets: nobody could sign in, and no reporter's token
 * would open anything. Throws `CannotStart` where not one person's seed opens.
 */
export async function checkSecretsFit({ database, secrets }: Pick<AccountsDeps, 'database' | 'secrets'>): Promise<void> {
  const people = await database.read(readPeople)
  const fits = people.some(({ id, totpSeed }) => openUnder(keyOf(secrets.totpKey), contextOf(id), totpSeed) !== null)
  if (people.length > 0 && !fits)
    throw new CannotStart(
      'The secrets in DATA_DIR are not the ones this database was filled with. Put the right ones back from the backup.',
    )
}

/** The time step that a code belongs to, null where it is not one of the three that count now. Spaces are forgiven. */
export function stepOfCode(seed: Uint8Array, code: string, now: Temporal.Instant): number | null {
  const token = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const timestamp = now.epochMilliseconds
  const delta = TOTP.validate({ ...totp, token, secret: secretOf(seed), timestamp, window: stepsEitherWay })
  return delta === null ? null : Math.floor(timestamp / 1000 / totp.period) + delta
}

/** RFC 4226 section 4, R6: 160 bits recommended. */
export const seedLength = 20

/** A seed as it gets into an authenticator app: typed, followed as a link, or read from a picture of that link. */
export interface ShownFactor {
  /** Base 32, in groups of four. */
  readonly key: string
  readonly uri: string
}

export function factorOf(seed: Uint8Array, email: string): ShownFactor {
  const factor = new TOTP({ ...totp, issuer: 'Forthright', label: email, secret: secretOf(seed) })
  return { key: (factor.secret.base32.match(/.{1,4}/g) ?? []).join(' '), uri: factor.toString() }
}

/** The code of this moment, for the demonstration's console and for tests. */
export function codeAt(seed: Uint8Array, now: Temporal.Instant): string {
  return TOTP.generate({ ...totp, secret: secretOf(seed), timestamp: now.epochMilliseconds })
}

function secretOf(seed: Uint8Array): OtpSecret {
  return new OtpSecret({ buffer: new Uint8Array(seed).buffer })
}

/** Tries a code inside the caller's transaction and uses it up where it is right. Counts nothing. */
export async function tryCode(tx: Tx, id: UserId, seed: Uint8Array, code: string, now: Temporal.Instant): Promise<CodeOutcome> {
  const step = stepOfCode(seed, code, now)
  if (step !== null && (await spendStep(tx, id, step, now))) return 'right'
  if ((await secondsHeld(tx, id, now)) > 0) return 'held'
  return step === null ? 'wrong' : 'replayed'
}

export async function countWrong(tx: Tx, id: UserId, now: Temporal.Instant): Promise<void> {
  await countWrongCode(tx, id, now, wrongCodes.free, wrongCodes.longestSeconds)
}

/**
 * Makes the check of a fresh code for a signed-in person, inside the transaction of the act it stands for: code and act are used up
 * together. Throws Refusal `step_up_required` where no code came and none was given lately, `otp_replayed`, `sign_in_failed` (a wrong
 * code: counted, with an entry of its own, before the act's transaction is undone), or `sign_in_delayed` while wrong codes hold the
 * account.
 */
export function createCheckSecondFactor(deps: AccountsDeps) {
  const { audited, clock, secrets } = deps
  return async (tx: Tx, ctx: StaffContext, otp: string | undefined): Promise<void> => {
    if (otp === undefined || otp === '') {
      if (ctx.steppedUp) return
      throw new Refusal('step_up_required')
    }
    const { userId, alias } = ctx.person
    const now = clock.now()
    const sealed = await readTotpSeed(tx, userId)
    if (sealed === null) throw new Refusal('session_invalid')
    const outcome = await tryCode(tx, userId, openTotpSeed(secrets.totpKey, userId, sealed), otp, now)
    if (outcome === 'right') return
    if (outcome === 'replayed') throw new Refusal('otp_replayed')
    if (outcome === 'held') throw new Refusal('sign_in_delayed', { retryAfterSeconds: await secondsHeld(tx, userId, now) })
    // On a connection of its own, since the act's transaction is about to be rolled back. The person's row is not locked by it.
    await audited(async (own) => {
      await countWrong(own, userId, now)
      return {
        value: null,
        entries: [{ kind: 'sign_in_failed', actor: actorOf(ctx.person), at: now, fields: { person: alias, code: 'second_factor' } }],
      }
    })
    throw new Refusal('sign_in_failed')
  }
}
