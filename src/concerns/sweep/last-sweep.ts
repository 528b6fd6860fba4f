import { unloggedTransaction, type Database, type Tx } from '../../database/index.ts'
import { instantFromColumn, instantToColumn } from '../../kernel/index.ts'

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
