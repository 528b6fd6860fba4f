import { addDays, instantFromColumn, instantToColumn, londonDate, type DateText } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import { lockCause } from './outbox-store.ts'

/** Days to look back for a fixed time: longer than any run of days without one. */
const longestGap = 21

/** The last of these times (`hh:mm`, Europe/London) on a day that has them, at or before now; null where there was none for three weeks. */
export function latestSlot(
  now: Temporal.Instant,
  times: readonly string[],
  hasThem: (date: DateText) => boolean = () => true,
): Temporal.Instant | null {
  const today = londonDate(now)
  for (let back = 0; back <= longestGap; back += 1) {
    const date = addDays(today, -back)
    if (!hasThem(date)) continue
    const passed = times
      .map((time) => Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'Europe/London', plainTime: time }).toInstant())
      .filter((slot) => Temporal.Instant.compare(slot, now) <= 0)
      .toSorted((a, b) => Temporal.Instant.compare(b, a))
    if (passed[0] !== undefined) return passed[0]
  }
  return null
}

/** The quarter of an hour that has begun. */
export const quarterOf = (now: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / 900_000) * 900_000)

/** Minutes by which the clocks of two processes may differ. */
const skew = 15

/** One that was taken while this machine's clock was ahead is none: else nothing would be done until that time has come again. */
const counts = (last: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant | null =>
  last !== null && Temporal.Instant.compare(last, now.add({ minutes: skew })) > 0 ? null : last

/**
 * Takes a fixed time for this transaction, so that what belongs to it is done once, whoever else looks; gives the one that was taken before, or
 * 'taken' where it, or a later one, was already. Only the latest is kept, and none that lies ahead of `now`.
 */
export async function takeSlot(
  tx: Tx,
  cause: string,
  slot: Temporal.Instant,
  now: Temporal.Instant,
): Promise<'taken' | { readonly before: Temporal.Instant | null }> {
  await lockCause(tx, cause)
  const last = counts(await lastSlot(tx, cause), now)
  if (last !== null && Temporal.Instant.compare(last, slot) >= 0) return 'taken'
  await tx.mailSlot.deleteMany({ where: { cause } })
  await tx.mailSlot.create({ data: { cause, slot: instantToColumn(slot) } })
  return { before: last }
}

/** Whether this time is still to be taken, without taking it: so that a look in vain writes nothing. */
export async function isOpen(tx: Tx, cause: string, slot: Temporal.Instant, now: Temporal.Instant): Promise<boolean> {
  const last = counts(await lastSlot(tx, cause), now)
  return last === null || Temporal.Instant.compare(last, slot) < 0
}

async function lastSlot(tx: Tx, cause: string): Promise<Temporal.Instant | null> {
  const row = await tx.mailSlot.findFirst({ where: { cause }, orderBy: { slot: 'desc' } })
  return row && instantFromColumn(row.slot)
}
