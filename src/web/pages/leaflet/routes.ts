import { factsOf, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { showText } from '../law/text-view.ts'
import { words as lawWords } from '../law/words.en.ts'
import { paperOf, type PaperDeps } from '../print/paper.ts'
import { firstThatFit } from '../print/room.ts'
import { printers, printPaths, sendPaper } from '../print/send.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const lawWordsIn = pageWords({ en: lawWords })

const pledge = ['pledge.concerns_2013']
const law = ['law.gagging']

/** What stays on one sheet: names in one of two columns, contacts in both. */
const width = 48
const nameLines = 6
const contactLines = 22

export function leafletRoutes(pages: Pages, deps: PaperDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: printPaths.leaflet,
      policy: printers,
      handle: async (_request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const paper = await paperOf(deps, visitorOf(deps, response))
        const shown = async (keys: readonly string[]) =>
          (await deps.texts.textsInForce(keys, londonDate(deps.clock.now()))).map((text) => showText(text, lawWordsIn(language).text))
        const texts = [
          { heading: words.pledge, texts: await shown(pledge) },
          { heading: words.law, texts: await shown(law) },
        ].filter((part) => part.texts.length > 0)
        const readers = firstThatFit(paper.readers, (reader) => [reader], nameLines, width)
        const view = {
          texts,
          readers,
          whoReads: readers.length < paper.readers.length ? words.who.some : words.who.lead,
          contacts: firstThatFit(paper.contacts, ({ name, way }) => [name, way], contactLines, width),
          more: words.more(paper.address),
        }
        sendPaper(pages, response, { template: 'leaflet/leaflet.njk', words, paper, view })
      },
    },
  ]
}
