import { factsOf, type Route } from '../../../http/index.ts'
import type { Pages } from '../../layout/index.ts'
import { leafletRoutes } from '../leaflet/routes.ts'
import { pocketCardRoutes } from '../pocket-card/routes.ts'
import { posterRoutes } from '../poster/routes.ts'
import type { PaperDeps } from './paper.ts'
import { printers, printPaths, printWordsIn } from './send.ts'

/** What can be printed for walls, pockets and new staff, all of it from the settings in force. */
export function printRoutes(pages: Pages, deps: PaperDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: printPaths.all,
      policy: printers,
      handle: (_request, response) => {
        const words = printWordsIn(factsOf(response).language)
        const items = (['poster', 'cards', 'leaflet'] as const).map((name) => ({ href: printPaths[name], ...words.items[name] }))
        pages.send(response, { template: 'print/print.njk', title: words.title, words, view: { items } })
      },
    },
    ...posterRoutes(pages, deps),
    ...pocketCardRoutes(pages, deps),
    ...leafletRoutes(pages, deps),
  ]
}
