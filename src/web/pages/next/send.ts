import type { Response } from 'express'
import type { RaisedAnswer } from '../../../concerns/index.ts'
import { factsOf } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { showNext } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What happens next: with the answer its dates and readers, without it the steps alone. */
export async function sendNext(
  pages: Pages,
  deps: Pick<ReporterDeps, 'settings'>,
  response: Response,
  answer: RaisedAnswer | null,
): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const { contacts, rules, calendar } = await deps.settings.current()
  const view = { ...showNext(answer, { rules, calendar }, words), contacts, comeBack: inboxSteps.code }
  pages.send(response, { template: 'next/next.njk', title: words.title, words, view })
}
