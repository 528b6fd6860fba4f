import { addDays, startOfLondonDay, type DateText } from '../kernel/index.ts'
import { dueOf, type Due, type Pause } from './adjustments.ts'
import type { WorkingCalendar } from './calendar.ts'
import { describeDue, describeEnd, describePause, describeStop } from './due-words.ts'
import { cyclesOf, firstOf, nothingSpecial, type Occurrence, type TimelineEvent, type TimelineFacts } from './events.ts'
import { occurrencesOf } from './occurrences.ts'
import { ruleOn, type Audience, type Condition, type Force, type Rule } from './rules.ts'

export const clockStates = ['running', 'paused', 'overdue', 'met', 'missed', 'not_applicable'] as const
export type ClockState = (typeof clockStates)[number]

/** A clock as it stands on a given day. */
export interface ClockReading {
  readonly code: string
  readonly version: number
  readonly label: string
  /** Which time round; a reopened concern begins its second. */
  readonly cycle: number
  /** The report, task or request it is for; null where it is the concern's own. */
  readonly of: string | null
  /** Counts the rounds of a clock that every stop starts anew, from 1. */
  readonly round: number
  readonly startedOn: DateText
  /** The date that stood when the clock started, before any pause or extension. */
  readonly firstDueOn: DateText
  readonly dueOn: DateText
  readonly stoppedOn?: DateText
  readonly state: ClockState
  /** Why it is not counted: the kind of event that ended it. */
  readonly endedBy?: string
  /** The entries of the log that started and stopped it, where events name theirs and no passing day did. */
  readonly startEntry?: string
  readonly stopEntry?: string
  /** Still left today, or to spare on the day it stopped; negative when late. */
  readonly workingDaysLeft: number
  /** From the start to the stop, or to today, pauses included. */
  readonly workingDaysTaken: number
  readonly pausedDays: number
  readonly extensions: number
  /** The last pause, over or not. */
  readonly pause: Pause | null
  readonly words: string
  readonly shownTo: Audience
  readonly force: Force
  readonly source: string
}

/** The last instant that still keeps a due date: 23:59:59.999 in London (`domain.md` 5.2). */
export function dueInstant(due: DateText): Temporal.Instant {
  return startOfLondonDay(addDays(due, 1)).subtract({ milliseconds: 1 })
}

/**
 * Every clock that has started, as it stands today: the one answer that pages, API and reports show (P5). It follows from events, facts,
 * rules and calendar alone, so a limit missed stays missed however the work ends. Events come in the order in which they happened. By code,
 * and within it by cycle, report and round.
 */
export function clocksOf(
  events: readonly TimelineEvent[],
  rules: readonly Rule[],
  calendar: WorkingCalendar,
  today: DateText,
  facts: TimelineFacts = nothingSpecial,
): ClockReading[] {
  const past = events.filter(({ on }) => on <= today)
  const cycles = cyclesOf(past)
  return newestOfEach(rules).flatMap((newest) =>
    occurrencesOf(newest, past, cycles).flatMap((occurrence) => {
      const rule = ruleOn(rules, newest.code, occurrence.startedOn)
      return rule === null || occurrence.startedOn > today || !holds(rule.appliesWhen, facts)
        ? []
        : roundsOf(rule, occurrence, calendar, today)
    }),
  )
}

/** The clock whose limit comes first among those nobody has stopped: what a queue sorts by. Comparators ask nothing of anybody. */
export function nextClock(clocks: readonly ClockReading[]): ClockReading | null {
  let next: ClockReading | null = null
  for (const clock of clocks) if (isOpen(clock) && clock.shownTo !== 'auditor' && (next === null || clock.dueOn < next.dueOn)) next = clock
  return next
}

/** Running, standing still or late: somebody still has something to do. */
export function isOpen({ state }: Pick<ClockReading, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'overdue'
}

function holds(condition: Condition, { danger, returnChannel }: TimelineFacts): boolean {
  if (condition === 'danger') return danger
  if (condition === 'no_danger') return !danger
  return condition === 'always' || returnChannel
}

/** The newest version of each rule. What starts and stops a clock is the software's, alike in all versions. */
function newestOfEach(rules: readonly Rule[]): Rule[] {
  const newest = new Map<string, Rule>()
  for (const rule of rules) if ((newest.get(rule.code)?.version ?? 0) < rule.version) newest.set(rule.code, rule)
  return [...newest.values()]
}

