import type { ConcernUseCases } from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { presentEscalation } from './present.ts'
import { escalationsAnswer, escalationsQuery } from './schema.ts'

export function escalationCalls(deps: CallDeps & { readonly concerns: Pick<ConcernUseCases, 'viewEscalated'> }): readonly Call[] {
  return [
    staffCall(deps, {
      name: 'viewEscalated',
      method: 'get',
      path: '/api/v1/escalations',
      policy: staffOnly('executive_lead', 'non_executive_lead'),
      tag: 'leads',
      summary: 'Concerns escalated to you',
      description: 'Timing first. What was said opens only where it was shared with you.',
      query: escalationsQuery,
      gives: 'A page of them.',
      answer: escalationsAnswer,
      handle: async ({ ctx, query }) => {
        const { items, next } = await deps.concerns.viewEscalated(ctx, query.cursor ?? null)
        return { items: items.map(presentEscalation), next }
      },
    }),
  ]
}
