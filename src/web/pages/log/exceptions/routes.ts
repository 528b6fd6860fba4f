import { exceptionCodes } from '../../../../audit/index.ts'
import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { auditors, type LogPageDeps } from '../deps.ts'
import { beforeIn, periodIn } from '../period.ts'
import { showExceptions } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What an auditor should look at first: each with its count, its definition and its entries. */
export function exceptionRoutes(pages: Pages, { clock, staffContext, auditing }: LogPageDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/log/exceptions',
      policy: auditors,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const fields = queryFields(request)
        const { period, typed, faults } = periodIn(fields, clock.now())
        const code = exceptionCodes.find((each) => each === fields.one('kind')) ?? null
        const before = code === null ? null : beforeIn(fields, 'before')
        const reports = await auditing.oversight.viewExceptions(staffContext(response), { period, code, before })
        const view = { ...showExceptions(reports, { period, code, before }), typed }
        pages.send(response, { template: 'log/exceptions/exceptions.njk', title: words.title, words, view, faults, wide: true })
      },
    },
  ]
}
