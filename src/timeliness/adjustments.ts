import type { DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'
import type { Occurrence, TimelineEvent } from './events.ts'
import { dueOn, type Rule } from './rules.ts'

/** A time in which a clock stands still. */
export interface Pause {
  readonly from: DateText
  /** The day on which it goes on: when somebody ended it, when it was to end, or when no more pause was left. */
  readonly until: DateText
}

/** When a clock is due, and what moved it since it started. Follows from events alone: no day that passes moves it. */
export interface Due {
  /** As it stood when the clock started. */
  readonly firstDueOn: DateText
  readonly dueOn: DateText
  /** Working days of all pauses. */
  readonly pausedDays: number
  readonly extensions: number
  /** The last one; null where there was none. */
  readonly pause: Pause | null
}

/**
 * The date by which a clock must stop. Pauses and extensions move it only where the rule allows them and only while it was not late: a
 * limit that has been missed cannot be moved any more. `stop` is null where nothing stopped it.
 */
export function dueOf(rule: Rule, occurrence: Occurrence, from: DateText, stop: TimelineEvent | null, calendar: WorkingCalendar): Due {
  const firstDueOn = firstDue(rule, occurrence, from, calendar)
  const moves = occurrence.events.filter((event) => movesIt(event, rule, occurrence, from, stop))
  let due = firstDueOn
  let [pausedDays, extensions] = [0, 0]
  let pause: Pause | null = null
  for (const [index, event] of moves.entries()) {
    if (event.on > due) break
    if (event.kind === 'clock_extended' && rule.extendable && event.until !== undefined && event.until > due) {
      due = event.until
      extensions += 1
    }
    if (event.kind === 'clock_paused' && rule.pauseCap > pausedDays) {
      // One that begins in another goes on where that ends: no day stands still twice
      const begins = { ...event, on: later(event.on, pause?.until ?? event.on) }
      pause = pauseFrom(begins, moves.slice(index + 1), rule.pauseCap - pausedDays, stop?.on ?? null, calendar)
      const days = calendar.workingDaysBetween(pause.from, pause.until)
      // It cannot run out while it stands still, not even at a weekend
      due = later(calendar.addWorkingDays(due, days), pause.until)
      pausedDays += days
    }
  }
  return { firstDueOn, dueOn: due, pausedDays, extensions, pause }
}

function firstDue(rule: Rule, { setFor }: Occurrence, from: DateText, calendar: WorkingCalendar): DateText {
  const limit = dueOn(rule, from, calendar)
  if (setFor === null || rule.dueFrom === 'limit') return limit
  return rule.dueFrom === 'set' || setFor < limit ? setFor : limit
}

const moving: ReadonlySet<string> = new Set(['clock_paused', 'clock_resumed', 'clock_extended'])

function movesIt(event: TimelineEvent, rule: Rule, { of }: Occurrence, from: DateText, stop: TimelineEvent | null): boolean {
  // On the day on which one round gives way to the next, what moves the clock moves the next
  const next = stop !== null && rule.repeatsUntil !== null && stop.kind === rule.stopEvent
  const during = event.on >= from && (stop === null || event.on < stop.on || (event.on === stop.on && !next))
  return moving.has(event.kind) && event.clock === rule.code && during && (event.of ?? null) === of
}

/** A pause ends when somebody ends it, on the day it was given until, when the clock stops, or when no more of it is left. */
function pauseFrom(
  { on: from, until }: TimelineEvent,
  moves: readonly TimelineEvent[],
  left: number,
  stoppedOn: DateText | null,
  calendar: WorkingCalendar,
): Pause {
  const resumed = moves.find(({ kind }) => kind === 'clock_resumed')?.on
  const ends = [calendar.addWorkingDays(from, left), resumed, until, stoppedOn].flatMap((on) => on ?? [])
  // One that was to end before it began is none
  const end = ends.reduce((first, on) => (on < first ? on : first))
  return { from, until: later(from, end) }
}

function later(a: DateText, b: DateText): DateText {
  return a > b ? a : b
}
