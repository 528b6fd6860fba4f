import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { auditors, type LogPageDeps } from '../deps.ts'
import { beforeIn, periodIn } from '../period.ts'
import { showAccess } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Who opened what, and why: names first. */
export function accessRoutes(pages: Pages, { clock, staffContext, auditing }: LogPageDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/log/access',
      policy: auditors,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const fields = queryFields(request)
        const { period, typed, faults } = periodIn(fields, clock.now())
        const [namesBefore, othersBefore] = [beforeIn(fields, 'names'), beforeIn(fields, 'others')]
        const report = await auditing.oversight.viewAccess(staffContext(response), { period, namesBefore, othersBefore })
        const view = { ...showAccess(report, { period, namesBefore, othersBefore }), typed, period }
        pages.send(response, { template: 'log/access/access.njk', title: words.title, words, view, faults, wide: true })
      },
    },
  ]
}
