import type { Response } from 'express'
import { factsOf, staffOnly } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { Paper } from './paper.ts'
import { words as english } from './words.en.ts'

/** Those who put paper up. */
export const printers = staffOnly('guardian', 'administrator')

export const printPaths = { all: '/print', poster: '/print/poster', cards: '/print/cards', leaflet: '/print/leaflet' } as const

export const printWordsIn = pageWords({ en: english })

export function sendPaper(
  pages: Pages,
  response: Response,
  {
    template,
    words,
    paper,
    view = {},
  }: { readonly template: string; readonly words: { readonly title: string }; readonly paper: Paper; readonly view?: object },
): void {
  const printWords = printWordsIn(factsOf(response).language)
  const given = { paper, printWords, qrLabel: printWords.qr(paper.address), ...view }
  pages.send(response, { template, title: words.title, words, view: given, back: printPaths.all })
}