function roundsOf(rule: Rule, occurrence: Occurrence, calendar: WorkingCalendar, today: DateText): ClockReading[] {
  const readings: ClockReading[] = []
  let [from, entry] = [occurrence.startedOn, occurrence.entry]
  for (;;) {
    const round = { rule, occurrence, from, entry, number: readings.length + 1 }
    const stop = stopOf(round)
    readings.push(readClock(round, stop, calendar, today))
    if (rule.repeatsUntil === null || stop === null || stop.kind !== rule.stopEvent || stop.on <= from) return readings
    ;[from, entry] = [stop.on, stop.entry]
  }
}

interface Round {
  readonly rule: Rule
  readonly occurrence: Occurrence
  readonly from: DateText
  /** What started it. */
  readonly entry: string | undefined
  readonly number: number
}

/** The first event that stops or ends a clock; on one day, an answer comes before an end. */
function stopOf({ rule, occurrence: { events, cycle }, from }: Round): TimelineEvent | null {
  // A round is not stopped by what began it, nor is a cycle ended by the reopening that began it
  const nextRound = rule.repeatsUntil === null ? from : addDays(from, 1)
  const later = cycle > 1 && events[0]?.kind === 'reopened' ? events.slice(1) : events
  const answers = [firstOf(later, rule.stopEvent, nextRound), rule.repeatsUntil === null ? null : firstOf(later, rule.repeatsUntil, from)]
  const ends = rule.endEvents.map((kind) => firstOf(later, kind, from))
  return [...answers, ...ends].reduce((first, event) => (event !== null && (first === null || event.on < first.on) ? event : first), null)
}

function readClock(
  { rule, occurrence, from, entry, number }: Round,
  stop: TimelineEvent | null,
  calendar: WorkingCalendar,
  today: DateText,
): ClockReading {
  // Only the first round can have a date of its own
  const due = dueOf(rule, number > 1 ? { ...occurrence, setFor: null } : occurrence, from, stop, calendar)
  const ended = stop !== null && stop.kind !== rule.stopEvent && stop.kind !== rule.repeatsUntil
  const last = stop?.on ?? today
  return {
    code: rule.code,
    version: rule.version,
    label: rule.label,
    cycle: occurrence.cycle,
    of: occurrence.of,
    round: number,
    startedOn: from,
    firstDueOn: due.firstDueOn,
    dueOn: due.dueOn,
    ...(stop !== null && { stoppedOn: stop.on }),
    ...(entry !== undefined && { startEntry: entry }),
    ...(stop?.entry !== undefined && { stopEntry: stop.entry }),
    state: stateOf(due, stop, ended, today),
    ...(ended && last <= due.dueOn && { endedBy: stop.kind }),
    workingDaysLeft: calendar.workingDaysBetween(last, due.dueOn),
    workingDaysTaken: calendar.workingDaysBetween(from, last),
    pausedDays: due.pausedDays,
    extensions: due.extensions,
    pause: due.pause,
    words: wordsOf(due, stop, ended, today, calendar),
    shownTo: rule.shownTo,
    force: rule.force,
    source: rule.source,
  }
}

/** A clock that ended without an answer has nothing left to measure; one that had run out by then stays missed. */
function stateOf(due: Due, stop: TimelineEvent | null, ended: boolean, today: DateText): ClockState {
  if (stop !== null && stop.on > due.dueOn) return 'missed'
  if (stop !== null) return ended ? 'not_applicable' : 'met'
  return openState(due, today)
}

type Open = Pick<Due, 'dueOn' | 'pause'>

function openState({ dueOn, pause }: Open, today: DateText): 'paused' | 'running' | 'overdue' {
  if (pause !== null && pause.from <= today && today < pause.until) return 'paused'
  return today <= dueOn ? 'running' : 'overdue'
}

/** How a clock that nobody has stopped stands today: for lists, which hold its dates and not the events they came from. */
export function standingOn(
  open: Open,
  today: DateText,
  calendar: WorkingCalendar,
): Pick<ClockReading, 'state' | 'words' | 'workingDaysLeft'> {
  return {
    state: openState(open, today),
    words: openWords(open, today, calendar),
    workingDaysLeft: calendar.workingDaysBetween(today, open.dueOn),
  }
}

function openWords(open: Open, today: DateText, calendar: WorkingCalendar): string {
  return openState(open, today) === 'paused' ? describePause(open.pause!) : describeDue(open.dueOn, today, calendar)
}

function wordsOf(due: Due, stop: TimelineEvent | null, ended: boolean, today: DateText, calendar: WorkingCalendar): string {
  if (stop !== null && ended) return describeEnd(due.dueOn, stop)
  if (stop !== null) return describeStop(due.dueOn, stop.on, calendar)
  return openWords(due, today, calendar)
}
