import type { DateText } from '../kernel/index.ts'
import { clocksOf } from '../timeliness/index.ts'
import type { Concern } from './concern.ts'
import type { ConcernSettings } from './dependencies.ts'
import { clockView } from './events.ts'
import type { ClockView } from './views.ts'

/**
 * The clock that runs out next, for lists that open no history: the row names it, the one reckoning gives its date and words. Only clocks
 * that start with receipt can be told so; the spine has no other.
 */
export function nextClockView(
  { raisedOn, nextClockCode }: Concern,
  { rules, calendar }: ConcernSettings,
  today: DateText,
): ClockView | null {
  if (nextClockCode === null) return null
  const reading = clocksOf([{ kind: 'received', on: raisedOn }], rules, calendar, today).find(({ code }) => code === nextClockCode)
  return reading === undefined ? null : clockView(reading)
}
