import { hasRole, Refusal, type DateText } from '../kernel/index.ts'
import type { ReportReader } from './dependencies.ts'

/** The days on which clocks started that are counted, both included, and the day the figures tell of. */
export interface ReportPeriod {
  readonly from: DateText
  readonly to: DateText
  readonly asOf: DateText
}

/** What may be asked: null leaves it to the usual. */
export interface AskedPeriod {
  readonly from: DateText | null
  readonly to: DateText | null
}

/** Before there was any concern. */
const firstDay = '2018-01-01' as DateText
const usualMonths = 12

/**
 * The period for who asks. Auditors have the days they name. Leads have whole months that are over: a lead may be whom a concern is about, and
 * figures of a single day would tell them of one. Absent: the last twelve months. Refusal `permission_denied` for everybody else.
 */
export function periodFor(ctx: Pick<ReportReader, 'person'>, asked: AskedPeriod, asOf: DateText): ReportPeriod {
  if (!hasRole(ctx.person, 'auditor', 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
  return wholePeriodFor(ctx, asked, asOf)
}

/** The same for a report that others may have too: whole months for everybody but auditors. */
export function wholePeriodFor(ctx: Pick<ReportReader, 'person'>, { from, to }: AskedPeriod, asOf: DateText): ReportPeriod {
  if (hasRole(ctx.person, 'auditor')) {
    const last = later(to ?? asOf, firstDay)
    return { from: later(from ?? monthsBefore(last, usualMonths), firstDay), to: last, asOf }
  }
  const lastOver = endOfMonthBefore(asOf)
  const last = earlier(endOfMonth(to ?? lastOver), lastOver)
  const wanted = startOfMonth(from ?? monthsBefore(startOfMonth(last), usualMonths - 1))
  return { from: later(earlier(wanted, startOfMonth(last)), firstDay), to: last, asOf }
}

const later = (a: DateText, b: DateText): DateText => (a > b ? a : b)
const earlier = (a: DateText, b: DateText): DateText => (a < b ? a : b)
const plain = (date: DateText) => Temporal.PlainDate.from(date)
const text = (date: Temporal.PlainDate) => date.toString() as DateText

const startOfMonth = (date: DateText): DateText => text(plain(date).with({ day: 1 }))
const endOfMonth = (date: DateText): DateText => text(plain(date).with({ day: plain(date).daysInMonth }))
const monthsBefore = (date: DateText, months: number): DateText => text(plain(date).subtract({ months }))

/** The last day of the newest month that was over by the end of this day. */
function endOfMonthBefore(asOf: DateText): DateText {
  return endOfMonth(asOf) === asOf ? asOf : text(plain(startOfMonth(asOf)).subtract({ days: 1 }))
}
