import { addDays, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from './calendar.ts'

/** What stands behind a limit. Shown beside every result: a local figure must never pass for the law. */
export const forces = ['STATUTORY', 'NATIONAL_POLICY', 'LOCAL', 'COMPARATOR'] as const
export type Force = (typeof forces)[number]

export const limitUnits = ['working_days', 'calendar_days', 'calendar_months'] as const
export type LimitUnit = (typeof limitUnits)[number]

/** One version of one time limit, as a row an administrator can add to and never rewrite (`domain.md` 9.2). */
export interface Rule {
  readonly code: string
  readonly version: number
  readonly label: string
  /** The first event of this kind starts the clock. */
  readonly startEvent: string
  /** The first event of this kind after that stops it. */
  readonly stopEvent: string
  readonly limit: number
  readonly unit: LimitUnit
  readonly force: Force
  readonly source: string
  /** Clocks that started before this date keep the version they started under. */
  readonly validFrom: DateText
}

/**
 * The rules a new installation begins with. T1 stops on an acknowledgement a *person* wrote; an automatic reply is no such event.
 * It is LOCAL on purpose: the national policy of June 2022 asks for thanks and contact but gives no number of days. It holds from
 * the first day of the calendar of bank holidays.
 */
export const firstRules: readonly Rule[] = [
  {
    code: 'T1',
    version: 1,
    label: 'Acknowledge',
    startEvent: 'received',
    stopEvent: 'acknowledged',
    limit: 2,
    unit: 'working_days',
    force: 'LOCAL',
    source:
      'Local limit. Two working days is the figure of the national policy of April 2016; the national policy of June 2022 sets no number of days.',
    validFrom: '2018-01-01' as DateText,
  },
]

/** The last London date on which the limit is still kept. */
export function dueOn(rule: Pick<Rule, 'limit' | 'unit'>, startedOn: DateText, calendar: WorkingCalendar): DateText {
  switch (rule.unit) {
    case 'working_days':
      return calendar.addWorkingDays(startedOn, rule.limit)
    case 'calendar_days':
      return addDays(startedOn, rule.limit)
    case 'calendar_months':
      return Temporal.PlainDate.from(startedOn).add({ months: rule.limit }).toString() as DateText
  }
}
