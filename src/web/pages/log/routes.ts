import { factsOf, queryFields, staffOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { logRows } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Entries to a page: few enough to read, and a page of 25 with every text unfolded still prints. */
const limit = 25

/** The auditor's first page: the record of work, never the story. */
export function logRoutes(pages: Pages, { staffContext, viewLog }: Pick<StaffPageDeps, 'staffContext' | 'viewLog'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/log',
      policy: staffOnly('auditor'),
      handle: async (request, response) => {
        const cursor = queryFields(request).one('cursor')
        const { items, next } = await viewLog(staffContext(response), { limit, cursor: cursor === '' ? null : cursor })
        const words = wordsIn(factsOf(response).language)
        pages.send(response, {
          template: 'log/log.njk',
          title: words.title,
          words,
          view: {
            rows: logRows(items),
            nextHref: next === null ? null : `/log?${new URLSearchParams({ cursor: next }).toString()}`,
            firstHref: cursor === '' ? null : '/log',
          },
          wide: true,
        })
      },
    },
  ]
}
