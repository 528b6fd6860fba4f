import { factsOf, queryFields, staffOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { dutyLine } from '../../staff/duty-line.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { escalatedView } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** What was brought to a lead: how it stands in time, and the way to its content where that was granted. */
export function escalatedRoutes(
  pages: Pages,
  { staffContext, concerns, duties }: Pick<StaffPageDeps, 'staffContext' | 'concerns' | 'duties'>,
): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/escalated',
      policy: staffOnly('executive_lead', 'non_executive_lead'),
      handle: async (request, response) => {
        const cursor = queryFields(request).one('cursor')
        const ctx = staffContext(response)
        const { items, next } = await concerns.viewEscalated(ctx, cursor === '' ? null : cursor)
        const notices = await concerns.viewDetrimentNotices(ctx)
        const words = wordsIn(factsOf(response).language)
        pages.send(response, {
          template: 'escalated/escalated.njk',
          title: words.title,
          words,
          view: {
            rows: escalatedView(items),
            duties: dutyLine(await duties.standing(ctx)),
            notices: notices.map(({ reference, reportedOn }) => ({ reference, reportedOn })),
            nextHref: next === null ? null : `/escalated?${new URLSearchParams({ cursor: next }).toString()}`,
            firstHref: cursor === '' ? null : '/escalated',
            staffWords,
          },
          wide: true,
        })
      },
    },
  ]
}
