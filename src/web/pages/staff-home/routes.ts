import { factsOf, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { homeOf } from '../../staff/navigation.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Where each role begins. */
export function staffHomeRoutes(pages: Pages, { staffContext }: Pick<StaffPageDeps, 'staffContext'>): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/staff',
      policy: staffOnly(),
      handle: (_request, response) => redirect(response, homeOf(staffContext(response).person)),
    },
    {
      method: 'get',
      path: '/administration',
      policy: staffOnly('administrator'),
      handle: (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        pages.send(response, { template: 'staff-home/administration.njk', title: words.title, words })
      },
    },
  ]
}
