import { instantToColumn, type Alias, type IntakeGroupId, type Role, type SessionId, type UserId } from '../kernel/index.ts'
import { unloggedTransaction, type Database, type Tx } from '../database/index.ts'
import type { PublicKeys, SessionLock } from '../vault/index.ts'

/** A session that was opened eight hours ago is over, whatever happened in it; one that nobody used for fifteen minutes too. */
export const sessionLimits = { absoluteHours: 8, idleMinutes: 15 } as const
/** Use is written down this coarsely: every request writing a row would cost more than it tells. */
const useSeconds = 30
/** What somebody wrote in a session that timed out can still be kept for them during these hours; then the row goes. */
export const graceHours = 12

/** A session row with the person it belongs to. */
export interface StoredSession {
  readonly id: SessionId
  readonly keyHash: Uint8Array
  readonly wrappedKeys: Uint8Array
  readonly csrf: Uint8Array
  readonly openedAt: Temporal.Instant
  readonly usedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  readonly steppedUpAt: Temporal.Instant | null
  readonly person: {
    readonly userId: UserId
    readonly alias: Alias
    readonly name: string
    readonly roles: readonly Role[]
    readonly deputy: boolean
    readonly intakeGroupIds: readonly IntakeGroupId[]
  }
  readonly publicKeys: PublicKeys
}

interface Row {
  id: string
  key_hash: Uint8Array
  wrapped_keys: Uint8Array
  csrf: Uint8Array
  opened_at: Date
  used_at: Date
  expires_at: Date
  stepped_up_at: Date | null
  person_id: string
  alias: string
  name: string
  roles: Role[]
  deputy: boolean
  intake_group_ids: string[]
  box_key: Uint8Array
  sign_key: Uint8Array
}

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())

/** The session of a person who still works here, or null. In one statement, because every request of staff asks for it. */
export async function findSession(tx: Tx, id: SessionId): Promise<StoredSession | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select s.id, s.key_hash, s.wrapped_keys, s.csrf, s.opened_at, s.used_at, s.expires_at, s.stepped_up_at, s.person_id,
      p.alias, p.name, p.roles, p.deputy, p.intake_group_ids, p.box_key, p.sign_key
    from staff_session s join person p on p.id = s.person_id where s.id = ${id}::uuid and p.active`
  if (row === undefined) return null
  return {
    id: row.id as SessionId,
    keyHash: row.key_hash,
    wrappedKeys: row.wrapped_keys,
    csrf: row.csrf,
    openedAt: instant(row.opened_at),
    usedAt: instant(row.used_at),
    expiresAt: instant(row.expires_at),
    steppedUpAt: row.stepped_up_at && instant(row.stepped_up_at),
    person: {
      userId: row.person_id as UserId,
      alias: row.alias as Alias,
      name: row.name,
      roles: row.roles,
      deputy: row.deputy,
      intakeGroupIds: row.intake_group_ids as IntakeGroupId[],
    },
    publicKeys: { box: new Uint8Array(row.box_key), sign: new Uint8Array(row.sign_key) },
  }
}

export interface NewSession {
  readonly id: SessionId
  readonly personId: UserId
  readonly lock: SessionLock
  readonly csrf: Uint8Array
  readonly openedAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
}

export async function insertSession(tx: Tx, { id, personId, lock, csrf, openedAt, expiresAt }: NewSession): Promise<void> {
  const at = instantToColumn(openedAt)
  await tx.staffSession.create({
    data: {
      id,
      personId,
      keyHash: lock.skHash,
      wrappedKeys: lock.wrapped,
      csrf: new Uint8Array(csrf),
      openedAt: at,
      usedAt: at,
      expiresAt: instantToColumn(expiresAt),
      steppedUpAt: null,
    },
  })
}

/** Ends a session. False where it had ended already. */
export async function deleteSession(tx: Tx, id: SessionId): Promise<boolean> {
  return (await tx.staffSession.deleteMany({ where: { id } })).count === 1
}

/**
 * Holds the person's row and then looks for their session: whoever ends it holds that row too, so a session that stands here stands until this
 * transaction is over. False where it has ended, or its person was sent away.
 */
export async function holdSession(tx: Tx, id: SessionId, personId: UserId): Promise<boolean> {
  const held = await tx.$queryRaw<object[]>`select 1 from person where id = ${personId}::uuid and active for update`
  return held.length === 1 && (await tx.staffSession.count({ where: { id, personId } })) === 1
}

/** Notes a fresh second factor. False where the session has ended. */
export async function markSteppedUp(tx: Tx, id: SessionId, at: Temporal.Instant): Promise<boolean> {
  return (await tx.staffSession.updateMany({ where: { id }, data: { steppedUpAt: instantToColumn(at) } })).count === 1
}

/** Notes that a session is in use, where that was not noted within the last half minute. Bookkeeping: no entry. */
export async function touchSession(
  database: Database,
  session: Pick<StoredSession, 'id' | 'usedAt'>,
  now: Temporal.Instant,
): Promise<void> {
  if (now.epochMilliseconds - session.usedAt.epochMilliseconds < useSeconds * 1000) return
  await unloggedTransaction(database, (tx) =>
    tx.staffSession.updateMany({ where: { id: session.id, usedAt: { lt: instantToColumn(now) } }, data: { usedAt: instantToColumn(now) } }),
  )
}

/** Puts new keys in a session's row, so that the token before stops working. Null where the session has ended. Bookkeeping: no entry. */
export async function rekeySession(
  database: Database,
  id: SessionId,
  lock: SessionLock,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const at = instantToColumn(now)
  return unloggedTransaction(database, async (tx) => {
    const [row] = await tx.$queryRaw<{ expires_at: Date }[]>`
      update staff_session set key_hash = ${lock.skHash}, wrapped_keys = ${lock.wrapped}, used_at = ${at}
      where id = ${id}::uuid and expires_at > ${at} returning expires_at`
    return row === undefined ? null : instant(row.expires_at)
  })
}

/** Removes the rows of sessions that ended more than the grace ago, and texts kept longer than a month. Answers how many rows went. */
export async function purgeSessions(database: Database, now: Temporal.Instant): Promise<number> {
  const ended = instantToColumn(now.subtract({ hours: graceHours }))
  const forgotten = instantToColumn(now.subtract({ hours: 24 * 31 }))
  return unloggedTransaction(database, async (tx) => {
    const sessions = await tx.staffSession.deleteMany({ where: { OR: [{ usedAt: { lt: ended } }, { expiresAt: { lt: ended } }] } })
    const texts = await tx.keptText.deleteMany({ where: { keptAt: { lt: forgotten } } })
    return sessions.count + texts.count
  })
}
