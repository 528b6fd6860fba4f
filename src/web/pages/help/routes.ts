import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { law } from './law.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export function helpRoutes(pages: Pages, deps: Pick<ReporterDeps, 'settings'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/help',
      policy: anyone,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const { contacts } = await deps.settings.current()
        pages.send(response, { template: 'help/help.njk', title: words.title, words, view: { contacts, law }, back: wayBack(request) })
      },
    },
  ]
}
