import { addDays, dateToColumn, instantFromColumn, instantToColumn, londonDate, type DateText } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import type { MailFault } from './mailer.ts'

/** Days a letter's row is kept: one that could not be sent in that time is given up. A call for danger says when somebody wrote: soon. */
const keptDays = (cause: string): number => (cause === urgentCause ? 2 : 30)

/** Of calls and letters where somebody may be in danger: their rows have no entry, and go once they are sent. */
export const urgentCause = 'urgent'

/** Minutes to the next try, by how many there were; then always the last. The first is longer than a try can take. */
const pauses = [2, 5, 15, 60, 180, 360]

/** Tries after which a letter counts as failed: over an hour. It is tried on. */
const failedAfter = 5

export type Way = 'mail' | 'call'

export interface WaitingLetter {
  readonly id: string
  readonly cause: string
  readonly way: Way
  readonly personId: string | null
  /** Both empty where they are sealed. */
  readonly address: string
  readonly message: string
  readonly sealed: Uint8Array | null
}

export async function insertLetters(tx: Tx, letters: readonly WaitingLetter[], now: Temporal.Instant): Promise<void> {
  const at = instantToColumn(now)
  const today = londonDate(now)
  await tx.outboxLetter.createMany({
    data: letters.map(({ sealed, ...letter }) => ({
      ...letter,
      sealed: sealed && new Uint8Array(sealed),
      ...{ writtenAt: at, nextTryAt: at, tries: 0 },
      purgeOn: dateToColumn(addDays(today, keptDays(letter.cause))),
    })),
  })
}

export async function lockCause(tx: Tx, cause: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('forthright letters ' || ${cause}::text, 0))`
}

/**
 * Takes the letter that is due longest, with its next try set already: if this process dies now, that one happens. Null where none is due that goes
 * one of these ways. Sealed ones only where they can be opened: else they wait.
 */
export async function claimLetter(tx: Tx, now: Temporal.Instant, ways: readonly Way[], opens: boolean): Promise<WaitingLetter | null> {
  const at = instantToColumn(now)
  const rows = await tx.$queryRaw<WaitingLetter[]>`
    update outbox_letter set tries = tries + 1,
      next_try_at = ${at}::timestamptz + make_interval(mins => (${pauses}::int[])[least(tries + 1, ${pauses.length}::int)])
    where id = (select id from outbox_letter where sent_at is null and next_try_at <= ${at}::timestamptz and way = any(${ways}::text[])
        and (${opens}::boolean or sealed is null)
      order by next_try_at, id limit 1 for update skip locked)
    returning id::text, cause, way, person_id::text as "personId", address, message, sealed`
  return rows[0] ?? null
}

/** The server has it: what it said is not kept, and of a letter whose time or reader could tell something nothing at all. */
export async function markSent(tx: Tx, { id, cause, sealed }: WaitingLetter, now: Temporal.Instant): Promise<void> {
  if (sealed !== null || cause === urgentCause) return dropLetter(tx, id)
  await tx.outboxLetter.updateMany({ where: { id, sentAt: null }, data: { sentAt: instantToColumn(now), message: '', fault: null } })
}

export async function dropLetter(tx: Tx, id: string): Promise<void> {
  await tx.outboxLetter.deleteMany({ where: { id } })
}

export async function markFault(tx: Tx, id: string, fault: MailFault): Promise<void> {
  await tx.outboxLetter.updateMany({ where: { id, sentAt: null }, data: { fault } })
}

/** Whatever is there of this cause for somebody who is to get no more of it, sent or not: their address goes with them. */
export async function dropOthers(tx: Tx, cause: string, addresses: readonly string[]): Promise<void> {
  await tx.outboxLetter.deleteMany({ where: { cause, address: { notIn: [...addresses] } } })
}

/** Gives how many went, and how many of them had never been sent. */
export async function purgeLetters(tx: Tx, today: DateText): Promise<{ readonly purged: number; readonly unsent: number }> {
  const over = { purgeOn: { lt: dateToColumn(today) } }
  const unsent = await tx.outboxLetter.count({ where: { ...over, sentAt: null } })
  return { purged: (await tx.outboxLetter.deleteMany({ where: over })).count, unsent }
}

export interface OutboxFigures {
  /** Not sent yet, failed ones among them. */
  readonly waiting: number
  readonly failed: number
  /** Of the last that failed. */
  readonly fault: MailFault | null
  readonly lastSentAt: Temporal.Instant | null
  /** When the one was written that waits longest. Calls for danger do not count: that time would tell when somebody wrote. */
  readonly waitingSince: Temporal.Instant | null
}

export async function readFigures(tx: Tx): Promise<OutboxFigures> {
  const waiting = await tx.outboxLetter.count({ where: { sentAt: null } })
  const failed = await tx.outboxLetter.count({ where: { sentAt: null, tries: { gte: failedAfter } } })
  const faulty = await tx.outboxLetter.findFirst({ where: { sentAt: null, NOT: { fault: null } }, orderBy: { nextTryAt: 'desc' } })
  const sent = await tx.outboxLetter.findFirst({ where: { NOT: { sentAt: null } }, orderBy: { sentAt: 'desc' } })
  const oldest = await tx.outboxLetter.findFirst({
    where: { sentAt: null, NOT: { cause: urgentCause } },
    orderBy: { writtenAt: 'asc' },
    select: { writtenAt: true },
  })
  return {
    waiting,
    failed,
    waitingSince: oldest && instantFromColumn(oldest.writtenAt),
    fault: (faulty?.fault ?? null) as MailFault | null,
    lastSentAt: sent?.sentAt ? instantFromColumn(sent.sentAt) : null,
  }
}
