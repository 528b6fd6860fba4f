import { londonDate } from '../kernel/index.ts'

export interface Quarter {
  /** `2026/27`, from April to March. */
  readonly financialYear: string
  readonly quarter: 1 | 2 | 3 | 4
}

/** The financial quarter an instant falls in by London time: 31 March 23:30 UTC is already the next year's first (`domain.md` 5.2). */
export function quarterOf(instant: Temporal.Instant): Quarter {
  const { year, month } = Temporal.PlainDate.from(londonDate(instant))
  const startYear = month < 4 ? year - 1 : year
  const monthsIn = (month + 8) % 12
  return {
    financialYear: `${startYear}/${String((startYear + 1) % 100).padStart(2, '0')}`,
    quarter: (Math.floor(monthsIn / 3) + 1) as Quarter['quarter'],
  }
}
