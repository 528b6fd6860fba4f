import { factsOf, redirect, staffOnly, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { endsSoon } from '../../../settings/index.ts'
import { dateInWords, pageWords, type Pages } from '../../layout/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'
import { dutyLine } from '../../staff/duty-line.ts'
import { homeOf } from '../../staff/navigation.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Where each role begins. */
export function staffHomeRoutes(
  pages: Pages,
  { staffContext, people, settings, duties }: Pick<StaffPageDeps, 'staffContext' | 'people' | 'settings' | 'duties'>,
): readonly Route[] {
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
      handle: async (_request, response) => {
        const words = wordsIn(factsOf(response).language)
        const [lone, { intakeGroups, holidaysUntil }, standing] = await Promise.all([
          people.viewLoneGuardians(staffContext(response)),
          settings.current(),
          duties.standing(staffContext(response)),
        ])
        const named = intakeGroups.filter(({ id }) => lone.some((group) => group === id)).map(({ name }) => name)
        const ends = endsSoon(holidaysUntil, londonDate(staffContext(response).now))
        const view = {
          oneGuardian: named.length === 0 ? null : words.oneGuardian.text(named.join(', ')),
          duties: dutyLine(standing),
          calendarEnds: ends ? words.calendarEnds.text(holidaysUntil === null ? null : dateInWords(holidaysUntil)) : null,
        }
        pages.send(response, { template: 'staff-home/administration.njk', title: words.title, words, view })
      },
    },
  ]
}
