import { taskInputs, type ConcernUseCases } from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { written } from '../shapes.ts'
import { presentDeadlines } from './present.ts'
import { deadlinesAnswer } from './schema.ts'

/** Those who may hold the handlers' keys. The use case decides which of them holds this one's. */
const insiders = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'tasks'> }

/** What was agreed to be done on a concern, and what moved its clocks. Pauses and later dates themselves are actions. */
export function taskCalls(deps: Deps): readonly Call[] {
  const { tasks } = deps.concerns
  const act = {
    method: 'post',
    policy: insiders,
    tag: 'handling',
    takesKey: true,
    status: 201,
    answer: written,
    refusals: ['transition_not_allowed', 'conflict_of_interest'],
  } as const
  return [
    staffCall(deps, {
      name: 'viewDeadlines',
      method: 'get',
      path: '/api/v1/concerns/:id/deadlines',
      policy: insiders,
      tag: 'handling',
      summary: 'Tasks of a concern, and each pause and later date of its clocks',
      description: 'The clocks themselves are with the concern. Recorded as a look at what was said.',
      gives: 'Tasks in the order they were set; changes, newest first.',
      answer: deadlinesAnswer,
      handle: async ({ ctx, id }) => presentDeadlines(await tasks.view(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      ...act,
      name: 'setTask',
      path: '/api/v1/concerns/:id/tasks',
      summary: 'Set a task, with its owner and the day by which it is done',
      description: 'Either `ownerId`, somebody with an account, or `ownerName`. A task gives nobody a key.',
      body: taskInputs.set,
      gives: 'Set. Its id is that of its clock T13.',
      handle: async ({ ctx, id, body, secret }) => tasks.set(ctx, id<ConcernId>('id'), body, secret),
    }),
    staffCall(deps, {
      ...act,
      name: 'taskDone',
      path: '/api/v1/concerns/:id/tasks/done',
      summary: 'Record that a task is done, with what shows it',
      body: taskInputs.done,
      gives: 'Recorded.',
      handle: async ({ ctx, id, body, secret }) => tasks.done(ctx, id<ConcernId>('id'), body, secret),
    }),
    staffCall(deps, {
      ...act,
      name: 'passTaskOn',
      path: '/api/v1/concerns/:id/tasks/pass-on',
      summary: 'Pass a task on to a plan that is tracked elsewhere',
      body: taskInputs.pass_on,
      gives: 'Recorded.',
      handle: async ({ ctx, id, body, secret }) => tasks.passOn(ctx, id<ConcernId>('id'), body, secret),
    }),
  ]
}
