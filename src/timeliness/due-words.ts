import type { DateText } from '../kernel/index.ts'
import type { Pause } from './adjustments.ts'
import type { WorkingCalendar } from './calendar.ts'
import type { TimelineEvent } from './events.ts'

/** A due date in words, alike on every chip, inbox and API answer: "Overdue by 2 working days", "Due today", "1 working day left". */
export function describeDue(due: DateText, today: DateText, calendar: WorkingCalendar): string {
  if (today === due) return 'Due today'
  if (today > due) return `Overdue by ${workingDays(calendar.workingDaysBetween(due, today))}`
  const left = workingDays(calendar.workingDaysBetween(today, due))
  return `${left.charAt(0).toUpperCase()}${left.slice(1)} left`
}

/** The same for work that is done. */
export function describeStop(due: DateText, stoppedOn: DateText, calendar: WorkingCalendar): string {
  if (stoppedOn <= due) return 'Done in time'
  return `Done late by ${workingDays(calendar.workingDaysBetween(due, stoppedOn))}`
}

/** A clock that stands still. */
export function describePause({ until }: Pause): string {
  return `Paused until ${Temporal.PlainDate.from(until).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}`
}

const endWords: Readonly<Record<string, string>> = {
  withdrawn: 'Not needed: withdrawn',
  reopened: 'Not needed: reopened',
  decision_told: 'Not needed: another way was chosen',
  outcome_told: 'Not needed: resolved another way',
  detriment_closed: 'Not needed: the report was closed',
  follow_up_declined: 'Not needed: the person did not want it',
  task_passed_on: 'Passed on to a plan that is tracked elsewhere',
}

/** What ended without an answer. */
export function describeEnd(due: DateText, { kind, on }: Pick<TimelineEvent, 'kind' | 'on'>): string {
  return on > due ? 'Not done in time' : (endWords[kind] ?? 'Not needed')
}

/** Two dates may have no working day between them: a limit that passed on Friday is late on Saturday, by less than a day of work. */
function workingDays(count: number): string {
  if (count === 0) return 'less than 1 working day'
  return count === 1 ? '1 working day' : `${count} working days`
}
