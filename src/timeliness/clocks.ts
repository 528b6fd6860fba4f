import { addDays, startOfLondonDay, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'
import { describeDue, describeStop } from './due-words.ts'
import { dueOn, type Force, type Rule } from './rules.ts'

/** Something that happened to a concern, by its London date: the only precision a reporter's act has, and all a clock needs. */
export interface TimelineEvent {
  readonly kind: string
  readonly on: DateText
}

export const clockStates = ['running', 'overdue', 'met', 'missed', 'not_applicable'] as const
export type ClockState = (typeof clockStates)[number]

/** A clock as it stands on a given day. */
export interface ClockReading {
  readonly code: string
  readonly label: string
  readonly startedOn: DateText
  readonly dueOn: DateText
  readonly stoppedOn?: DateText
  readonly state: ClockState
  /** Still left today, or to spare on the day it stopped; negative when late. */
  readonly workingDaysLeft: number
  readonly words: string
  readonly force: Force
  readonly source: string
}

/** The last instant that still keeps a due date: 23:59:59.999 in London (`domain.md` 5.2). */
export function dueInstant(due: DateText): Temporal.Instant {
  return startOfLondonDay(addDays(due, 1)).subtract({ milliseconds: 1 })
}

/**
 * Every clock that has started, as it stands today: the one answer that pages, API and reports show (P5). It follows from events,
 * rules and calendar alone, so a limit missed stays missed however the work ends.
 */
export function clocksOf(
  events: readonly TimelineEvent[],
  rules: readonly Rule[],
  calendar: WorkingCalendar,
  today: DateText,
): ClockReading[] {
  const started = rules.flatMap((rule) => {
    const startedOn = firstOn(events, rule.startEvent)
    return startedOn !== null && rule.validFrom <= startedOn ? [{ rule, startedOn }] : []
  })
  return started
    .filter(({ rule }) => !started.some((other) => other.rule.code === rule.code && other.rule.version > rule.version))
    .map(({ rule, startedOn }) => {
      const stoppedOn = firstOn(events, rule.stopEvent, startedOn)
      const withdrawnOn = stoppedOn === null ? firstOn(events, 'withdrawn', startedOn) : null
      return withdrawnOn === null
        ? readClock(rule, startedOn, stoppedOn, calendar, today)
        : readEndedClock(rule, startedOn, withdrawnOn, calendar)
    })
}

/** The clock whose limit comes first among those nobody has stopped: what a queue sorts by. */
export function nextClock(clocks: readonly ClockReading[]): ClockReading | null {
  const open = clocks.filter((clock) => clock.stoppedOn === undefined)
  return open.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0] ?? null
}

function readClock(rule: Rule, startedOn: DateText, stoppedOn: DateText | null, calendar: WorkingCalendar, today: DateText): ClockReading {
  const due = dueOn(rule, startedOn, calendar)
  const left = calendar.workingDaysBetween(stoppedOn ?? today, due)
  return {
    code: rule.code,
    label: rule.label,
    startedOn,
    dueOn: due,
    ...(stoppedOn !== null && { stoppedOn }),
    state: stateOf(due, stoppedOn, today),
    workingDaysLeft: left,
    words: stoppedOn === null ? describeDue(due, today, calendar) : describeStop(due, stoppedOn, calendar),
    force: rule.force,
    source: rule.source,
  }
}

/** A clock that ran when the person withdrew has nothing left to measure; one that had run out by then stays missed. */
function readEndedClock(rule: Rule, startedOn: DateText, withdrawnOn: DateText, calendar: WorkingCalendar): ClockReading {
  const reading = readClock(rule, startedOn, withdrawnOn, calendar, withdrawnOn)
  const kept = withdrawnOn <= reading.dueOn
  return { ...reading, state: kept ? 'not_applicable' : 'missed', words: kept ? 'Not needed: withdrawn' : 'Not done in time' }
}

function stateOf(due: DateText, stoppedOn: DateText | null, today: DateText): ClockState {
  if (stoppedOn !== null) return stoppedOn <= due ? 'met' : 'missed'
  return today <= due ? 'running' : 'overdue'
}

/** The earliest date of an event of this kind, where one is there on or after `from`. */
function firstOn(events: readonly TimelineEvent[], kind: string, from?: DateText): DateText | null {
  let first: DateText | null = null
  for (const event of events) {
    if (event.kind !== kind || (from !== undefined && event.on < from)) continue
    if (first === null || event.on < first) first = event.on
  }
  return first
}
