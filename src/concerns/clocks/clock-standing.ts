import type { DateText } from '../../kernel/index.ts'
import { isOpen, ruleOn, type ClockReading } from '../../timeliness/index.ts'
import type { ClockStanding } from '../../workflow/index.ts'
import type { ConcernSettings } from '../dependencies.ts'
import type { OpenClock } from './clock-view.ts'

/** Working days in all that one person may stop a clock for by themselves, in one go or in many; a longer pause names a second. LOCAL. */
const aloneDays = 10

const states = { running: 'running', paused: 'paused', overdue: 'late' } as const

/** The open clocks as the workflow's guards go by them: what their rules allow, and how much pause is left. Comparators ask nothing. */
export function standingsOf(
  clocks: readonly ClockReading[],
  { rules, calendar }: Pick<ConcernSettings, 'rules' | 'calendar'>,
  today: DateText,
): ClockStanding[] {
  return clocks.flatMap((clock) => {
    const rule = ruleOn(rules, clock.code, clock.startedOn)
    if (!isOpen(clock) || clock.shownTo === 'auditor' || rule === null) return []
    const left = rule.pauseCap - clock.pausedDays
    return [
      {
        code: clock.code,
        of: clock.of,
        state: states[clock.state as keyof typeof states],
        dueOn: clock.dueOn,
        pausable: rule.pauseCap > 0,
        pauseUntil: left > 0 ? calendar.addWorkingDays(today, left) : null,
        aloneUntil: calendar.addWorkingDays(today, Math.max(0, aloneDays - clock.pausedDays)),
        extendable: rule.extendable,
      },
    ]
  })
}

/** The same for staff's screens, with the clock's own words. */
export function openClocksOf(standings: readonly ClockStanding[], clocks: readonly ClockReading[]): OpenClock[] {
  return standings.flatMap((standing) => {
    const clock = clocks.findLast(({ code, of, ...each }) => code === standing.code && of === standing.of && isOpen(each))
    if (clock === undefined) return []
    const { label, words, shownTo, startedOn, firstDueOn, extensions, pausedDays } = clock
    return [{ ...standing, label, words, shownTo, startedOn, firstDueOn, extensions, pausedDays }]
  })
}
