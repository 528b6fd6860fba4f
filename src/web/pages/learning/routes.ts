import { factsOf, queryFields, readInput, staffOnly, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { raisingGapInput, type RaisingGapFigures } from '../../../reporting/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { showFigures, yearsToChoose } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What makes it hard to speak up: figures of the whole organisation for a guardian, by the year. Without a year nothing is opened. */
export function learningRoutes(
  pages: Pages,
  { staffContext, raisingGaps }: Pick<StaffPageDeps, 'staffContext' | 'raisingGaps'>,
): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/learning',
      policy: staffOnly('guardian'),
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const ctx = staffContext(response)
        const { years, whole } = await raisingGaps.offer(ctx)
        const wanted = queryFields(request).one('year')
        let figures: RaisingGapFigures | null = null
        let faults: readonly ShownFault[] = []
        if (whole && wanted !== '') {
          try {
            figures = await raisingGaps.view(ctx, readInput(raisingGapInput, { year: wanted }).year)
          } catch (error) {
            faults = shownFaults(error, { words: words.errors })
          }
        }
        const running = (years[0]?.to ?? '') >= londonDate(ctx.now)
        const view = { whole, running, years: yearsToChoose(years, wanted), figures: figures && showFigures(figures, words) }
        pages.send(response, { template: 'learning/learning.njk', title: words.title, words, view, faults })
      },
    },
  ]
}
