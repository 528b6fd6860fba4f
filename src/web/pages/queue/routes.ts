import type { QueueFilter } from '../../../concerns/index.ts'
import { factsOf, queryFields, type FormFields, type Route } from '../../../http/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { handlers, type StaffPageDeps } from '../../staff/deps.ts'
import { dutyLine } from '../../staff/duty-line.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { chosenIn, firstRowIn, readFilter } from './form.ts'
import { queueView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** "Needs action": the concerns one holds the keys to, in the published order of urgency. */
export function queueRoutes(
  pages: Pages,
  { staffContext, concerns, duties, restores }: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'duties' | 'restores'>,
): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/concerns',
      policy: handlers,
      handle: async (request, response) => {
        const query = queryFields(request)
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const { filter, faults } = readFind(query, words.find.wrong)
        const ctx = staffContext(response)
        const [page, restored, standing] = await Promise.all([concerns.viewQueue(ctx, filter), restores.current(), duties.standing(ctx)])
        pages.send(response, {
          template: 'queue/queue.njk',
          title: words.title,
          words,
          view: {
            ...queueView(page, chosenIn(query), firstRowIn(query), language),
            reference: query.one('reference'),
            restored,
            duties: dutyLine(standing),
            staffWords,
          },
          faults,
          wide: true,
          ...(query.one('done') === 'declare_conflict' && { notice: words.conflictDeclared }),
        })
      },
    },
  ]
}

/** A reference with a slip in it is told beside its box, over the whole list. */
function readFind(query: FormFields, wrong: string): { readonly filter: QueueFilter; readonly faults: readonly ShownFault[] } {
  try {
    return { filter: readFilter(query), faults: [] }
  } catch (error) {
    const faults = shownFaults(error, { words: { reference: { not_a_reference: wrong, too_long: wrong } } })
    if (faults.some(({ field }) => field !== 'reference')) throw error
    return { filter: readFilter(query, { without: 'reference' }), faults }
  }
}
