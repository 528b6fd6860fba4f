import type { Tx } from '../database/index.ts'
import { addDays, dateToColumn, londonDate, type Random } from '../kernel/index.ts'
import { deriveKey, keyedHash, openUnder, sealUnder } from '../vault/index.ts'

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
    const plain = new TextEncoder().encode(JSON.stringify({ until: until.epochMilliseconds, content }))
    return {
      id: idOf(purpose, key),
      sealed: sealUnder(sealingKey(purpose, key), purpose, plain, { padded: true }),
      purgeOn: dateToColumn(addDays(londonDate(now), 2)),
    }
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

  /** Changes the content and leaves its time as it was. Nothing happens where its time is over. */
  async function amend(
    tx: Tx,
    purpose: SessionPurpose,
    key: string,
    now: Temporal.Instant,
    change: (content: unknown) => unknown,
  ): Promise<void> {
    const found = await held(tx, purpose, key, now)
    if (found === null) return
    await replace(tx, purpose, key, change(found.content), now, Temporal.Instant.fromEpochMilliseconds(found.until))
  }

  async function held(
    tx: Tx,
    purpose: SessionPurpose,
    key: string,
    now: Temporal.Instant,
  ): Promise<{ readonly until: number; readonly content: unknown } | null> {
    const row = await tx.reporterSession.findUnique({ where: { id: idOf(purpose, key) } })
    const plain = row && openUnder(sealingKey(purpose, key), purpose, row.sealed)
    if (plain === null) return null
    const found = JSON.parse(new TextDecoder().decode(plain)) as { until: number; content: unknown }
    return found.until > now.epochMilliseconds ? found : null
  }

  async function remove(tx: Tx, purpose: SessionPurpose, key: string): Promise<void> {
    await tx.reporterSession.deleteMany({ where: { id: idOf(purpose, key) } })
  }

  return { newKey, insert, replace, read, amend, remove }
}

export type ReporterSessions = ReturnType<typeof createReporterSessions>
