import { z } from 'zod'
import { londonDate, readDate, type DateText } from '../kernel/index.ts'
import {
  clocksOf,
  hourClock,
  type HourReading,
  type NoticeStep,
  ruleOn,
  type ClockReading,
  type Force,
  type Rule,
  type TimelineEvent,
  type WorkingCalendar,
} from '../timeliness/index.ts'

/** What the organisation owes as a whole (`domain.md` 9.2, T14 to T19). */
export const dutyCodes = ['T14', 'T15', 'T16', 'T17', 'T18', 'T19'] as const
export type DutyCode = (typeof dutyCodes)[number]

/** One each at a time: done, the next begins. */
export const recurring: ReadonlySet<DutyCode> = new Set(['T15', 'T16'])
/** Its date is set with it: the window of a quarter is published each time. */
export const dateIsSet: DutyCode = 'T14'
/** It runs from an instant. */
export const runsInHours: DutyCode = 'T19'

export const pauseReasons = ['clarification_awaited', 'identity_awaited', 'fee_awaited'] as const
/** UK GDPR, article 12(3). */
export const extensionReasons = ['complex', 'many_requests'] as const
/** "Two further months where necessary." */
export const furtherMonths = 2

const stepKinds = ['duty_done', 'clock_paused', 'clock_resumed', 'clock_extended'] as const
export type StepKind = (typeof stepKinds)[number]

export interface Duty {
  readonly id: string
  readonly code: DutyCode
  readonly startedOn: DateText
  readonly startedAt: Temporal.Instant | null
  readonly setFor: DateText | null
}

export interface DutyStep {
  readonly dutyId: string
  readonly number: number
  readonly kind: StepKind
  readonly on: DateText
  readonly at: Temporal.Instant | null
  readonly until: DateText | null
  readonly reason: string | null
}

/** A step of its clock that was taken, and the day on which it fell due. */
export interface DutyNotice {
  readonly dutyId: string
  readonly step: NoticeStep
  readonly on: DateText
}

/** A duty as it stands now. */
export interface DutyReading {
  readonly id: string
  readonly code: DutyCode
  readonly label: string
  readonly startedOn: DateText
  readonly startedAt: Temporal.Instant | null
  readonly firstDueOn: DateText
  readonly dueOn: DateText
  readonly dueAt: Temporal.Instant | null
  readonly doneOn: DateText | null
  readonly state: ClockReading['state']
  readonly words: string
  readonly pausedDays: number
  readonly pause: ClockReading['pause']
  readonly extensions: number
  readonly force: Force
  readonly source: string
  /** What the clock has said of it, and to whom: in the order of their days. */
  readonly notices: readonly Pick<DutyNotice, 'step' | 'on'>[]
  /** What can be done with it now. */
  readonly open: readonly DutyAct[]
}

export const dutyActs = ['done', 'pause', 'resume', 'extend'] as const
export type DutyAct = (typeof dutyActs)[number]

const dateInput = z
  .string()
  .meta({ format: 'date' })
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
  .transform((text) => text as DateText)
const instantInput = z.iso
  .datetime({ offset: true, error: 'Give the day and the time.' })
  // More digits than an instant can hold
  .refine((text) => !/\.\d{10}/.test(text), { params: { code: 'not_a_date' }, message: 'Give the day and the time.' })
  .transform((text) => Temporal.Instant.from(text))
  .meta({ description: 'RFC 3339. For a breach, T19: hours run from it.' })

export const dutyBeginning = z.strictObject({
  code: z.enum(dutyCodes),
  startedOn: dateInput.optional().meta({ description: 'The end of the quarter, the day of the last report or review, or of the request.' }),
  startedAt: instantInput.optional(),
  dueOn: dateInput.optional().meta({ description: 'For the quarterly return, T14, alone: the day it is to be sent by, as published.' }),
})
export type DutyBeginning = z.output<typeof dutyBeginning>

export const dutyDone = z.strictObject({ doneOn: dateInput.optional(), doneAt: instantInput.optional() })
export type DutyDone = z.output<typeof dutyDone>
export const dutyPause = z.strictObject({ reasonCode: z.enum(pauseReasons) })
export type DutyPause = z.output<typeof dutyPause>
export const dutyExtension = z.strictObject({ until: dateInput, reasonCode: z.enum(extensionReasons) })
export type DutyExtension = z.output<typeof dutyExtension>

