import { z } from 'zod'
import { invalid, readDate, shortText, type DateText } from '../../kernel/index.ts'
import { asked, dateInput } from '../changes/asked.ts'
import type { HolidayRow } from './holidays.ts'

/** `https://www.gov.uk/bank-holidays.json` as somebody fetched it: this service asks nobody on the network. */
export const calendarFile = z.strictObject({
  file: z.unknown().meta({ description: 'The whole file of GOV.UK, as JSON. Only England and Wales is read.' }),
  fetchedOn: dateInput.meta({ description: 'The day on which it was fetched.' }),
})
export type CalendarFile = z.output<typeof calendarFile>

export const calendarFileInput = z.strictObject({ ...calendarFile.shape, ...asked })
export type CalendarFileInput = z.output<typeof calendarFileInput>

export interface PublishedDay {
  readonly date: DateText
  readonly title: string
}

/** What a file would do to the table. Days that are over stay as they were counted, and no day is ever taken away by a file. */
export interface CalendarImport {
  readonly added: readonly HolidayRow[]
  /** Were projected, and are published now. */
  readonly confirmed: readonly HolidayRow[]
  /** Published already. */
  readonly left: number
  /** Projected working days that the file, which reaches beyond them, does not have. */
  readonly doubtful: readonly HolidayRow[]
  /** Days that are over and not in the table. */
  readonly past: readonly DateText[]
}

const division = 'england-and-wales'
const mostCharacters = 200_000
const mostDays = 400

const event = z.object({ title: shortText(80), date: z.string().max(10), notes: z.string().max(200).default('') })
const published = z.object({ [division]: z.object({ division: z.literal(division), events: z.array(event) }) })

/**
 * The days of England and Wales in a file of GOV.UK. Refusal `invalid_input` at `/file`: `too_big`, `other_division`, `malformed`, `no_days`,
 * `too_many`, `not_a_date`, `twice`.
 */
export function readHolidayFile(file: unknown): readonly PublishedDay[] {
  const refuse = (code: string, detail: string) => invalid('/file', code, detail)
  if ((JSON.stringify(file) ?? '').length > mostCharacters) throw refuse('too_big', 'This file is far larger than the one of GOV.UK.')
  const isObject = typeof file === 'object' && file !== null && !Array.isArray(file)
  if (isObject && !Object.hasOwn(file, division)) throw refuse('other_division', 'England and Wales is not in this file.')
  const read = published.safeParse(file)
  if (!read.success) throw refuse('malformed', 'This is not the file of GOV.UK: days with a title and a date are missing.')
  const { events } = read.data[division]
  if (events.length === 0) throw refuse('no_days', 'There are no days in this file.')
  if (events.length > mostDays) throw refuse('too_many', 'There are more days in this file than bank holidays.')
  const days = events.map(({ title, date, notes }) => {
    const real = readDate(date)
    if (real === null) throw refuse('not_a_date', 'A day in this file is no real date.')
    return { date: real, title: notes.trim() === '' ? title : `${title} (${notes.trim().toLowerCase()})` }
  })
  if (new Set(days.map(({ date }) => date)).size < days.length) throw refuse('twice', 'A day is in this file twice.')
  return days.toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

export function importOf(
  days: readonly PublishedDay[],
  holidays: readonly HolidayRow[],
  today: DateText,
  fetchedOn: DateText,
): CalendarImport {
  const there = new Map(holidays.map((row) => [row.date, row]))
  const inFile = new Set(days.map(({ date }) => date))
  const last = days.at(-1)?.date ?? today
  const coming = days.filter(({ date }) => date >= today)
  const source = `GOV.UK bank holidays, England and Wales, file of ${dayInWords(fetchedOn)}`
  const row = ({ date, title }: PublishedDay): HolidayRow => ({ division, date, title, source, projected: false, enteredOn: today })
  return {
    added: coming.filter(({ date }) => !there.has(date)).map(row),
    confirmed: coming.filter(({ date }) => there.get(date)?.projected === true).map(row),
    left: coming.filter(({ date }) => there.get(date)?.projected === false).length,
    doubtful: holidays.filter(({ date, projected }) => projected && date >= today && date <= last && isWeekday(date) && !inFile.has(date)),
    past: days.filter(({ date }) => date < today && !there.has(date)).map(({ date }) => date),
  }
}

/** The table after it. */
export function imported(holidays: readonly HolidayRow[], { added, confirmed }: CalendarImport): readonly HolidayRow[] {
  const others = holidays.filter(({ date }) => !confirmed.some((row) => row.date === date))
  return [...others, ...added, ...confirmed].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

const isWeekday = (date: DateText): boolean => Temporal.PlainDate.from(date).dayOfWeek < 6
const dayInWords = (date: DateText): string =>
  Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
