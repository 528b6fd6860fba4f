import { factsOf, queryFields, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { handlers, type StaffPageDeps } from '../../staff/deps.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { chosenIn, firstRowIn, readFilter } from './form.ts'
import { queueView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** "Needs action": the concerns one holds the keys to, in the published order of urgency. */
export function queueRoutes(pages: Pages, { staffContext, concerns }: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/concerns',
      policy: handlers,
      handle: async (request, response) => {
        const query = queryFields(request)
        const page = await concerns.viewQueue(staffContext(response), readFilter(query))
        const { language } = factsOf(response)
        const words = wordsIn(language)
        pages.send(response, {
          template: 'queue/queue.njk',
          title: words.title,
          words,
          view: { ...queueView(page, chosenIn(query), firstRowIn(query), language), staffWords },
          wide: true,
          ...(query.one('done') === 'declare_conflict' && { notice: words.conflictDeclared }),
        })
      },
    },
  ]
}
