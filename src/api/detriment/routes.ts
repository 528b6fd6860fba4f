import { detrimentInputs, type ConcernUseCases, type DetrimentStepInput } from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { detrimentSteps, type DetrimentStep } from '../../workflow/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { written } from '../shapes.ts'
import { presentDetriment } from './present.ts'
import { detrimentAnswer, noticesAnswer } from './schema.ts'

/** Those who may hold the handlers' keys. The use case decides which of them holds this one's. */
const insiders = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'viewDetriment' | 'actOnDetriment' | 'viewDetrimentNotices'> }

/** Bad treatment for speaking up, beside the concern: what was reported, the work on it, and the leads' bare fact. */
export function detrimentCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'viewDetriment',
      method: 'get',
      path: '/api/v1/concerns/:id/detriment',
      policy: insiders,
      tag: 'handling',
      summary: 'Reports of bad treatment on a concern, and the work on them',
      description: 'Recorded as a look at what was said.',
      gives: 'The reports, oldest first.',
      answer: detrimentAnswer,
      handle: async ({ ctx, id }) => presentDetriment(await concerns.viewDetriment(ctx, id<ConcernId>('id'))),
    }),
    ...detrimentSteps.map((step) => stepCall(deps, step)),
    staffCall(deps, {
      name: 'viewDetrimentNotices',
      method: 'get',
      path: '/api/v1/detriment',
      policy: staffOnly('executive_lead', 'non_executive_lead'),
      tag: 'leads',
      summary: 'Open reports of bad treatment that you were told of',
      description: 'A reference and a day each, and nothing of what was said.',
      gives: 'The reports, newest first.',
      answer: noticesAnswer,
      handle: async ({ ctx }) => ({
        items: (await concerns.viewDetrimentNotices(ctx)).map(({ reference, reportedOn }) => ({ reference, reportedOn })),
      }),
    }),
  ]
}

const named = {
  assess_risk: { name: 'assessDetrimentRisk', path: 'risk', summary: 'Assess the risk of a report of bad treatment' },
  set_plan: { name: 'setDetrimentPlan', path: 'plan', summary: 'Set the plan of protection and the dates to review it' },
  review: { name: 'reviewDetriment', path: 'review', summary: 'Record a review' },
  close: { name: 'closeDetriment', path: 'closure', summary: 'Close a report of bad treatment, with the reason' },
} as const satisfies Record<DetrimentStep, object>

function stepCall<S extends DetrimentStep>(deps: Deps, step: S): Call {
  const { name, path, summary } = named[step]
  return staffCall(deps, {
    name,
    method: 'post',
    path: `/api/v1/concerns/:id/detriment/${path}`,
    policy: insiders,
    tag: 'handling',
    summary,
    body: detrimentInputs[step],
    takesKey: true,
    status: 201,
    gives: 'Recorded.',
    answer: written,
    refusals: ['transition_not_allowed', 'conflict_of_interest'],
    handle: async ({ ctx, id, body, secret }) => ({
      id: (await deps.concerns.actOnDetriment(ctx, id<ConcernId>('id'), step, body as DetrimentStepInput<S>, secret)).id,
    }),
  })
}
