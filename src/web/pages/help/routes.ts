import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { localTexts } from '../../reporter/local-texts.ts'
import { helpPages, onePageSteps, promisesPage } from '../../reporter/steps.ts'
import { showText } from '../law/text-view.ts'
import { words as lawWords } from '../law/words.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const lawWordsIn = pageWords({ en: lawWords })

/** What nobody should have to open another page for: the limit of seven days first. */
const mostUrgent = ['law.interim_relief', 'law.time_limits', 'law.gagging']

export function helpRoutes(pages: Pages, deps: Pick<ReporterDeps, 'settings' | 'texts' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/help',
      policy: anyone,
      handle: async (request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const { links, text } = lawWordsIn(language)
        const [{ contacts }, law] = await Promise.all([
          deps.settings.current(),
          deps.texts.textsInForce(mostUrgent, londonDate(deps.clock.now())),
        ])
        const more = [
          { href: promisesPage, text: words.promises },
          { href: helpPages.law, text: links.law },
          { href: helpPages.pledge, text: links.pledge },
          { href: helpPages.grievance, text: links.grievance },
        ]
        const view = {
          onePage: onePageSteps.form,
          local: await localTexts(deps, 'local.help'),
          contacts,
          law: law.map((one) => showText(one, text)),
          more,
        }
        pages.send(response, { template: 'help/help.njk', title: words.title, words, view, back: wayBack(request) })
      },
    },
  ]
}
