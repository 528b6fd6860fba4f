import type { Tx } from '../database/index.ts'
import { hasRole, Refusal } from '../kernel/index.ts'
import { fingerprint, hashSessionKey, openForSession, type PrivateKeys, type PublicKeys } from '../vault/index.ts'
import type { Directory } from './directory.ts'
import { readAccessToken, type AccessClaims } from './access-token.ts'
import type { AccountsDeps } from './dependencies.ts'
import type { StaffContext } from './person.ts'
import { findSession, sessionLimits, touchSession, type StoredSession } from './session-store.ts'

const stepUpMinutes = 5

interface CurrentDirectory {
  current(tx?: Tx): Promise<Directory>
}

/**
 * Opens the session of an access token for one request. The row decides: revoked, idle for 15 minutes or older than 8 hours is over at
 * once, however good the token is. Throws Refusal `session_required`, `session_invalid`, `session_expired`, `countersignature_awaited`, or
 * `record_not_genuine` where row and person do not fit together.
 */
export function createOpenSession({ database, clock, secrets }: AccountsDeps, directory: CurrentDirectory) {
  return async (accessToken: string, requestId: string): Promise<StaffContext> => {
    const now = clock.now()
    const claims = readAccessToken(secrets.session, accessToken, now)
    // One transaction for both: every request of staff waits for it
    const { session, signed } = await database.read(async (tx) => {
      const found = await findSession(tx, claims.sessionId)
      return { session: found, signed: found && (await signedList(directory, tx)) }
    })
    if (session === null || signed === null || !isOf(session, claims)) throw new Refusal('session_invalid')
    if (isOver(session, now)) throw new Refusal('session_expired')
    const keys = openForSession(session.wrappedKeys, claims.sk)
    if (!samePublicKeys(keys.publicKeys, session.publicKeys)) throw new Refusal('record_not_genuine')
    assertAsSigned(session, signed)
    await touchSession(database, session, now)
    return {
      person: session.person,
      sessionId: session.id,
      keys,
      steppedUp: isFresh(session.steppedUpAt, now),
      freshCode: isFresh(session.openedAt, now) || isFresh(session.steppedUpAt, now),
      csrf: Buffer.from(session.csrf).toString('base64url'),
      requestId,
      now,
    }
  }
}

function isFresh(codeAt: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return codeAt !== null && Temporal.Instant.compare(now, codeAt.add({ minutes: stepUpMinutes })) < 0
}

/** The list in force, or why there is none: that counts only after the session has proved whole. */
async function signedList(directory: CurrentDirectory, tx: Tx): Promise<Directory | Refusal> {
  return directory.current(tx).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
}

/**
 * Roles, alias and keys count as the guardians signed them: a row that says otherwise gives nobody a right. Where the signed list itself is not
 * whole, only those come in who look for the reason and hold no content. Refusal `countersignature_awaited` for a person on no list yet.
 */
function assertAsSigned({ person, publicKeys }: StoredSession, signed: Directory | Refusal): void {
  if (signed instanceof Refusal) {
    if (signed.code === 'intake_closed' && hasRole(person, 'auditor', 'administrator')) return
    throw signed
  }
  const found = signed.find(person.userId)
  if (found === undefined) throw awaited(fingerprint(publicKeys))
  const asSigned = found.alias === person.alias && found.deputy === person.deputy && listed(found.roles) === listed(person.roles)
  if (!asSigned || !samePublicKeys(found.keys, publicKeys)) throw new Refusal('record_not_genuine')
}

/** With what the guardians ask for: a newcomer who has closed the last page of the enrolment finds it nowhere else. */
function awaited(own: string): Refusal {
  const detail = `Read your fingerprint to a guardian: ${own}`
  return new Refusal('countersignature_awaited', { faults: [{ pointer: '', code: 'fingerprint', detail }] })
}

const listed = (names: readonly string[]): string => [...names].sort().join()

/** Whether the row is the one this token was signed for. The hashes are of 256 random bits, so comparing them need not take constant time. */
export function isOf(session: StoredSession, { userId, sk }: AccessClaims): boolean {
  return session.person.userId === userId && same(session.keyHash, hashSessionKey(sk))
}

function isOver({ usedAt, expiresAt }: StoredSession, now: Temporal.Instant): boolean {
  const idleUntil = usedAt.add({ minutes: sessionLimits.idleMinutes })
  return Temporal.Instant.compare(now, expiresAt) >= 0 || Temporal.Instant.compare(now, idleUntil) >= 0
}

/** A row copied from another person opens with its own password and is still not that person's. */
export function samePublicKeys(a: PrivateKeys['publicKeys'], b: PublicKeys): boolean {
  return same(a.box, b.box) && same(a.sign, b.sign)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
