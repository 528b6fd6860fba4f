import type { Request, Response } from 'express'
import type { MonthOfTime } from '../../../concerns/index.ts'
import { factsOf, formFields, queryFields, redirect, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { askAgain, faultInAddress } from '../../staff/code.ts'
import { insiders, type StaffPageDeps } from '../../staff/deps.ts'
import { withFreshCode } from '../../staff/step-up.ts'
import { timeCsv, timeRows } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** A handler's own hours. Taking them away is a form: it leaves an entry, and no link should. */
export function timeRoutes(
  pages: Pages,
  { staffContext, accounts, concerns }: Pick<StaffPageDeps, 'staffContext' | 'accounts' | 'concerns'>,
): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/time',
      policy: insiders,
      handle: async (request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const ctx = staffContext(response)
        const months = await concerns.casework.viewTime(ctx)
        const rows = months.length === 0 ? [] : timeRows(months, language)
        const faults = faultInAddress(queryFields(request).one('code'), words.otp)
        const view = { rows, needsCode: !ctx.steppedUp }
        pages.send(response, { template: 'time/time.njk', title: words.title, words, view, faults, wide: true })
      },
    },
    {
      method: 'post',
      path: '/time/download',
      policy: insiders,
      body: 'form',
      handle: async (request, response) => {
        const months = await fresh(request, response)
        if (months === null) return
        response.attachment('time.csv').type('text/csv; charset=utf-8').send(timeCsv(months))
      },
    },
  ]

  async function fresh(request: Request, response: Response): Promise<readonly MonthOfTime[] | null> {
    try {
      const ctx = await withFreshCode(accounts, staffContext(response), formFields(request).one('otp'))
      return await concerns.casework.exportTime(ctx)
    } catch (error) {
      redirect(response, askAgain(error, '/time'))
      return null
    }
  }
}
