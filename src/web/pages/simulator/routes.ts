import { factsOf, queryFields, readInput, staffOnly, type FormFields, type Route } from '../../../http/index.ts'
import { simulationInput } from '../../../reporting/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import type { ReportPageDeps } from '../log/timeliness/routes.ts'
import { showForm, showPaper, type Typed } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** "What if the limit were three days?": a form, and a paper for the partnership forum. */
export function simulatorRoutes(pages: Pages, { staffContext, reporting }: ReportPageDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/simulator',
      policy: staffOnly('auditor', 'executive_lead', 'non_executive_lead', 'administrator'),
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const typed = typedIn(queryFields(request))
        let paper: ReturnType<typeof showPaper> | null = null
        let faults: readonly ShownFault[] = []
        if (typed.code !== undefined) {
          try {
            paper = showPaper(await reporting.simulate(staffContext(response), readInput(simulationInput, supposed(typed))))
          } catch (error) {
            faults = shownFaults(error, { words: words.errors })
          }
        }
        const view = { ...showForm(await reporting.limits(), typed), paper }
        pages.send(response, { template: 'simulator/simulator.njk', title: words.title, words, view, faults, wide: true })
      },
    },
  ]
}

const boxes = ['code', 'limit', 'unit', 'from', 'to'] as const

function typedIn(fields: FormFields): Typed {
  return Object.fromEntries(boxes.map((box) => [box, fields.one(box).trim()]).filter(([, value]) => value !== ''))
}

/** The same day is no number. */
const supposed = (typed: Typed): Typed => (typed.unit === 'same_day' ? { ...typed, limit: '1' } : typed)
