import type { Request, Response } from 'express'
import { factsOf, formFields, queryFields, readInput, redirect, staffOnly, type FormFields, type Route } from '../../../../http/index.ts'
import { timelinessInput, timelinessQueryOf, type TimelinessReport } from '../../../../reporting/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../../layout/index.ts'
import { askAgain, faultInAddress } from '../../../staff/code.ts'
import type { StaffPageDeps } from '../../../staff/deps.ts'
import { withFreshCode } from '../../../staff/step-up.ts'
import { addressOf, showTimeliness, type Typed } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

export type ReportPageDeps = Pick<StaffPageDeps, 'staffContext' | 'accounts' | 'reporting'>

const readers = staffOnly('auditor', 'executive_lead', 'non_executive_lead')

/** The timeliness report (`domain.md` 9.4, R3): figures for leads, single clocks for auditors. */
export function timelinessRoutes(pages: Pages, deps: ReportPageDeps): readonly Route[] {
  return [reportRoute(pages, deps), takeRoute(deps)]
}

function reportRoute(pages: Pages, { staffContext, reporting }: ReportPageDeps): Route {
  return {
    method: 'get',
    path: '/log/timeliness',
    policy: readers,
    handle: async (request, response) => {
      const words = wordsIn(factsOf(response).language)
      const fields = queryFields(request)
      const ctx = staffContext(response)
      const typed = typedIn(fields)
      const cursor = fields.one('cursor')
      let report: TimelinessReport | null = null
      let faults: readonly ShownFault[] = faultInAddress(fields.one('code-fault'), words.take.otp)
      try {
        const limit = '25'
        const query = timelinessQueryOf(readInput(timelinessInput, { ...typed, limit, ...(cursor !== '' && { cursor }) }))
        report = await reporting.timeliness.view(ctx, query)
      } catch (error) {
        faults = shownFaults(error, { words: words.errors })
      }
      const view = report && showTimeliness(report, typed, cursor, await reporting.limits(), ctx.person)
      const shown = { report: view, typed: view?.hidden ?? typed, needsCode: !ctx.freshCode }
      pages.send(response, { template: 'log/timeliness/timeliness.njk', title: words.title, words, view: shown, faults, wide: true })
    },
  }
}

const boxes = ['from', 'to', 'code', 'outcome'] as const

function typedIn(fields: FormFields): Typed {
  return Object.fromEntries(boxes.map((box) => [box, fields.one(box).trim()]).filter(([, value]) => value !== ''))
}

/** A form, so that no link takes anything away. */
function takeRoute(deps: ReportPageDeps): Route {
  return {
    method: 'post',
    path: '/log/timeliness/export',
    policy: readers,
    body: 'form',
    handle: async (request, response) => giveReport(request, response, deps),
  }
}

const files = {
  ods: { format: 'ods', part: 'figures' },
  csv: { format: 'csv', part: 'concerns' },
  figures: { format: 'csv', part: 'figures' },
  duties: { format: 'csv', part: 'duties' },
} as const

async function giveReport(request: Request, response: Response, { staffContext, accounts, reporting }: ReportPageDeps): Promise<void> {
  const fields = formFields(request)
  const { from, to } = typedIn(fields)
  const asked = timelinessQueryOf(readInput(timelinessInput, { ...(from && { from }), ...(to && { to }) }))
  const { format, part } = files[fields.one('file') as keyof typeof files] ?? files.ods
  let taken: Awaited<ReturnType<typeof reporting.timeliness.take>>
  try {
    taken = await reporting.timeliness.take(await withFreshCode(accounts, staffContext(response), fields.one('otp')), asked, format, part)
  } catch (error) {
    return redirect(response, askAgain(error, addressOf(typedIn(fields))).replace(/([?&])code=(\w+)$/, '$1code-fault=$2'))
  }
  response.attachment(taken.fileName).type(taken.type)
  await taken.write(response).catch((error: unknown) => {
    // Half a file must not end as a whole one; a reader who went away is no fault of ours
    response.destroy()
    if (!response.headersSent) throw error
  })
}
