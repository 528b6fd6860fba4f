import type { MonthOfTime } from '../../../concerns/index.ts'
import { csvLine } from '../../../kernel/index.ts'
import { words } from './words.en.ts'

interface TimeRow {
  readonly month: string
  readonly channel: string
  readonly contacts: string
  readonly minutes: string
}

/** A row for each month and kind, and one that sums them all. */
export function timeRows(months: readonly MonthOfTime[], language: string): readonly TimeRow[] {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const rows = months.map(({ month, channel, contacts, minutes }) => ({
    month: format.format(Temporal.PlainDate.from(`${month}-01`)),
    channel: words.channels[channel],
    contacts: String(contacts),
    minutes: String(minutes),
  }))
  return [...rows, { month: words.total, channel: words.total, contacts: sum(months, 'contacts'), minutes: sum(months, 'minutes') }]
}

const sum = (months: readonly MonthOfTime[], field: 'contacts' | 'minutes'): string =>
  String(months.reduce((total, month) => total + month[field], 0))

/** With a heading and the codes of the kinds: words change, codes do not. */
export function timeCsv(months: readonly MonthOfTime[]): string {
  const lines = [
    ['month', 'channel', 'contacts', 'minutes'],
    ...months.map((each) => [each.month, each.channel, each.contacts, each.minutes]),
  ]
  return lines.map(csvLine).join('')
}
