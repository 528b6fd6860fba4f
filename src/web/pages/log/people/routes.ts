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
        const ctx = staffContext(response)
        const viewOn = async (day: string | undefined) => {
          const on = (day ?? today) as DateText
          return { on, report: await auditing.oversight.viewPeople(ctx, on) }
        }
        let faults: readonly ShownFault[] = []
        const asked = async () => viewOn(readInput(dayInput, typed === '' ? {} : { on: typed }).on)
        const { on, report } = await asked().catch((error: unknown) => {
          faults = shownFaults(error, { words: words.errors })
          return viewOn(undefined)
        })
        const view = { ...showPeople(report), on, typed: typed === '' ? on : dateBox(typed) }
        pages.send(response, { template: 'log/people/people.njk', title: words.title, words, view, faults, wide: true })
      },
    },
  ]
}
