import { dateInWords, pageWords } from '../layout/index.ts'
import { words as english } from '../pages/start/words.en.ts'
import type { ReporterDeps } from './deps.ts'

const wordsIn = pageWords({ en: english })

/** What people are told after the service had to go back to an older copy; empty where it had not. */
export async function restoredTexts({ restores }: Pick<ReporterDeps, 'restores'>, language: string): Promise<readonly string[]> {
  const notice = await restores.current()
  if (notice === null) return []
  const { wentBack, between, tellAgain } = wordsIn(language).restored
  const [copy, now] = [dateInWords(notice.copyOn, language), dateInWords(notice.restoredOn, language)]
  return [wentBack(copy), between(copy, now), tellAgain]
}
