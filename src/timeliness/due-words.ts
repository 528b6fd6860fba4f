import type { DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'

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

/** Two dates may have no working day between them: a limit that passed on Friday is late on Saturday, by less than a day of work. */
function workingDays(count: number): string {
  if (count === 0) return 'less than 1 working day'
  return count === 1 ? '1 working day' : `${count} working days`
}
