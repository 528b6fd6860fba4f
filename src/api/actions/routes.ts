import { actionInputs, type ActionInput, type ConcernUseCases, type StepName } from '../../concerns/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { actions, labels } from '../../workflow/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { presentConcern } from '../concerns/present.ts'
import { contentRoles } from '../concerns/routes.ts'
import { concernAnswer } from '../concerns/schema.ts'

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'act' | 'declareConflict'> }

/** One call for each action, each with a body of its own. An action this release does not know is an address that does not exist. */
export function actionCalls(deps: Deps): readonly Call[] {
  return actions.map((action) => (action === 'declare_conflict' ? conflictCall(deps) : actionCall(deps, action)))
}

/** Answers with nothing: from this moment the concern is, for whoever asked, one that does not exist. */
function conflictCall(deps: Deps): Call {
  return staffCall(deps, {
    name: 'actionDeclareConflict',
    method: 'post',
    path: '/api/v1/concerns/:id/actions/declare_conflict',
    policy: contentRoles,
    tag: 'handling',
    summary: labels.actions.declare_conflict,
    description:
      'Your own access ends at once and for good, and the concern passes to a colleague. The version is not compared: nothing that happened meanwhile keeps you in.',
    body: actionInputs.declare_conflict,
    status: 204,
    gives: 'Done. Asking for this concern answers 404 from now on.',
    refusals: [],
    handle: async ({ ctx, id, body }) => deps.concerns.declareConflict(ctx, id<ConcernId>('id'), body),
  })
}

function actionCall<A extends StepName>(deps: Deps, action: A): Call {
  return staffCall(deps, {
    name: `action_${action}`.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    method: 'post',
    path: `/api/v1/concerns/:id/actions/${action}`,
    policy: contentRoles,
    tag: 'handling',
    summary: labels.actions[action],
    body: actionInputs[action],
    gives: 'Done. The concern as it now is.',
    answer: concernAnswer,
    refusals: ['concern_changed', 'transition_not_allowed', 'conflict_of_interest'],
    handle: async ({ ctx, id, body }) => presentConcern(await deps.concerns.act(ctx, id<ConcernId>('id'), action, body as ActionInput<A>)),
  })
}
