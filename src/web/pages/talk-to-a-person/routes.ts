import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { wayBack } from '../../reporter/held-keys.ts'
import { localTexts } from '../../reporter/local-texts.ts'
import { steps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The people and places the organisation entered as other ways to speak up. */
export function talkToAPersonRoutes(pages: Pages, deps: Pick<ReporterDeps, 'settings' | 'texts' | 'clock'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/talk',
      policy: anyone,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const { contacts, values } = await deps.settings.current()
        const { teamName } = values.service
        const team = teamName === '' ? null : words.team(teamName)
        const view = { contacts, team, local: await localTexts(deps, 'local.talk'), form: steps.start }
        pages.send(response, { template: 'talk-to-a-person/talk-to-a-person.njk', title: words.title, words, view, back: wayBack(request) })
      },
    },
  ]
}
