import { factsOf, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { concernIdOf, handlers, type StaffPageDeps } from '../../../staff/deps.ts'
import { concernFrame, concernTitle } from '../frame.ts'
import { historyView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Every act on a concern and every look at it. Opens nothing sealed. */
export function historyRoutes(
  pages: Pages,
  { staffContext, concerns }: Pick<StaffPageDeps, 'staffContext' | 'concerns'>,
): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/concerns/:id/history',
      policy: handlers,
      handle: async (request, response) => {
        const concern = await concerns.viewConcern(staffContext(response), concernIdOf(request))
        const words = wordsIn(factsOf(response).language)
        pages.send(response, {
          template: 'concern/history/history.njk',
          title: concernTitle(concern, words.title),
          words,
          view: { frame: concernFrame(concern, 'history', staffContext(response).person), events: historyView(concern.history) },
          wide: true,
        })
      },
    },
  ]
}
