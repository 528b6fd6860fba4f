import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { localTexts } from '../../reporter/local-texts.ts'
import { promisesPage } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What is protected and what is not, in plain words; SECURITY.md says the same at length. */
export function howWeProtectYouRoutes(pages: Pages, deps: Pick<ReporterDeps, 'texts' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/how-we-protect-you',
      policy: anyone,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const view = { local: await localTexts(deps, 'local.protection'), promises: promisesPage }
        pages.send(response, {
          template: 'how-we-protect-you/how-we-protect-you.njk',
          title: words.title,
          words,
          view,
          back: wayBack(request),
        })
      },
    },
  ]
}
