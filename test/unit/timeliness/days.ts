import { createCalendar } from '../../../src/timeliness/index.ts'
import type { DateText } from '../../../src/kernel/index.ts'
import bankHolidays from '../../../src/settings/bank-holidays.json' with { type: 'json' }
import fc from 'fast-check'

export { bankHolidays }
export const calendar = createCalendar(bankHolidays)

export const day = (text: string) => text as DateText

export const firstDay = day('2018-01-01')
export const lastDay = day('2030-12-31')

export function everyDay(from: DateText, to: DateText): DateText[] {
  const days: DateText[] = []
  for (let date = Temporal.PlainDate.from(from); date.toString() <= to; date = date.add({ days: 1 })) days.push(day(date.toString()))
  return days
}

const allDays = everyDay(firstDay, lastDay)

/** Any day of 2018 to 2030, with enough room after it to count forward inside those years unless `room` is 0. */
export const anyDay = (room = 0) => fc.integer({ min: 0, max: allDays.length - 1 - room }).map((index) => allDays[index]!)
