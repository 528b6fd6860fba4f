import type { ConcernUseCases } from '../../concerns/index.ts'
import { reporterOnly } from '../../http/index.ts'
import { visitorCall, type Call, type CallDeps } from '../call.ts'
import { presentReader } from '../shapes.ts'
import { presentRaised } from './present.ts'
import { raiseBody, raisedAnswer, readersAnswer, readersQuery } from './schema.ts'

export function raisingCalls(deps: CallDeps & { readonly concerns: Pick<ConcernUseCases, 'raise' | 'listReaders'> }): readonly Call[] {
  return [
    visitorCall(deps, {
      name: 'raiseConcern',
      method: 'post',
      path: '/api/v1/concerns',
      policy: reporterOnly,
      tag: 'raising',
      summary: 'Raise a concern',
      description:
        'Send an Idempotency-Key: a call that was cut off can then be repeated, and gives the same token instead of a second concern.',
      body: raiseBody,
      takesKey: true,
      status: 201,
      gives: 'Raised. The token is in this answer and nowhere else.',
      answer: raisedAnswer,
      refusals: ['no_reader_left', 'intake_closed'],
      handle: async ({ ctx, body, secret }) => presentRaised(await deps.concerns.raise(ctx, body, secret)),
    }),
    visitorCall(deps, {
      name: 'listReaders',
      method: 'get',
      path: '/api/v1/readers',
      policy: reporterOnly,
      tag: 'raising',
      summary: 'Who would read a concern',
      description: 'To keep somebody out, name them, or give their id, under `about` when you raise it.',
      query: readersQuery,
      gives: 'The people who would read it, by role and name.',
      answer: readersAnswer,
      refusals: ['no_reader_left', 'intake_closed'],
      handle: async ({ ctx, query }) => (await deps.concerns.listReaders(ctx, query)).map(presentReader),
    }),
  ]
}
