import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { publicLimits } from '../../../settings/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { helpPages, promisesPage } from '../../reporter/steps.ts'
import { showPromises } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Every time limit the organisation promises, with what stands behind it, for anybody to hold it to. */
export function promisesRoutes(pages: Pages, deps: Pick<ReporterDeps, 'settings' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: promisesPage,
      policy: anyone,
      handle: async (request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const { limitVersions, organisation } = await deps.settings.current()
        const limits = publicLimits(limitVersions, organisation.openedOn, londonDate(deps.clock.now()))
        const links = [
          { href: '/how-we-protect-you', text: words.links.protect },
          { href: helpPages.law, text: words.links.law },
        ]
        const view = { ...showPromises(limits, words, language), links }
        pages.send(response, { template: 'promises/promises.njk', title: words.title, words, view, back: wayBack(request) })
      },
    },
  ]
}
