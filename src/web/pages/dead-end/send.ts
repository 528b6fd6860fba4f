import type { Response } from 'express'
import { factsOf, formFields } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxSteps, onePageSteps, steps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

export type DeadEnd = 'gone' | 'receiptGone' | 'closed' | 'nobodyLeft' | 'noCookie'

const wordsIn = pageWords({ en: english })

type Words = ReturnType<typeof wordsIn>

const links = {
  gone: (words: Words) => [
    { href: steps.stayingSafe, text: words.startAgain },
    { href: inboxSteps.code, text: words.comeBack },
  ],
  receiptGone: (words: Words) => [
    { href: inboxSteps.code, text: words.comeBack },
    { href: steps.stayingSafe, text: words.startAgain },
  ],
  closed: (words: Words) => [{ href: inboxSteps.code, text: words.comeBack }],
  nobodyLeft: (words: Words) => [{ href: steps.about, text: words.changeReaders }],
  noCookie: (words: Words) => [
    { href: onePageSteps.form, text: words.onePage },
    { href: steps.stayingSafe, text: words.tryAgain },
  ],
}

const statuses = { gone: 410, receiptGone: 200, closed: 503, nobodyLeft: 422, noCookie: 200 } as const satisfies Record<DeadEnd, number>

/** The page for somebody who can't go on: why, what they wrote on the page they came from, and every other way to speak up. */
export async function sendDeadEnd(pages: Pages, deps: ReporterDeps, response: Response, end: DeadEnd): Promise<void> {
  const words = wordsIn(factsOf(response).language)
  const { contacts } = await deps.settings.current()
  const narrative = formFields(response.req).one('narrative')
  const view = {
    title: words[end].title,
    text: words[end].text,
    links: [...links[end](words), { href: '/talk', text: words.talk }],
    contacts,
    narrative,
  }
  pages.send(response, { template: 'dead-end/dead-end.njk', title: words[end].title, words, view, status: statuses[end] })
}
