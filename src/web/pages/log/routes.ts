import type { LogFindings } from '../../../audit/index.ts'
import { factsOf, formFields, queryFields, type Route } from '../../../http/index.ts'
import { londonDate } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages } from '../../layout/index.ts'
import { faultInAddress } from '../../staff/code.ts'
import { dutyLine } from '../../staff/duty-line.ts'
import { accessRoutes } from './access/routes.ts'
import { checkRoutes } from './check/routes.ts'
import { auditors, type LogPageDeps } from './deps.ts'
import { entryRoutes } from './entry/routes.ts'
import { exceptionRoutes } from './exceptions/routes.ts'
import { placeIn, readSearch, typedIn } from './form.ts'
import { peopleRightsRoutes } from './people/routes.ts'
import { giveTaken } from './taken.ts'
import { showLog } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** The auditor's pages: the record of work, never the story. */
export function logRoutes(pages: Pages, deps: LogPageDeps): readonly Route[] {
  return [
    searchRoute(pages, deps),
    exportRoute(deps),
    ...entryRoutes(pages, deps),
    ...checkRoutes(pages, deps),
    ...accessRoutes(pages, deps),
    ...peopleRightsRoutes(pages, deps),
    ...exceptionRoutes(pages, deps),
  ]
}

function searchRoute(pages: Pages, { clock, staffContext, auditing, duties }: LogPageDeps): Route {
  return {
    method: 'get',
    path: '/log',
    policy: auditors,
    handle: async (request, response) => {
      const words = wordsIn(factsOf(response).language)
      const fields = queryFields(request)
      const ctx = staffContext(response)
      const typed = typedIn(fields)
      const before = fields.one('before')
      let found: LogFindings | null = null
      let faults = faultInAddress(fields.one('code'), words.take.otp)
      try {
        found = await auditing.log.search(ctx, readSearch(typed, before, londonDate(clock.now())))
      } catch (error) {
        faults = shownFaults(error, { words: words.errors })
      }
      const shown = showLog(found, typed, placeIn(before).before !== undefined)
      const view = { ...shown, duties: dutyLine(await duties.standing(ctx)), needsCode: !ctx.freshCode }
      pages.send(response, { template: 'log/log.njk', title: words.title, words, view, faults, wide: true })
    },
  }
}

/** What was found, as a table with its proofs. A form, so that no link takes anything away. */
function exportRoute(deps: LogPageDeps): Route {
  return {
    method: 'post',
    path: '/log/export',
    policy: auditors,
    body: 'form',
    handle: async (request, response) => {
      const typed = typedIn(formFields(request))
      const page = `/log?${new URLSearchParams(typed).toString()}`
      const query = readSearch(typed, '', londonDate(deps.clock.now()))
      await giveTaken(request, response, deps, page, (ctx) => deps.auditing.takeSearch(ctx, query))
    },
  }
}
