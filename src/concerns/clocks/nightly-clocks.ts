import { unloggedTransaction, type Database } from '../../database/index.ts'
import { londonDate, type Clock } from '../../kernel/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { writeClocks } from './clock-store.ts'
import { lockSome, readClocked } from './deadline-store.ts'
import { batch, reckonedForWriting } from './open-deadlines.ts'

/**
 * Writes down the clocks of every concern as the log gives them: what a reporter's act started or stopped stands there from the night after.
 * Nothing changes where they stood right. In batches, each in a transaction of its own. Returns how many concerns were looked at.
 */
export async function keepAllClocks(deps: {
  readonly database: Database
  readonly clock: Clock
  readonly settings: { current(): Promise<ConcernSettings> }
}): Promise<number> {
  const settings = await deps.settings.current()
  const today = londonDate(deps.clock.now())
  let [count, after] = [0, null as string | null]
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other
    const concerns = await unloggedTransaction(deps.database, async (tx) => {
      await lockSome(tx, after, batch)
      const found = await readClocked(tx, 'all', after, batch)
      await writeClocks(tx, reckonedForWriting(found, settings, today))
      return found
    })
    count += concerns.length
    after = concerns.at(-1)?.id ?? null
    if (concerns.length < batch) return count
  }
}