export interface Reckoning {
  readonly rules: readonly Rule[]
  readonly calendar: WorkingCalendar
  readonly now: Temporal.Instant
  readonly today: DateText
}

/** What was done about a duty and said of it. */
export interface DutyHistory {
  readonly steps: readonly DutyStep[]
  readonly notices: readonly DutyNotice[]
}

/** A duty as it stands, with what the report of timeliness counts besides. */
export interface ReckonedDuty {
  readonly reading: DutyReading
  readonly version: number
  /** From the start to the stop, or to today. */
  readonly workingDays: number
  /** Whole hours it took, of what runs in hours and is done. */
  readonly hours: number | null
}

/** Null where no rule held on the day it began. */
export function readDuty(duty: Duty, history: DutyHistory, by: Reckoning): DutyReading | null {
  return reckonDuty(duty, history, by)?.reading ?? null
}

/** The same with its figures. The date comes from the one reckoning of clocks (P5); hours from their own. */
export function reckonDuty(duty: Duty, { steps, notices }: DutyHistory, { rules, calendar, now, today }: Reckoning): ReckonedDuty | null {
  const { id, code, startedOn, startedAt, setFor } = duty
  const rule = ruleOn(rules, code, startedOn)
  const began: TimelineEvent = { kind: 'duty_began', on: startedOn, of: id, ...(setFor !== null && { until: setFor }) }
  const events = [began, ...steps.toSorted((a, b) => a.number - b.number).map((step) => eventOf(step, code))]
  const own = rules.filter((each) => each.code === code)
  const [clock] = clocksOf(events, own, calendar, today)
  if (rule === null || clock === undefined) return null
  const done = steps.find(({ kind }) => kind === 'duty_done') ?? null
  const hours = hoursOf(rule, duty, done, now)
  const { label, pausedDays, pause, extensions, force, source } = clock
  const state = hours?.state ?? clock.state
  const reading: DutyReading = {
    ...{ id, code, label, startedOn, startedAt, pausedDays, pause, extensions, force, source },
    ...(hours === null
      ? { ...datesOf(clock), dueAt: null, words: clock.words }
      : { dueAt: hours.dueAt, words: hours.words, ...datesOf(dayOf(hours)) }),
    state,
    doneOn: done && done.on,
    notices: notices.map(({ step, on }) => ({ step, on })),
    open: openActs(rule, { state, pausedDays, extensions }),
  }
  return { reading, version: clock.version, workingDays: clock.workingDaysTaken, hours: hours?.taken ?? null }
}

const datesOf = ({ firstDueOn, dueOn }: Pick<ClockReading, 'firstDueOn' | 'dueOn'>) => ({ firstDueOn, dueOn })

/** The London day of the last instant: with a clock put on between, another than so many days later. */
function dayOf({ dueAt }: HourReading): Pick<ClockReading, 'firstDueOn' | 'dueOn'> {
  const day = londonDate(dueAt)
  return { firstDueOn: day, dueOn: day }
}

function hoursOf({ unit, limit }: Rule, { startedAt }: Duty, done: DutyStep | null, now: Temporal.Instant): HourReading | null {
  return unit === 'hours' && startedAt !== null ? hourClock(limit, startedAt, done && done.at, now) : null
}

function eventOf({ kind, on, until, dutyId }: DutyStep, code: DutyCode): TimelineEvent {
  return { kind, on, of: dutyId, ...(kind !== 'duty_done' && { clock: code }), ...(until !== null && { until }) }
}

function openActs(
  rule: Rule,
  { state, pausedDays, extensions }: Pick<ClockReading, 'state' | 'pausedDays' | 'extensions'>,
): readonly DutyAct[] {
  if (state === 'met' || state === 'missed') return []
  const able: Readonly<Record<DutyAct, boolean>> = {
    done: true,
    pause: state === 'running' && rule.pauseCap > pausedDays,
    resume: state === 'paused',
    // What is late is no longer moved
    extend: state !== 'overdue' && rule.extendable && extensions === 0,
  }
  return dutyActs.filter((act) => able[act])
}
