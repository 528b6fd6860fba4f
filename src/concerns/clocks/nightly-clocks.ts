import { unloggedTransaction, type Database } from '../../database/index.ts'
import { addDays, londonDate, type Clock, type DateText } from '../../kernel/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import { writeClocks } from './clock-store.ts'
import { lockSome, readClockedOf } from './deadline-store.ts'
import { batch, reckonedForWriting } from './open-deadlines.ts'

interface Deps {
  readonly database: Database
  readonly clock: Clock
  readonly settings: { current(): Promise<ConcernSettings> }
}

/** What a person did in so many days is looked at again, though a night was missed. A comparator's clock begins by itself within them (T9: 7 days). */
const daysOfActs = 60

/**
 * Writes down the clocks of every concern as the log gives them: what a reporter's act started or stopped stands there from the night after.
 * Nothing changes where they stood right. In batches, each in a transaction of its own. Returns how many concerns were looked at.
 */
export const keepAllClocks = (deps: Deps): Promise<number> => keepSince(deps, null)

/**
 * The same for the concerns whose clocks can have changed: those with a clock that nobody has stopped, and those whose person did something lately.
 * All others change by acts of staff alone, which write it down themselves. On Sundays all, so that whatever stands wrong does so for a week at most.
 */
export function keepTonightsClocks(deps: Deps): Promise<number> {
  const today = londonDate(deps.clock.now())
  const isSunday = Temporal.PlainDate.from(today).dayOfWeek === 7
  return keepSince(deps, isSunday ? null : addDays(today, -daysOfActs))
}

async function keepSince(deps: Deps, since: DateText | null): Promise<number> {
  const settings = await deps.settings.current()
  const today = londonDate(deps.clock.now())
  let [count, after] = [0, null as string | null]
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other
    const ids = await unloggedTransaction(deps.database, async (tx) => {
      const locked = await lockSome(tx, since, after, batch)
      const found = await readClockedOf(tx, locked)
      await writeClocks(tx, reckonedForWriting(found, settings, today))
      return locked
    })
    count += ids.length
    after = ids.at(-1) ?? null
    if (ids.length < batch) return count
  }
}
