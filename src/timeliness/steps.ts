import { addDays, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'
import type { EscalationStep, Rule } from './rules.ts'

/** What is said of a clock: that its date is near, or that it has passed, to the next of the chain. */
export const noticeSteps = ['warning', 'deputy', 'executive_lead', 'non_executive_lead'] as const satisfies readonly (
  'warning' | EscalationStep
)[]
export type NoticeStep = (typeof noticeSteps)[number]

/** A step and the working day on which it falls due. */
export interface DatedStep {
  readonly step: NoticeStep
  readonly on: DateText
}

/** What decides the days of a clock's steps: nothing that a passing day changes. */
export interface SteppedClock {
  readonly startedOn: DateText
  readonly dueOn: DateText
  readonly pause: { readonly from: DateText; readonly until: DateText } | null
}

type SteppedRule = Pick<Rule, 'warnBefore' | 'escalateTo' | 'escalateEvery' | 'shownTo'>

/**
 * Every step of a clock that nobody stops, with its day (`domain.md` 9.2): a warning so many working days before the date, unless the clock began
 * later than that; then on the first working day after the date the first of the chain is told, and each next one so many working days later. While a
 * clock stands still nothing falls due: that waits for the day it goes on. Comparators tell nobody.
 */
export function stepsOf(clock: SteppedClock, rule: SteppedRule, calendar: WorkingCalendar): readonly DatedStep[] {
  if (rule.shownTo === 'auditor') return []
  const told = (step: NoticeStep, on: DateText): DatedStep => ({ step, on: afterPause(on, clock, calendar) })
  const warnOn = rule.warnBefore === null ? null : workingDaysBefore(clock.dueOn, rule.warnBefore, calendar)
  return [
    ...(warnOn !== null && warnOn > clock.startedOn ? [told('warning', warnOn)] : []),
    ...rule.escalateTo.map((step, place) => told(step, calendar.addWorkingDays(clock.dueOn, 1 + place * rule.escalateEvery))),
  ]
}

/**
 * What is still to be said of a clock on a day: the steps that have fallen due and were not taken, whenever they fell due. A date that has moved
 * changes the days of those alone; what was said once is never said again.
 */
export function stepsDue(
  clock: SteppedClock,
  rule: SteppedRule,
  calendar: WorkingCalendar,
  today: DateText,
  taken: ReadonlySet<string>,
): readonly DatedStep[] {
  return stepsOf(clock, rule, calendar).filter(({ step, on }) => on <= today && !taken.has(step))
}

/** The last day by which clocks with a step due today fall due themselves: what a sweep has to look at. */
export function horizonOf(rules: readonly Pick<Rule, 'warnBefore'>[], calendar: WorkingCalendar, today: DateText): DateText {
  const farthest = Math.max(0, ...rules.map(({ warnBefore }) => warnBefore ?? 0))
  // A due date on a day off has its warning counted from the working day before
  return addDays(calendar.addWorkingDays(today, farthest + 1), -1)
}

/** The latest working day with so many working days left. */
function workingDaysBefore(dueOn: DateText, days: number, calendar: WorkingCalendar): DateText {
  let day = dueOn
  while (!calendar.isWorkingDay(day) || calendar.workingDaysBetween(day, dueOn) < days) day = addDays(day, -1)
  return day
}

function afterPause(on: DateText, { pause }: SteppedClock, calendar: WorkingCalendar): DateText {
  if (pause === null || on < pause.from || on >= pause.until) return on
  return calendar.isWorkingDay(pause.until) ? pause.until : calendar.addWorkingDays(pause.until, 1)
}

/** A step of a clock in hours, and the instant at which it falls due. */
export interface TimedStep {
  readonly step: NoticeStep
  readonly at: Temporal.Instant
}

/**
 * The same of a limit in hours, where the rule's numbers are hours too: at night and at weekends as well, because the limit counts them. The first of the
 * chain is told in the first second after the limit.
 */
export function hourStepsOf(
  { startedAt, dueAt }: { readonly startedAt: Temporal.Instant; readonly dueAt: Temporal.Instant },
  { warnBefore, escalateTo, escalateEvery, shownTo }: SteppedRule,
): readonly TimedStep[] {
  if (shownTo === 'auditor') return []
  const warnAt = warnBefore === null ? null : dueAt.subtract({ hours: warnBefore })
  return [
    ...(warnAt !== null && Temporal.Instant.compare(warnAt, startedAt) > 0 ? [{ step: 'warning' as const, at: warnAt }] : []),
    ...escalateTo.map((step, place) => ({ step, at: dueAt.add({ seconds: 1, hours: place * escalateEvery }) })),
  ]
}
