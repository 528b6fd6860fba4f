import { z } from 'zod'
import { shortText, type DateText } from '../../kernel/index.ts'
import type { BankHoliday } from '../../timeliness/index.ts'
import { asked, dateInput } from '../changes/asked.ts'

/** A row of the calendar as the administrator sees it. */
export interface HolidayRow extends BankHoliday {
  /** The day it was entered, or fetched with a release. */
  readonly enteredOn: DateText
}

/** How far the table of bank holidays reaches. */
export interface Horizon {
  /** The last day of all, projected ones included; null where there is none. */
  readonly until: DateText | null
  /** The last day that has been published. */
  readonly publishedUntil: DateText | null
  /** True where the table ends within twelve months: deadlines beyond its end would count holidays as working days. */
  readonly endsSoon: boolean
  /** True where what is published ends within twelve months: new days may have been announced by now. */
  readonly publishedEndsSoon: boolean
}

export function horizonOf(holidays: readonly BankHoliday[], today: DateText): Horizon {
  const last = (rows: readonly BankHoliday[]) =>
    rows
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? null
  const until = last(holidays)
  const publishedUntil = last(holidays.filter(({ projected }) => !projected))
  return { until, publishedUntil, endsSoon: endsSoon(until, today), publishedEndsSoon: endsSoon(publishedUntil, today) }
}

/** Whether a table whose last day this is ends within twelve months. */
export function endsSoon(until: DateText | null, today: DateText): boolean {
  return until === null || until < Temporal.PlainDate.from(today).add({ years: 1 }).toString()
}

const title = shortText(100, 'Say what the day is called.')
const source = shortText(300, 'Say where it was announced.')

/** What happens to one day: it becomes a holiday, stops being one, or is no longer a mere projection. */
export const calendarChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('add'), date: dateInput, title, source, projected: z.boolean().default(false) }),
  z.strictObject({ change: z.literal('remove'), date: dateInput }),
  z.strictObject({ change: z.literal('confirm'), date: dateInput, source }),
])
export type CalendarChange = z.output<typeof calendarChange>

export const calendarInput = z.strictObject({ day: calendarChange, ...asked })
export type CalendarInput = z.output<typeof calendarInput>

/** LOCAL: eight are usual in England and Wales, eleven the most there were. More would stop clocks that nobody may stop. */
const mostInAYear = 14
const farthestYears = 10

/**
 * What makes a table of bank holidays none, of the days that a change brings: `too_many` in one year, or `too_far`, by which the warning that the table
 * ends would stay silent. Null where nothing does.
 */
export function calendarFault(
  before: readonly HolidayRow[],
  after: readonly HolidayRow[],
  today: DateText,
): { readonly code: 'too_many' | 'too_far'; readonly detail: string } | null {
  const known = new Set(before.map(({ date }) => date))
  const brought = after.filter(({ date }) => !known.has(date))
  const last = Temporal.PlainDate.from(today).add({ years: farthestYears }).toString()
  if (brought.some(({ date }) => date > last)) return { code: 'too_far', detail: `Give days within ${farthestYears} years.` }
  const yearOf = ({ date }: HolidayRow) => date.slice(0, 4)
  const counts = Map.groupBy(after, yearOf)
  const full = brought.map(yearOf).find((year) => (counts.get(year)?.length ?? 0) > mostInAYear)
  return full === undefined ? null : { code: 'too_many', detail: `${full} would have more than ${mostInAYear} bank holidays.` }
}

/** The calendar after a change; null where it does not fit: the day is there already, or is not there. */
export function changedCalendar(holidays: readonly HolidayRow[], change: CalendarChange, today: DateText): readonly HolidayRow[] | null {
  const there = holidays.some(({ date }) => date === change.date)
  if (there === (change.change === 'add')) return null
  const others = holidays.filter(({ date }) => date !== change.date)
  if (change.change === 'remove') return others
  const was = holidays.find(({ date }) => date === change.date)
  const row: HolidayRow =
    change.change === 'add'
      ? {
          division: 'england-and-wales',
          date: change.date,
          title: change.title,
          source: change.source,
          projected: change.projected,
          enteredOn: today,
        }
      : { ...was!, source: change.source, projected: false, enteredOn: today }
  return [...others, row].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}
