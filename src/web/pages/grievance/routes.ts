import { anyone, factsOf, queryFields, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { helpPages, steps } from '../../reporter/steps.ts'
import { dayAsked, showTextPage } from '../law/text-view.ts'
import { words as lawWords } from '../law/words.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const sharedWordsIn = pageWords({ en: lawWords })

/** A concern or a grievance: which it is, that it may be both, and the way to the grievance process. */
export function grievanceRoutes(pages: Pages, deps: Pick<ReporterDeps, 'texts' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: helpPages.grievance,
      policy: anyone,
      handle: async (request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const shared = sharedWordsIn(language)
        const on = dayAsked(queryFields(request).one('on'), londonDate(deps.clock.now()))
        const page = await showTextPage(deps.texts, 'grievance', on, shared.text)
        const links = [
          { href: steps.start, text: words.form },
          { href: '/talk', text: words.talk },
          { href: helpPages.law, text: shared.links.law },
          { href: '/help', text: shared.links.help },
        ]
        const view = { texts: page.find(''), links, marks: shared.text.marks, edition: page.edition }
        pages.send(response, { template: 'grievance/grievance.njk', title: words.title, words, view, back: wayBack(request) })
      },
    },
  ]
}
