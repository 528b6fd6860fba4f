import { unloggedTransaction, type Database } from '../database/index.ts'
import { instantToColumn } from '../kernel/index.ts'

/** Notes that all duties were looked at. Says nothing about any of them. */
export async function markDutiesSwept(database: Database, now: Temporal.Instant): Promise<void> {
  await unloggedTransaction(
    database,
    (tx) => tx.$executeRaw`insert into last_sweep (job, swept_at) values ('duties', ${instantToColumn(now)}::timestamptz)
      on conflict on constraint last_sweep_pk do update set swept_at = greatest(last_sweep.swept_at, excluded.swept_at)`,
  )
}
