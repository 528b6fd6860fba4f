import { factsOf, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import { insiders, type StaffPageDeps } from '../../staff/deps.ts'
import { timeCsv, timeRows } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** A handler's own hours. Taking them away is a form: it leaves an entry, and no link should. */
export function timeRoutes(pages: Pages, { staffContext, concerns }: Pick<StaffPageDeps, 'staffContext' | 'concerns'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/time',
      policy: insiders,
      handle: async (_request, response) => {
        const { language } = factsOf(response)
        const words = wordsIn(language)
        const months = await concerns.casework.viewTime(staffContext(response))
        const rows = months.length === 0 ? [] : timeRows(months, language)
        pages.send(response, { template: 'time/time.njk', title: words.title, words, view: { rows }, wide: true })
      },
    },
    {
      method: 'post',
      path: '/time/download',
      policy: insiders,
      body: 'form',
      handle: async (_request, response) => {
        const months = await concerns.casework.exportTime(staffContext(response))
        response.attachment('time.csv').type('text/csv; charset=utf-8').send(timeCsv(months))
      },
    },
  ]
}
