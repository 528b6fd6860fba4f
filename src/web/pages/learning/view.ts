import { hiddenMark, type GapYear, type RaisingGapFigures } from '../../../reporting/index.ts'
import type { words as english } from './words.en.ts'

/** "April 2026 to March 2027" */
const yearInWords = (year: number): string => `April ${year} to March ${year + 1}`

export function yearsToChoose(years: readonly GapYear[], wanted: string): readonly object[] {
  return years.map(({ year }) => ({ value: String(year), text: yearInWords(year), selected: String(year) === wanted }))
}

export interface ShownFigures {
  readonly heading: string
  readonly rows: readonly { readonly what: string; readonly count: string }[]
  readonly total: string
  readonly hides: boolean
}

export function showFigures({ year, parts, total }: RaisingGapFigures, { table }: typeof english): ShownFigures {
  const shown = (count: number | null) => (count === null ? hiddenMark : String(count))
  return {
    heading: yearInWords(year),
    rows: parts.map(({ part, count }) => ({ what: table.parts[part], count: shown(count) })),
    total: shown(total),
    hides: [total, ...parts.map(({ count }) => count)].includes(null),
  }
}
