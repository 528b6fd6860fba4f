import type { DateText } from '../../kernel/index.ts'
import { describeDue, ruleOn } from '../../timeliness/index.ts'
import type { Concern } from '../concern.ts'
import type { ConcernSettings } from '../dependencies.ts'
import type { NextClock } from './clock-view.ts'

/**
 * The clock that runs out next, for lists that open no history: the row names it and its date, as the one reckoning gave them with the last
 * act; only how far off that is depends on the day.
 */
export function nextClockView(
  { nextClockCode, nextClockDue }: Pick<Concern, 'nextClockCode' | 'nextClockDue'>,
  { rules, calendar }: ConcernSettings,
  today: DateText,
): NextClock | null {
  if (nextClockCode === null || nextClockDue === null) return null
  const rule = ruleOn(rules, nextClockCode, today)
  if (rule === null) return null
  const { code, label, force, source } = rule
  return {
    code,
    label,
    dueOn: nextClockDue,
    state: today <= nextClockDue ? 'running' : 'overdue',
    words: describeDue(nextClockDue, today, calendar),
    workingDaysLeft: calendar.workingDaysBetween(today, nextClockDue),
    force,
    source,
  }
}
