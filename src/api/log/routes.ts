import type { ViewLog } from '../../audit/index.ts'
import { staffOnly } from '../../http/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { presentLog } from './present.ts'
import { logAnswer, logQuery } from './schema.ts'

export function logCalls(deps: CallDeps & { readonly viewLog: ViewLog }): readonly Call[] {
  return [
    staffCall(deps, {
      name: 'listLogEntries',
      method: 'get',
      path: '/api/v1/log/entries',
      policy: staffOnly('auditor'),
      tag: 'log',
      summary: 'Entries of the log, newest day first',
      description: 'Reading them is an entry too. Entries of reporters carry a date, never a time.',
      query: logQuery,
      gives: 'A page of entries.',
      answer: logAnswer,
      handle: async ({ ctx, query }) => presentLog(await deps.viewLog(ctx, { limit: query.limit, cursor: query.cursor ?? null })),
    }),
  ]
}
