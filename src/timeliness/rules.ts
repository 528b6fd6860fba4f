import { addDays, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'

/** What stands behind a limit. Shown beside every result: a local figure must never pass for the law. */
export const forces = ['STATUTORY', 'NATIONAL_POLICY', 'LOCAL', 'COMPARATOR'] as const
export type Force = (typeof forces)[number]

/** `same_day` ends with the day it starts on. `hours` is for duties whose start has a time: no reporter's act has one. */
export const limitUnits = ['working_days', 'calendar_days', 'calendar_months', 'same_day', 'hours'] as const
export type LimitUnit = (typeof limitUnits)[number]

/** Whose clock it is: a concern's, or the organisation's as a whole. */
export type RuleScope = 'concern' | 'organisation'

/** When a rule holds for a concern: told from what stands in clear in its log. */
export type Condition = 'always' | 'danger' | 'no_danger' | 'return_channel'

/** What gives the date: the limit alone, the earlier of the limit and the date the person was told, or the date set with the start. */
export const dueSources = ['limit', 'notified', 'set'] as const
export type DueSource = (typeof dueSources)[number]

/** Who is told when a limit has passed and nothing has happened, in this order. */
export type EscalationStep = 'deputy' | 'executive_lead' | 'non_executive_lead'

/** Who sees the clock: the person who raised it and staff, staff alone, or only the auditor. */
export type Audience = 'reporter' | 'staff' | 'auditor'

/** One version of one time limit, as a row an administrator can add to and never rewrite (`domain.md` 9.2). */
export interface Rule {
  readonly code: string
  readonly version: number
  readonly label: string
  readonly scope: RuleScope
  /** The first event of this kind starts the clock. */
  readonly startEvent: string
  /** Starts it in a later cycle, where that is another event. */
  readonly restartEvent: string | null
  /** Starts it at the latest so many days after receipt. */
  readonly startsWithinDays: number | null
  /** The first event of this kind after that stops it. */
  readonly stopEvent: string
  /** Each stop starts the next round, until one of these has happened too. */
  readonly repeatsUntil: string | null
  /** What ends it without an answer: it is then counted neither as kept nor as missed, unless it was late already. */
  readonly endEvents: readonly string[]
  /** One clock for each report, task or request, whatever the cycle. */
  readonly each: boolean
  readonly appliesWhen: Condition
  readonly dueFrom: DueSource
  readonly limit: number
  readonly unit: LimitUnit
  /** In all, in working days; 0 where it never pauses. */
  readonly pauseCap: number
  readonly extendable: boolean
  /** So many working days before the due date somebody is warned, hours where the limit is in hours; null where nobody is. */
  readonly warnBefore: number | null
  readonly escalateTo: readonly EscalationStep[]
  /** Working days from one step of the escalation to the next, or hours. */
  readonly escalateEvery: number
  readonly shownTo: Audience
  readonly force: Force
  readonly source: string
  /** Clocks that started before this date keep the version they started under. */
  readonly validFrom: DateText
}

/** The last London date on which the limit is still kept. Hours are reckoned from an instant, never from a date. */
export function dueOn(rule: Pick<Rule, 'limit' | 'unit'>, startedOn: DateText, calendar: WorkingCalendar): DateText {
  switch (rule.unit) {
    case 'working_days':
      return calendar.addWorkingDays(startedOn, rule.limit)
    case 'calendar_days':
      return addDays(startedOn, rule.limit)
    case 'calendar_months':
      return Temporal.PlainDate.from(startedOn).add({ months: rule.limit }).toString() as DateText
    case 'same_day':
      return startedOn
    case 'hours':
      return addDays(startedOn, Math.ceil(rule.limit / 24))
  }
}

/** The rule of a code for a clock that starts on a day: the newest version that holds from that day or earlier; null where none does. */
export function ruleOn(rules: readonly Rule[], code: string, startedOn: DateText): Rule | null {
  let found: Rule | null = null
  for (const rule of rules)
    if (rule.code === code && rule.validFrom <= startedOn && (found === null || rule.version > found.version)) found = rule
  return found
}
