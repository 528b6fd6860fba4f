import type { Response } from 'express'
import { csrfField, factsOf } from '../../../http/index.ts'
import { pageWords, type Pages, type ShownFault } from '../../layout/index.ts'
import { codeWordsIn } from '../inbox-code/send.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

interface Again {
  readonly action: string
  /** What was sent, as the body's parser left it. */
  readonly body: unknown
  readonly written: readonly string[]
  readonly refused?: { readonly fault: ShownFault; readonly status: number } | undefined
}

/** Fields that are the code's own, or the page's. */
const notKept: ReadonlySet<string> = new Set([csrfField, 'code', 'minutes'])

/** Asks for the code again. The form waits on the page itself: without an open inbox nothing of it may be kept by us. */
export function sendFormAgain(pages: Pages, response: Response, { action, body, written, refused }: Again): void {
  const { language } = factsOf(response)
  const words = wordsIn(language)
  const held: [string, unknown][] = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const fields = held.flatMap(([name, value]) => [value].flat().flatMap((one) => (typeof one === 'string' ? [{ name, value: one }] : [])))
  pages.send(response, {
    template: 'inbox-again/inbox-again.njk',
    title: words.title,
    words,
    view: {
      action,
      codeWords: codeWordsIn(language),
      code: fields.find(({ name }) => name === 'code')?.value ?? '',
      kept: fields.filter(({ name }) => !notKept.has(name)),
      texts: fields.filter(({ name, value }) => written.includes(name) && value.trim() !== '').map(({ value }) => value),
    },
    faults: refused === undefined ? [] : [refused.fault],
    status: refused?.status ?? 401,
  })
}
