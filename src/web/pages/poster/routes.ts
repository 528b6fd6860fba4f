import { factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { paperOf, type PaperDeps } from '../print/paper.ts'
import { firstThatFit } from '../print/room.ts'
import { printers, printPaths, sendPaper } from '../print/send.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What stays readable from two metres, two columns side by side; the rest is on the page that the poster names. */
const lines = 9
const width = 30

export function posterRoutes(pages: Pages, deps: PaperDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: printPaths.poster,
      policy: printers,
      handle: async (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        const paper = await paperOf(deps, visitorOf(deps, response))
        const view = {
          readers: firstThatFit(paper.readers, (reader) => [reader], lines, width),
          contacts: firstThatFit(paper.contacts, ({ name, way }) => [name, way], lines, width),
          all: words.all(paper.address),
        }
        sendPaper(pages, response, { template: 'poster/poster.njk', words, paper, view })
      },
    },
  ]
}
