import { dateFromColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'

/** Both days included. */
export interface Period {
  readonly from: DateText
  readonly to: DateText
}

/** Both places included. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/** How long the log is, how many of its entries say nothing, and where the days are in it. */
export interface Extent {
  readonly size: number
  readonly covers: number
  /**
   * The places between which all entries of these days are; null where there are none. Days are nearly in the order of places, so that a walk along
   * the places between meets little else, where one along all places would meet years.
   */
  placesOf(period: Period): Bounds | null
}

export type ReadExtent = (tx: Tx) => Promise<Extent>

/** Counts on from what was counted before: a place, once given, is never another's. The first time goes through the whole log. */
export function createReadExtent(): ReadExtent {
  let end = 0
  let covers = 0
  const days = new Map<DateText, Bounds>()
  const extent = (): Extent => ({ size: end, covers, placesOf: (period) => boundsOf(days, period) })
  return async (tx) => {
    const from = end
    const rows = await readDays(tx, from)
    // Another look may have counted the same meanwhile
    if (from !== end) return extent()
    for (const { day, low, high, count } of rows) {
      end = Math.max(end, high + 1)
      if (day === null) covers += count
      else days.set(day, { low: Math.min(low, days.get(day)?.low ?? low), high })
    }
    return extent()
  }
}

async function readDays(tx: Tx, from: number) {
  const rows = await tx.$queryRaw<{ day: Date | null; low: bigint; high: bigint; count: bigint }[]>`
    select day, min(index) as low, max(index) as high, count(*) as count from log_position where index >= ${from}::bigint group by day`
  return rows.map(({ day, low, high, count }) => ({
    day: day === null ? null : dateFromColumn(day),
    low: Number(low),
    high: Number(high),
    count: Number(count),
  }))
}

function boundsOf(days: ReadonlyMap<DateText, Bounds>, { from, to }: Period): Bounds | null {
  let [low, high] = [Number.POSITIVE_INFINITY, -1]
  for (const [day, bounds] of days) {
    if (day < from || day > to) continue
    low = Math.min(low, bounds.low)
    high = Math.max(high, bounds.high)
  }
  return high < 0 ? null : { low, high }
}
