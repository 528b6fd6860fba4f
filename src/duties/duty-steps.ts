import type { DateText } from '../kernel/index.ts'
import { londonDate } from '../kernel/index.ts'
import { hourStepsOf, ruleOn, stepsOf, type NoticeStep } from '../timeliness/index.ts'
import type { DutyReading, Reckoning } from './duty.ts'

/** A step of a duty and when it falls due: a working day, or an instant where the duty runs in hours. */
export interface DutyStepDue {
  readonly step: NoticeStep
  readonly on: DateText
  readonly at: Temporal.Instant | null
}

/** Hours of London's day in which what falls due by its day is said: nobody is written to at night about a report to the board. */
const daytime = { from: 8, until: 18 }

/** What is still to be said of a duty at a moment: the steps that have fallen due and were not taken, whenever they fell due. */
export function dutyStepsDue(duty: DutyReading, by: Reckoning): readonly DutyStepDue[] {
  const taken = new Set<string>(duty.notices.map(({ step }) => step))
  return fallenDue(duty, by).filter(({ step, at }) => !taken.has(step) && (at !== null || isDaytime(by.now)))
}

/** Whether a duty that is not late is so near its date that somebody is warned of it. */
export function isNear(duty: DutyReading, by: Reckoning): boolean {
  return duty.state === 'running' && fallenDue(duty, by).some(({ step }) => step === 'warning')
}

function fallenDue(duty: DutyReading, { rules, calendar, now, today }: Reckoning): readonly DutyStepDue[] {
  const rule = ruleOn(rules, duty.code, duty.startedOn)
  if (rule === null || duty.open.length === 0) return []
  const { startedAt, dueAt } = duty
  if (startedAt !== null && dueAt !== null)
    return hourStepsOf({ startedAt, dueAt }, rule)
      .filter(({ at }) => Temporal.Instant.compare(at, now) <= 0)
      .map(({ step, at }) => ({ step, at, on: londonDate(at) }))
  return stepsOf(duty, rule, calendar)
    .filter(({ on }) => on <= today)
    .map(({ step, on }) => ({ step, on, at: null }))
}

function isDaytime(now: Temporal.Instant): boolean {
  const { hour } = now.toZonedDateTimeISO('Europe/London')
  return hour >= daytime.from && hour < daytime.until
}
