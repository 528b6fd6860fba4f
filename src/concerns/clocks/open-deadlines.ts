import type { AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, type DateText } from '../../kernel/index.ts'
import type { MovedDeadline, OpenDeadlines, Reckoning, ReckoningChange } from '../../settings/index.ts'
import { isOpen } from '../../timeliness/index.ts'
import { writeClocks, writeNextDates, type ReckonedClocks } from './clock-store.ts'
import { lockRunning, readClocked, type ClockedConcern, type Which } from './deadline-store.ts'
import { clocksIn, timelineOf, withoutActsOfToday } from './timeline.ts'

/** So many concerns are read and written at once, however many there are. */
export const batch = 500

/**
 * The clocks of open concerns, reckoned anew by the one function that every screen uses (P5). For whoever changes the calendar or a limit.
 * Recorded: `deadline_moved` in the entries of each concern whose next date is another.
 */
export function createOpenDeadlines(): OpenDeadlines {
  return {
    preview: async (tx, change, today) => {
      const moved: MovedClock[] = []
      for await (const concerns of inBatches(tx, 'running')) moved.push(...toldOf(concerns, change, today))
      return byDate(moved)
    },

    move: async (tx, change, { actor, at, setting }) => {
      await lockRunning(tx)
      const today = londonDate(at)
      const moved: MovedClock[] = []
      const entries: AuditDraft[] = []
      for await (const concerns of inBatches(tx, 'running')) {
        const reckoned = concerns.map((each) => reckon(each, change.after, today))
        await writeClocks(tx, reckonedForWriting(concerns, change.after, today))
        await writeNextDates(tx, reckoned)
        moved.push(...toldOf(concerns, change, today))
        for (const concern of concerns) {
          for (const { clock, of, before, after } of movedIn(concern, change, today))
            entries.push({ kind: 'deadline_moved', actor, at, concernId: concern.id, fields: { setting, clock, of, before, after } })
        }
      }
      return { moved: byDate(moved), entries }
    },
  }
}

async function* inBatches(tx: Tx, which: Which): AsyncGenerator<readonly ClockedConcern[]> {
  for (let after: string | null = null; ;) {
    const concerns = await readClocked(tx, which, after, batch)
    yield concerns
    after = concerns.at(-1)?.id ?? null
    if (concerns.length < batch) return
  }
}

/** The clocks of a concern as its entries give them. */
function reckon({ id, raisedOn, entries }: ClockedConcern, reckoning: Reckoning, today: DateText): ReckonedClocks {
  return { id, clocks: clocksIn(timelineOf(raisedOn, entries), reckoning, today) }
}

/** What may be written of them in rows: nothing that a reporter began or did today, which would tell that it was before now. */
export function reckonedForWriting(concerns: readonly ClockedConcern[], reckoning: Reckoning, today: DateText): readonly ReckonedClocks[] {
  return concerns
    .filter(({ raisedOn }) => raisedOn < today)
    .map((each) => reckon({ ...each, entries: withoutActsOfToday(each.entries, today) }, reckoning, today))
}

interface MovedClock extends Omit<MovedDeadline, 'clocks'> {
  readonly of: string | null
}

/** As of the last day that is over: what somebody did today shows in no list but that of those who handle it. */
function toldOf(concerns: readonly ClockedConcern[], change: ReckoningChange, today: DateText): MovedClock[] {
  return concerns.flatMap((concern) =>
    concern.raisedOn < today ? movedIn({ ...concern, entries: concern.entries.filter(({ on }) => on < today) }, change, today) : [],
  )
}

/** Of the clocks that are open, those whose date is another. */
function movedIn(concern: ClockedConcern, { before, after }: ReckoningChange, today: DateText): readonly MovedClock[] {
  const dates = (reckoning: Reckoning) =>
    new Map(
      reckon(concern, reckoning, today)
        .clocks.filter((clock) => isOpen(clock) && clock.shownTo !== 'auditor')
        .map((clock) => [[clock.code, clock.cycle, clock.of, clock.round].join(' '), clock]),
    )
  const [was, is] = [dates(before), dates(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, next] = [was.get(key), is.get(key)]
    const { code, of } = (old ?? next)!
    if (old?.dueOn === next?.dueOn) return []
    return [{ clock: code, of, before: old?.dueOn ?? null, after: next?.dueOn ?? null }]
  })
}

/** How many of each limit move from one day to another, T2 before T10. */
function byDate(moved: readonly MovedClock[]): readonly MovedDeadline[] {
  const groups = Map.groupBy(moved, ({ clock, before, after }) => JSON.stringify([clock, before, after]))
  const counted = [...groups.values()].map((group) => {
    const { clock, before, after } = group[0]!
    return { clock, before, after, clocks: group.length }
  })
  const key = ({ before, after }: MovedDeadline) => `${before} ${after}`
  return counted.toSorted((a, b) => a.clock.localeCompare(b.clock, 'en', { numeric: true }) || (key(a) < key(b) ? -1 : 1))
}
