import { anyone, factsOf, queryFields, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { helpPages } from '../../reporter/steps.ts'
import { dayAsked, showTextPage, withPlaces, type Section, type TextPageView } from './text-view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What the law says to those who speak up: first the limits of time, then what is covered, whom one can tell, and what protects. */
export function lawRoutes(pages: Pages, deps: Pick<ReporterDeps, 'settings' | 'texts' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: helpPages.law,
      policy: anyone,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const on = dayAsked(queryFields(request).one('on'), londonDate(deps.clock.now()))
        const [page, { contacts }] = await Promise.all([showTextPage(deps.texts, 'law', on, words.text), deps.settings.current()])
        const view = { sections: withPlaces(sectionsOf(page, words)), contacts, links: linksOf(words), edition: page.edition }
        pages.send(response, { template: 'law/law.njk', title: words.title, words, view, back: wayBack(request) })
      },
    },
  ]
}

function sectionsOf({ find }: TextPageView, words: typeof english): readonly Section[] {
  const { sections } = words
  return [
    { heading: sections.clocks, texts: [...find('interim_relief'), ...find('time_limits'), ...find('acas')] },
    { heading: sections.test, texts: [...find('no_proof'), ...find('tribunal_decides'), ...find('wider')] },
    { heading: sections.categories, lead: words.categoriesLead, texts: find('category_') },
    { heading: sections.routes, lead: words.routesLead, texts: find('route_') },
    { heading: sections.people, lead: words.anyone, texts: find('who_') },
    { heading: sections.protections, texts: [...find('gagging'), ...find('detriment'), ...find('dismissal')] },
  ]
}

function linksOf({ links }: typeof english): readonly object[] {
  return [
    { href: helpPages.pledge, text: links.pledge },
    { href: helpPages.grievance, text: links.grievance },
    { href: '/help', text: links.help },
  ]
}
