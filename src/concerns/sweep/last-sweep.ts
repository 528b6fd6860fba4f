import { unloggedTransaction, type Database, type Tx } from '../../database/index.ts'
import { addDays, dateFromColumn, instantFromColumn, instantToColumn, startOfLondonDay } from '../../kernel/index.ts'

const job = 'clocks'

/** Notes that all clocks were looked at. Says nothing about any of them. */
export async function markSwept(database: Database, now: Temporal.Instant): Promise<void> {
  await unloggedTransaction(
    database,
    (tx) => tx.$executeRaw`insert into last_sweep (job, swept_at) values (${job}, ${instantToColumn(now)}::timestamptz)
      on conflict on constraint last_sweep_pk do update set swept_at = greatest(last_sweep.swept_at, excluded.swept_at)`,
  )
}

/** When all clocks were last looked at; null where that never was. */
export async function readLastSweep(tx: Tx): Promise<Temporal.Instant | null> {
  const row = await tx.lastSweep.findUnique({ where: { job } })
  return row && instantFromColumn(row.sweptAt)
}

/** Of all jobs that look at clocks, the one whose last look is longest ago. */
async function readLongestAgo(tx: Tx): Promise<Temporal.Instant | null> {
  const row = await tx.lastSweep.findFirst({ orderBy: { sweptAt: 'asc' } })
  return row && instantFromColumn(row.sweptAt)
}

/** Hours between two sweeps that are not late: from the last of one day to the same of the next, and a bit. */
const hoursBetween = 25

/**
 * Whether nobody looked at the clocks for a day, those of concerns or those of the organisation's duties. A service that never did is reckoned from the end
 * of the day on which it opened.
 */
export async function isSweepLate(tx: Tx, now: Temporal.Instant): Promise<boolean> {
  const swept = (await readLastSweep(tx)) && (await readLongestAgo(tx))
  const opened = swept === null ? await tx.organisation.findFirst({ select: { openedOn: true } }) : null
  const since = swept ?? (opened && startOfLondonDay(addDays(dateFromColumn(opened.openedOn), 1)))
  return since !== null && Temporal.Instant.compare(since.add({ hours: hoursBetween }), now) < 0
}
