import { readDate, type DateText } from '../kernel/index.ts'

/** One dated row of the table of bank holidays; `projected` where nobody has published it yet. */
export interface BankHoliday {
  readonly division: 'england-and-wales'
  readonly date: DateText
  readonly title: string
  readonly source: string
  readonly projected: boolean
}

export interface WorkingCalendar {
  isWorkingDay(date: DateText): boolean
  /** The nth working day after `from`: day 0 is `from` itself, day 1 the next working day. Throws RangeError unless n is 0, 1, 2 … */
  addWorkingDays(from: DateText, n: number): DateText
  /** Working days after `from` up to and including `to`; negative when `to` comes first. */
  workingDaysBetween(from: DateText, to: DateText): number
}

const dayInMilliseconds = 86_400_000

/** Days since Thursday 1 January 1970. Whole numbers, because a queue asks for thousands of dates and Temporal takes microseconds each. */
function dayNumber(date: DateText): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) / dayInMilliseconds
}

/** The other way round, for the same reason. */
function dateOf(day: number): DateText {
  return new Date(day * dayInMilliseconds).toISOString().slice(0, 10) as DateText
}

/** Days since the Monday before 1 January 1970, so that 0–4 of every seven are Monday to Friday. */
const sinceMonday = (day: number) => day + 3

const isWeekday = (day: number) => mod(sinceMonday(day), 7) < 5

/** Mondays to Fridays up to and including the day, counted from the same fixed Monday. */
function weekdaysUpTo(day: number): number {
  const days = sinceMonday(day)
  return Math.floor(days / 7) * 5 + Math.min(mod(days, 7) + 1, 5)
}

function mod(dividend: number, divisor: number): number {
  return ((dividend % divisor) + divisor) % divisor
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The calendar of working days: Monday to Friday, without the bank holidays given (`domain.md` 5.2).
 * Throws RangeError where a row holds no real date.
 */
export function createCalendar(holidays: Iterable<{ readonly date: string }>): WorkingCalendar {
  const lost = new Set<number>()
  for (const { date } of holidays) {
    const real = readDate(date)
    if (real === null) throw new RangeError('a bank holiday has no real date')
    if (isWeekday(dayNumber(real))) lost.add(dayNumber(real))
  }
  const lostInOrder = [...lost].toSorted((a, b) => a - b)
  const works = (day: number) => isWeekday(day) && !lost.has(day)
  const workingDaysUpTo = (day: number) => weekdaysUpTo(day) - countUpTo(lostInOrder, day)

  return {
    isWorkingDay: (date) => works(dayNumber(date)),

    addWorkingDays(from, n) {
      if (!Number.isSafeInteger(n) || n < 0) throw new RangeError('working days are counted 0, 1, 2 …')
      let day = dayNumber(from)
      for (let counted = 0; counted < n;) {
        day += 1
        if (works(day)) counted += 1
      }
      return n === 0 ? from : dateOf(day)
    },

    workingDaysBetween: (from, to) => workingDaysUpTo(dayNumber(to)) - workingDaysUpTo(dayNumber(from)),
  }
}
