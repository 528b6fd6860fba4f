import type { Tx } from '../../database/index.ts'
import { addDays, dateToColumn, londonDate, type Random } from '../../kernel/index.ts'
import { deriveKey, keyedHash, openUnder, sealUnder } from '../../vault/index.ts'

export type SessionPurpose = 'draft' | 'inbox'

/**
 * Rows that only a cookie's key can open: drafts and open inboxes. The exact expiry lies inside the seal; the row shows a purge date and
 * no time (P2). `key` is 32 random bytes in base64url.
 */
export function createReporterSessions(pepper: Uint8Array, random: Random) {
  const idOf = (purpose: SessionPurpose, key: string) => keyedHash(pepper, purpose, key)
  const sealingKey = (purpose: SessionPurpose, key: string) => deriveKey(new TextEncoder().encode(key), pepper, `${purpose} session`)

  function newKey(): string {
    return Buffer.from(random.bytes(32)).toString('base64url')
  }

  function rowOf(purpose: SessionPurpose, key: string, content: unknown, now: Temporal.Instant, until: Temporal.Instant) {
    const sealed = sealUnder(sealingKey(purpose, key), purpose, plainOf(content, until), { padded: true })
    return { id: idOf(purpose, key), sealed, purgeOn: dateToColumn(addDays(londonDate(now), 2)) }
  }

  async function insert(
    tx: Tx,
    purpose: SessionPurpose,
    key: string,
    content: unknown,
    now: Temporal.Instant,
    until: Temporal.Instant,
  ): Promise<void> {
    await tx.reporterSession.create({ data: rowOf(purpose, key, content, now, until), select: { id: true } })
  }

  /** False where there is no such row any more. */
  async function replace(
    tx: Tx,
    purpose: SessionPurpose,
    key: string,
    content: unknown,
    now: Temporal.Instant,
    until: Temporal.Instant,
  ): Promise<boolean> {
    const { id, ...data } = rowOf(purpose, key, content, now, until)
    return (await tx.reporterSession.updateMany({ where: { id }, data })).count === 1
  }

  /** The content, or null where there is none or its time is over. */
  async function read(tx: Tx, purpose: SessionPurpose, key: string, now: Temporal.Instant): Promise<unknown> {
    return (await held(tx, purpose, key, now))?.content ?? null
  }

  /** The content with the time it is open until, in milliseconds; null as `read` says. */
  async function held(tx: Tx, purpose: SessionPurpose, key: string, now: Temporal.Instant): Promise<Held | null> {
    const row = await tx.reporterSession.findUnique({ where: { id: idOf(purpose, key) } })
    return heldIn(row && openUnder(sealingKey(purpose, key), purpose, row.sealed), now)
  }

  async function remove(tx: Tx, purpose: SessionPurpose, key: string): Promise<void> {
    await tx.reporterSession.deleteMany({ where: { id: idOf(purpose, key) } })
  }

  return { newKey, insert, replace, read, held, remove }
}

export type ReporterSessions = ReturnType<typeof createReporterSessions>

interface Held {
  readonly until: number
  readonly content: unknown
}

function plainOf(content: unknown, until: Temporal.Instant): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ until: until.epochMilliseconds, content }))
}

/** Null where nothing opened, or its time is over. */
function heldIn(plain: Uint8Array | null, now: Temporal.Instant): Held | null {
  if (plain === null) return null
  const found = JSON.parse(new TextDecoder().decode(plain)) as Held
  return found.until > now.epochMilliseconds ? found : null
}
