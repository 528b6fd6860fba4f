import { dayInput, logQueryOf, logSearchInput, periodOf, type Auditing } from '../../audit/index.ts'
import { staffOnly } from '../../http/index.ts'
import { londonDate, type DateText } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import {
  presentAccess,
  presentChecks,
  presentComparison,
  presentEntry,
  presentExceptions,
  presentPeople,
  presentSearch,
} from './present.ts'
import {
  accessAnswer,
  accessQuery,
  checksAnswer,
  comparisonAnswer,
  comparisonInput,
  entryAnswer,
  entryQuery,
  exceptionsAnswer,
  exceptionsQuery,
  peopleAnswer,
  searchAnswer,
} from './schema.ts'

export interface AuditingApiDeps {
  readonly auditing: Auditing
}
type Deps = CallDeps & AuditingApiDeps

const common = { policy: staffOnly('auditor'), tag: 'log' } as const

/** What an auditor's pages do, for programs. Each look is an entry too. */
export function auditingCalls(deps: Deps): readonly Call[] {
  return [...readingCalls(deps), ...checkCalls(deps), ...oversightCalls(deps)]
}

function readingCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...common,
      name: 'searchLog',
      method: 'get',
      path: '/api/v1/log/search',
      summary: 'Entries by period, kind and alias, newest place first',
      description: 'Pages go by index and stay what they are while the log grows. What reporters did today is not among what waits.',
      query: logSearchInput,
      gives: 'A page of what was found, and on the first page what waits for its place.',
      answer: searchAnswer,
      handle: async ({ ctx, query }) => presentSearch(await deps.auditing.log.search(ctx, logQueryOf(query, londonDate(ctx.now)))),
    }),
    staffCall(deps, {
      ...common,
      name: 'readLogEntry',
      method: 'get',
      path: '/api/v1/log/entries/:index',
      summary: 'One entry with its neighbours, and on request what can be checked of it',
      query: entryQuery,
      gives: 'The entry.',
      answer: entryAnswer,
      handle: async ({ ctx, query, place }) => presentEntry(await deps.auditing.entries.read(ctx, place('index'), query.check === 'yes')),
    }),
  ]
}

function checkCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...common,
      name: 'listLogChecks',
      method: 'get',
      path: '/api/v1/log/checks',
      summary: 'What the checks of the whole log found, the newest first',
      gives: 'Each with how much was checked and when; and since when one is running.',
      answer: checksAnswer,
      handle: async ({ ctx }) => {
        const { ended, runningSince } = await deps.auditing.checks.view(ctx)
        return presentChecks(ended, runningSince)
      },
    }),
    staffCall(deps, {
      ...common,
      name: 'checkLog',
      method: 'post',
      path: '/api/v1/log/checks',
      summary: 'Check the whole log',
      description:
        'Begins a check with the auditors’ own verifier and does not wait for it. While one runs no other begins. Its result is an entry.',
      status: 204,
      gives: 'Nothing. Ask for the checks a while later.',
      handle: async ({ ctx }) => deps.auditing.checks.start(ctx),
    }),
    staffCall(deps, {
      ...common,
      name: 'compareCheckpoint',
      method: 'post',
      path: '/api/v1/log/comparisons',
      summary: 'Hold a checkpoint that somebody kept against the log',
      body: comparisonInput,
      gives: 'How the two belong together.',
      answer: comparisonAnswer,
      handle: async ({ ctx, body }) => presentComparison(await deps.auditing.compare(ctx, body.note)),
    }),
  ]
}

function oversightCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...common,
      name: 'listAccess',
      method: 'get',
      path: '/api/v1/log/access',
      summary: 'Who opened what: names and recovery first',
      description: 'The last 30 days where no period is given.',
      query: accessQuery,
      gives: 'Two pages of entries.',
      answer: accessAnswer,
      handle: async ({ ctx, query: { openedBefore, readBefore, ...days } }) => {
        const period = periodOf(days, londonDate(ctx.now))
        const found = await deps.auditing.oversight.viewAccess(ctx, {
          period,
          namesBefore: openedBefore ?? null,
          othersBefore: readBefore ?? null,
        })
        return presentAccess(found)
      },
    }),
    staffCall(deps, {
      ...common,
      name: 'listRightsOn',
      method: 'get',
      path: '/api/v1/log/people',
      summary: 'Who might do what at the end of a day, by aliases',
      query: dayInput,
      gives: 'Everybody whom the log knows by then.',
      answer: peopleAnswer,
      handle: async ({ ctx, query }) => {
        const on = (query.on ?? londonDate(ctx.now)) as DateText
        return presentPeople(await deps.auditing.oversight.viewPeople(ctx, on), on)
      },
    }),
    staffCall(deps, {
      ...common,
      name: 'listExceptions',
      method: 'get',
      path: '/api/v1/log/exceptions',
      summary: 'What to look at first',
      description: 'The last 30 days where no period is given. With `kind` page by page, else the beginning of each.',
      query: exceptionsQuery,
      gives: 'For each kind its count and the places of its entries.',
      answer: exceptionsAnswer,
      handle: async ({ ctx, query: { kind, before, ...days } }) => {
        const period = periodOf(days, londonDate(ctx.now))
        return presentExceptions(await deps.auditing.oversight.viewExceptions(ctx, { period, code: kind ?? null, before: before ?? null }))
      },
    }),
  ]
}
