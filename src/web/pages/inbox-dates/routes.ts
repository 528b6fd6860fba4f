import { pathText, reporterOnly, type Route } from '../../../http/index.ts'
import { newId, Refusal } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { whileOpen } from '../../reporter/inbox-visit.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { calendarFile } from './calendar-file.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** One of the inbox's next dates for the person's own calendar. The address counts them; the file says a day and nothing else. */
export function inboxDatesRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: `${inboxSteps.date}/:number`,
      policy: reporterOnly,
      handle: whileOpen(pages, deps, async ({ request, response, language, ctx }) => {
        const { nextDates } = await deps.concerns.readInbox(ctx)
        const number = pathText(request, 'number')
        const date = /^[1-9]\d?$/.test(number) ? nextDates[Number(number) - 1] : undefined
        if (date === undefined) throw new Refusal('not_found')
        const words = wordsIn(language)
        response.setHeader('Content-Disposition', `attachment; filename="${words.fileName}"`)
        response.type('text/calendar; charset=utf-8').send(calendarFile(date.dueOn, words.title, newId(deps.random)))
      }),
    },
  ]
}
