import type { Response } from 'express'
import { factsOf } from '../../../http/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import { inboxSteps, onePageSteps, steps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

export const codeWordsIn = pageWords({ en: english })

export interface CodePage {
  readonly code?: string
  readonly minutes?: 15 | 180
  /** True where an open inbox has just run out. */
  readonly timeOver?: boolean
  /** What people are told after the service went back to an older copy. */
  readonly restored?: readonly string[]
  readonly fault?: ShownFault
  readonly status?: number
}

/** The page that asks for the code. Refusals keep what was typed: nobody copies 28 symbols twice. */
export function sendCodePage(pages: Pages, response: Response, { fault, status, ...page }: CodePage = {}): void {
  const words = codeWordsIn(factsOf(response).language)
  const view = { action: inboxSteps.code, onePage: onePageSteps.inbox, ...page, minutes: page.minutes?.toString() }
  pages.send(response, {
    template: 'inbox-code/inbox-code.njk',
    title: words.title,
    words,
    view,
    back: steps.start,
    faults: fault === undefined ? [] : [fault],
    ...(status !== undefined && { status }),
  })
}
