import type { Tx } from '../database/index.ts'
import { grantsOf, type QueueCounts, type QueueHolder, type QueuePlace, type QueueQuery } from './queue-conditions-store.ts'
import { gather } from './queue-gather-store.ts'
import { walkCounts, walkPage } from './queue-walk-store.ts'

/** Up to so many concerns it is quicker to look at all of somebody's than to walk past those of others. */
const few = 5_000

/**
 * The places of a page's rows, most urgent first, from after `after`, and the counts above it. Both ways of reading give the same answer;
 * which is quicker depends on how many concerns the holder has.
 */
export async function readQueue(tx: Tx, query: QueueQuery): Promise<{ places: QueuePlace[]; counts: QueueCounts }> {
  // Planned anew each time: a plan kept from one holder or a smaller table would walk 100,000 rows for a lead who may see three.
  await tx.$queryRaw`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)`
  if (await holdsFew(tx, query.who)) return gather(tx, query)
  return { places: await walkPage(tx, query), counts: await walkCounts(tx, query) }
}

async function holdsFew(tx: Tx, who: QueueHolder): Promise<boolean> {
  const rows = await tx.$queryRaw<[{ held: number }]>`
    select count(*)::int as held from (select 1 from key_grant g where ${grantsOf(who)} limit ${few + 1}) grants`
  return rows[0].held <= few
}
