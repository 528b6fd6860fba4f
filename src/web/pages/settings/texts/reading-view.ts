import { paragraphsOf, readingLimits, readingOf } from '../../../../settings/index.ts'
import type { SettingsWords } from '../words.en.ts'

export interface ReadingView {
  readonly grade: string
  readonly longest: string | null
  readonly sentence: string
  readonly hard: boolean
}

/** How a text reads, beside the form in which it is written: its grade and its longest sentence. */
export function readingView(texts: readonly string[], { texts: say }: SettingsWords): ReadingView {
  const { grade, words, longest } = readingOf(texts.flatMap(paragraphsOf))
  if (words === 0) return { grade: say.reading.nothing, longest: null, sentence: '', hard: false }
  return {
    // Up, so that 5.04 does not read as 5
    grade: say.reading.grade((Math.ceil(Math.max(0, grade) * 10) / 10).toFixed(1)),
    longest: say.reading.longest(String(longest.words)),
    sentence: longest.sentence,
    hard: grade > readingLimits.grade || longest.words > readingLimits.sentence,
  }
}
