import { anyone, factsOf, queryFields, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { helpPages } from '../../reporter/steps.ts'
import { dayAsked, showTextPage, withPlaces, type Section, type TextPageView } from '../law/text-view.ts'
import { words as lawWords } from '../law/words.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const sharedWordsIn = pageWords({ en: lawWords })

/** The NHS Constitution's pledges to staff, each with the edition and the page it was read on; where pages differ, which says what. */
export function pledgeRoutes(pages: Pages, deps: Pick<ReporterDeps, 'texts' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: helpPages.pledge,
      policy: anyone,
      handle: async (request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const shared = sharedWordsIn(language)
        const on = dayAsked(queryFields(request).one('on'), londonDate(deps.clock.now()))
        const page = await showTextPage(deps.texts, 'pledge', on, shared.text)
        const links = [
          { href: helpPages.law, text: shared.links.law },
          { href: helpPages.grievance, text: shared.links.grievance },
          { href: '/help', text: shared.links.help },
        ]
        const view = { sections: withPlaces(sectionsOf(page, words)), links, text: shared.text, edition: page.edition }
        pages.send(response, { template: 'pledge/pledge.njk', title: words.title, words, view, back: wayBack(request) })
      },
    },
  ]
}

function sectionsOf({ find }: TextPageView, words: typeof english): readonly Section[] {
  const { sections } = words
  const named = (...names: readonly string[]) => names.flatMap(find)
  return [
    { heading: sections.concerns, texts: named('concerns_2013', 'concerns_2015', 'concerns_2009') },
    { heading: sections.meaning, texts: named('meaning', 'standing') },
    {
      heading: sections.list,
      lead: words.list,
      texts: named('open_culture', 'clear_roles', 'development', 'health', 'engagement', 'concerns_2014'),
    },
    { heading: sections.counts, lead: words.counts, texts: find('count_') },
    { heading: sections.rights, texts: find('right_') },
    { heading: sections.duties, texts: named('duty_', 'expect_') },
  ]
}
