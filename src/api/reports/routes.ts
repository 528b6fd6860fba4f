import type { Response } from 'express'
import type { StaffContext } from '../../accounts/index.ts'
import { readInput, staffOnly } from '../../http/index.ts'
import {
  raisingGapCsv,
  raisingGapInput,
  timelinessInput,
  timelinessQueryOf,
  type RaisingGaps,
  type Reporting,
  type TakenReport,
} from '../../reporting/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { presentRaisingGap, presentSimulation, presentTimeliness } from './present.ts'
import { raisingGapAnswer, simulationAnswer, simulationQuery, timelinessAnswer } from './schema.ts'

export interface ReportingApiDeps {
  readonly reporting: Reporting
  readonly raisingGaps: RaisingGaps<StaffContext>
}
type Deps = CallDeps & ReportingApiDeps

export function reportCalls(deps: Deps): readonly Call[] {
  return [timelinessCall(deps), simulationCall(deps), raisingGapCall(deps)]
}

/** One address for the report in every form it has. */
function timelinessCall({ reporting, staffContext }: Deps): Call {
  return {
    method: 'get',
    path: '/api/v1/reports/timeliness',
    policy: staffOnly('auditor', 'executive_lead', 'non_executive_lead'),
    contract: {
      name: 'readTimelinessReport',
      tag: 'reports',
      summary: 'How limits were kept by the clocks that started in a period',
      description:
        'As of the last day that is over, so that no two looks date what somebody did. Leads get figures of whole months, and no single clocks. ' +
        'A file (`csv`, `ods`) needs a second factor given within five minutes, at sign-in or since. Each look and each file is an entry of the log.',
      query: timelinessInput,
      takesKey: false,
      answers: {
        200: {
          description: 'The report, or a file of it.',
          schema: timelinessAnswer,
          otherTypes: ['text/csv', 'application/vnd.oasis.opendocument.spreadsheet'],
        },
      },
      refusals: ['step_up_required'],
    },
    handle: async (request, response) => {
      const input = readInput(timelinessInput, request.query)
      const ctx = staffContext(response)
      const query = timelinessQueryOf(input)
      if (input.format === 'json') {
        response.json(presentTimeliness(await reporting.timeliness.view(ctx, query)))
        return
      }
      await giveFile(response, await reporting.timeliness.take(ctx, query, input.format, input.part))
    },
  }
}

async function giveFile(response: Response, taken: TakenReport): Promise<void> {
  response.attachment(taken.fileName).type(taken.type)
  await taken.write(response).catch((error: unknown) => {
    // Half a file must not end as a whole one; a reader who went away is no fault of ours
    response.destroy()
    if (!response.headersSent) throw error
  })
}

function simulationCall(deps: Deps): Call {
  return staffCall(deps, {
    name: 'simulateLimit',
    method: 'get',
    path: '/api/v1/reports/simulation',
    policy: staffOnly('auditor', 'executive_lead', 'non_executive_lead', 'administrator'),
    tag: 'reports',
    summary: 'How a limit would have been kept had it been another',
    description: 'Concluded concerns of the period, judged by both. Changes nothing. Asking is an entry of the log.',
    query: simulationQuery,
    gives: 'Both verdicts side by side.',
    answer: simulationAnswer,
    handle: async ({ ctx, query }) => presentSimulation(await deps.reporting.simulate(ctx, query)),
  })
}

function raisingGapCall({ raisingGaps, staffContext }: Deps): Call {
  return {
    method: 'get',
    path: '/api/v1/reports/raising-gap',
    policy: staffOnly('guardian'),
    contract: {
      name: 'readRaisingGap',
      tag: 'reports',
      summary: 'How long before raising a concern people first knew, over a year',
      description:
        'For learning what makes it hard to speak up: of the whole organisation, never of one concern. Reckoned now, with your own keys, from the ' +
        'concerns they open, and kept nowhere. Small numbers are not shown. Each look and each file is an entry of the log, with the year alone.',
      query: raisingGapInput,
      takesKey: false,
      answers: { 200: { description: 'The figures, or a file of them.', schema: raisingGapAnswer, otherTypes: ['text/csv'] } },
      refusals: [],
    },
    handle: async (request, response) => {
      const { year, format } = readInput(raisingGapInput, request.query)
      const ctx = staffContext(response)
      if (format === 'json') {
        response.json(presentRaisingGap(await raisingGaps.view(ctx, year)))
        return
      }
      const figures = await raisingGaps.view(ctx, year, format)
      response.attachment(`forthright-raising-gap-${figures.from}-${figures.to}.csv`).type('text/csv').send(raisingGapCsv(figures))
    },
  }
}
