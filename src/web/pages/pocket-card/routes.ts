import { factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { paperOf, type PaperDeps } from '../print/paper.ts'
import { firstThatFit } from '../print/room.ts'
import { printers, printPaths, sendPaper } from '../print/send.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Cards of 85 by 54 mm, the size of a bank card, two across and five down. */
const cardsOnSheet = 10
const lines = 2
const width = 40

export function pocketCardRoutes(pages: Pages, deps: PaperDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: printPaths.cards,
      policy: printers,
      handle: async (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        const paper = await paperOf(deps, visitorOf(deps, response))
        const names = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
          firstThatFit(paper.names, (name) => [name], lines, width),
        )
        const view = { cards: Array.from({ length: cardsOnSheet }, (_, at) => at), talk: names === '' ? null : words.talk(names) }
        sendPaper(pages, response, { template: 'pocket-card/pocket-card.njk', words, paper, view })
      },
    },
  ]
}
