import type { ConcernUseCases } from '../../concerns/index.ts'
import { reporterOnly, staffOnly } from '../../http/index.ts'
import { staffCall, visitorCall, type Call, type CallDeps } from '../call.ts'
import { presentReader } from '../shapes.ts'
import { presentRaised, presentReadBack, presentRecorded } from './present.ts'
import {
  concludedBody,
  onBehalfBody,
  raiseBody,
  raisedAnswer,
  readBackAnswer,
  readersAnswer,
  readersQuery,
  recordedAnswer,
} from './schema.ts'

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'raise' | 'listReaders' | 'onBehalf'> }

export function raisingCalls(deps: Deps): readonly Call[] {
  // Those with a bearer first: without one the same address is the person's own.
  return [...recordingCalls(deps), ...ownCalls(deps)]
}

function recordingCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      name: 'recordConcern',
      method: 'post',
      path: '/api/v1/concerns',
      forBearer: true,
      policy: staffOnly('guardian'),
      tag: 'raising',
      summary: 'Record a concern for somebody',
      description: 'Time limits count from the day it was received. Read it back to the person first.',
      body: onBehalfBody,
      takesKey: true,
      status: 201,
      gives: 'Recorded. Each token is for one person, and in this answer only.',
      answer: recordedAnswer,
      refusals: ['conflict_of_interest', 'no_reader_left', 'intake_closed'],
      handle: async ({ ctx, body, secret }) => presentRecorded(await deps.concerns.onBehalf.record(ctx, body, secret)),
    }),
    staffCall(deps, {
      name: 'recordConcluded',
      method: 'post',
      path: '/api/v1/concerns/concluded',
      policy: staffOnly('guardian'),
      tag: 'raising',
      summary: 'Contact, advised and concluded',
      description:
        'Recorded, acknowledged, triaged and resolved at once, by the same steps. For a low risk and a person who agrees; reopening undoes it.',
      body: concludedBody,
      takesKey: true,
      status: 201,
      gives: 'Concluded. The token is in this answer only.',
      answer: recordedAnswer,
      refusals: ['conflict_of_interest', 'no_reader_left', 'intake_closed'],
      handle: async ({ ctx, body, secret }) => presentRecorded(await deps.concerns.onBehalf.recordConcluded(ctx, body, secret)),
    }),
    staffCall(deps, {
      name: 'readBackConcern',
      method: 'post',
      path: '/api/v1/concerns/read-back',
      policy: staffOnly('guardian'),
      tag: 'raising',
      summary: 'What would be recorded, to read back to the person',
      description: 'Nothing is kept. A pasted e-mail comes back in two parts: what would be kept and what would be cut.',
      body: onBehalfBody,
      gives: 'What would be kept.',
      answer: readBackAnswer,
      refusals: ['conflict_of_interest', 'no_reader_left', 'intake_closed'],
      handle: async ({ ctx, body }) => presentReadBack(await deps.concerns.onBehalf.readBack(ctx, body)),
    }),
  ]
}

function ownCalls(deps: Deps): readonly Call[] {
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
