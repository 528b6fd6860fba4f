import type { Tx } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import { grantsOf, type QueueCounts, type QueueHolder, type QueuePlace, type QueueQuery } from './queue-conditions-store.ts'
import { gather } from './queue-gather-store.ts'
import { walkCounts, walkPage } from './queue-walk-store.ts'

/** Up to so many concerns it is quicker to look at all of somebody's than to walk past those of others. */
const few = 5_000

export interface QueueRead {
  readonly places: readonly QueuePlace[]
  readonly counts: QueueCounts
}

export type ReadQueue = (tx: Tx, query: QueueQuery) => Promise<QueueRead>

/**
 * Reads the places of a page's rows, most urgent first, from after `after`, and the counts above it. There are two ways to read, with one
 * answer; which is quicker depends on how many concerns the holder has.
 */
export function createReadQueue(): ReadQueue {
  // Grants are hardly ever taken back, so whoever holds many goes on holding many; both ways to read give one answer.
  const holdMany = new Set<UserId>()
  return async (tx, query) => {
    const { who } = query
    if (!holdMany.has(who.holder) && (await holdsFew(tx, who))) return plannedAnew(tx, () => gather(tx, query))
    holdMany.add(who.holder)
    return { places: await walkPage(tx, query), counts: await walkCounts(tx, query) }
  }
}

/** Asked in the order of the index of grants, so that it is read alone and no further than it has to be. */
async function holdsFew(tx: Tx, who: QueueHolder): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ many: boolean }[]>`
    select exists (select 1 from key_grant g where ${grantsOf(who)} order by g.concern_id offset ${few}) as many`
  return row?.many !== true
}

/** A plan kept from one holder or a smaller table would walk 100,000 rows for a lead who may see three. */
async function plannedAnew<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`select set_config('plan_cache_mode', 'force_custom_plan', true)`
  const result = await work()
  await tx.$executeRaw`select set_config('plan_cache_mode', 'auto', true)`
  return result
}
