import { anyone, factsOf, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { paragraphsOf } from '../../../settings/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { localTexts } from '../../reporter/local-texts.ts'
import { restoredTexts } from '../../reporter/restored.ts'
import { helpPages, inboxSteps, promisesPage, steps } from '../../reporter/steps.ts'
import { visitorOf } from '../../reporter/visit.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The first page. It asks whether anybody could read a concern now, so that nobody writes one for a closed door. */
export function startRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: steps.start,
      policy: anyone,
      handle: async (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        const { contacts, values } = await deps.settings.current()
        const open = values.service.open && (await isOpen(() => deps.concerns.listReaders(visitorOf(deps, response), {})))
        const notice = paragraphsOf(values.service.notice)
        const view = {
          open,
          notice,
          restored: await restoredTexts(deps, factsOf(response).language),
          local: await localTexts(deps, 'local.start'),
          contacts,
          raise: steps.stayingSafe,
          comeBack: inboxSteps.code,
          talk: '/talk',
          whichWay: helpPages.grievance,
          promises: promisesPage,
        }
        pages.send(response, { template: 'start/start.njk', title: words.title, words, view })
      },
    },
  ]
}

async function isOpen(listReaders: () => Promise<readonly unknown[]>): Promise<boolean> {
  try {
    return (await listReaders()).length > 0
  } catch (error) {
    if (error instanceof Refusal && ['intake_closed', 'no_reader_left'].includes(error.code)) return false
    throw error
  }
}
