/**
 * Timeliness: is a concern in time? Working days, time limits as data, clocks, words for a due date, and the queue's order of urgency.
 * Owns the reckoning, not the rows: bank holidays and rules come in as data. Pure; imports only kernel.
 * Promises (P5): the same events, rules, calendar and day give the same answer everywhere, and a missed limit stays missed.
 */
export type { Pause } from './adjustments.ts'
export { createCalendar, type BankHoliday, type WorkingCalendar } from './calendar.ts'
export { clocksOf, clockStates, dueInstant, isOpen, nextClock, standingOn, type ClockReading, type ClockState } from './clocks.ts'
export { describeDue } from './due-words.ts'
export { hourClock, type HourReading } from './duty-clock.ts'
export type { TimelineEvent, TimelineFacts } from './events.ts'
export { firstRules } from './first-rules.ts'
export { judgeRules, type RuleFault, type RuleFaultCode } from './judge-rules.ts'
export { quarterOf, type Quarter } from './quarter.ts'
export {
  dueSources,
  forces,
  limitUnits,
  ruleOn,
  type Audience,
  type Condition,
  type DueSource,
  type EscalationStep,
  type Force,
  type LimitUnit,
  type Rule,
  type RuleScope,
} from './rules.ts'
export {
  horizonOf,
  hourStepsOf,
  noticeSteps,
  stepsDue,
  stepsOf,
  type DatedStep,
  type NoticeStep,
  type SteppedClock,
  type TimedStep,
} from './steps.ts'
export {
  urgencyBounds,
  urgencyOf,
  urgencyReasons,
  type Urgency,
  type UrgencyBounds,
  type UrgencyFacts,
  type UrgencyReason,
} from './urgency.ts'
