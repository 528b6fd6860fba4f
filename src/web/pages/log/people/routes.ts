import { dayInput } from '../../../../audit/index.ts'
import { factsOf, queryFields, readInput, type Route } from '../../../../http/index.ts'
import { londonDate, type DateText } from '../../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { auditors, type LogPageDeps } from '../deps.ts'
import { dateBox } from '../form.ts'
import { showPeople } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Who might do what at the end of a day. */
export function peopleRightsRoutes(pages: Pages, { clock, staffContext, auditing }: LogPageDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/log/people',
      policy: auditors,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const typed = queryFields(request).one('on').trim()
        const today = londonDate(clock.now())
        let on = today
        let faults: readonly ShownFault[] = []
        try {
          on = (readInput(dayInput, typed === '' ? {} : { on: typed }).on ?? today) as DateText
        } catch (error) {
          faults = shownFaults(error, { words: words.errors })
        }
        const report = await auditing.oversight.viewPeople(staffContext(response), on)
        const view = { ...showPeople(report), on, typed: typed === '' ? on : dateBox(typed) }
        pages.send(response, { template: 'log/people/people.njk', title: words.title, words, view, faults, wide: true })
      },
    },
  ]
}
