import { exceptionCodes } from '../../../../audit/index.ts'
import { factsOf, queryFields, type Route } from '../../../../http/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { dutyLine } from '../../../staff/duty-line.ts'
import { auditors, type LogPageDeps } from '../deps.ts'
import { beforeIn, periodIn } from '../period.ts'
import { showExceptions } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What an auditor should look at first: each with its count, its definition and its entries. */
export function exceptionRoutes(pages: Pages, { clock, staffContext, auditing, duties }: LogPageDeps): readonly Route[] {
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
        const ctx = staffContext(response)
        const reports = await auditing.oversight.viewExceptions(ctx, { period, code, before })
        const view = { ...showExceptions(reports, { period, code, before }), typed, duties: dutyLine(await duties.standing(ctx)) }
        pages.send(response, { template: 'log/exceptions/exceptions.njk', title: words.title, words, view, faults, wide: true })
      },
    },
  ]
}
