import { addDays, type DateText } from '../kernel/index.ts'
import type { WorkingCalendar } from '../timeliness/index.ts'

/** Days of a span numbered by working days, so that the database can count between two of them without a calendar of its own (P5). */
export interface DayNumbers {
  readonly first: DateText
  /** Working days after the first day up to and including each, day by day from the first. */
  readonly numbers: readonly number[]
}

export function dayNumbers(calendar: WorkingCalendar, first: DateText, last: DateText): DayNumbers {
  const numbers: number[] = []
  for (let [day, number] = [first, 0]; day <= last; day = addDays(day, 1)) {
    if (day !== first && calendar.isWorkingDay(day)) number += 1
    numbers.push(number)
  }
  return { first, numbers }
}
