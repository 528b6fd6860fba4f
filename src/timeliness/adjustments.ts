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
  let due: Due = { firstDueOn, dueOn: firstDueOn, pausedDays: 0, extensions: 0, pause: null }
  for (const [index, event] of moves.entries()) {
    if (event.on > due.dueOn) break
    if (event.kind === 'clock_extended' && rule.extendable) due = extended(due, event)
    if (event.kind === 'clock_paused' && rule.pauseCap > due.pausedDays)
      due = paused(due, event, { rule, later: moves.slice(index + 1), stoppedOn: stop?.on ?? null, calendar })
  }
  return due
}

function extended(due: Due, { until }: TimelineEvent): Due {
  return until === undefined || until <= due.dueOn ? due : { ...due, dueOn: until, extensions: due.extensions + 1 }
}

/** What decides how long a pause lasts. */
interface Pausing {
  readonly rule: Pick<Rule, 'pauseCap'>
  readonly later: readonly TimelineEvent[]
  readonly stoppedOn: DateText | null
  readonly calendar: WorkingCalendar
}

function paused(due: Due, event: TimelineEvent, { rule, later, stoppedOn, calendar }: Pausing): Due {
  // One that begins in another goes on where that ends: no day stands still twice
  const begins = { ...event, on: latest(event.on, due.pause?.until ?? event.on) }
  const pause = pauseFrom(begins, later, rule.pauseCap - due.pausedDays, stoppedOn, calendar)
  const days = calendar.workingDaysBetween(pause.from, pause.until)
  // It cannot run out while it stands still, not even at a weekend
  const moved = latest(calendar.addWorkingDays(due.dueOn, days), pause.until)
  return { ...due, dueOn: moved, pausedDays: due.pausedDays + days, pause }
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
  return { from, until: latest(from, end) }
}

function latest(a: DateText, b: DateText): DateText {
  return a > b ? a : b
}
