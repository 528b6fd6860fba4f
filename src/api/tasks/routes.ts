import { linkAnswer, taskInputs, type ConcernUseCases } from '../../concerns/index.ts'
import { anyone, readInput, staffOnly } from '../../http/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { staffCall, visitorCall, type Call, type CallDeps } from '../call.ts'
import { written } from '../shapes.ts'
import { presentDeadlines } from './present.ts'
import { deadlinesAnswer, linkAnswerBody, linkBody, linkTaskAnswer, madeLinkAnswer, withdrawLinkBody } from './schema.ts'

/** Those who may hold the handlers' keys. The use case decides which of them holds this one's. */
const insiders = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'tasks'> }

/** What all acts on tasks have in common. */
const act = {
  method: 'post',
  policy: insiders,
  tag: 'handling',
  takesKey: true,
  status: 201,
  answer: written,
  refusals: ['transition_not_allowed', 'conflict_of_interest'],
} as const

/** What was agreed to be done on a concern, and what moved its clocks. Pauses and later dates themselves are actions. */
export function taskCalls(deps: Deps): readonly Call[] {
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
      handle: async ({ ctx, id }) => presentDeadlines(await deps.concerns.tasks.view(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      ...act,
      name: 'setTask',
      path: '/api/v1/concerns/:id/tasks',
      summary: 'Set a task, with its owner and the day by which it is done',
      description: 'Either `ownerId`, somebody with an account, or `ownerName`. A task gives nobody a key.',
      body: taskInputs.set,
      gives: 'Set. Its id is that of its clock T13.',
      handle: async ({ ctx, id, body, secret }) => deps.concerns.tasks.set(ctx, id<ConcernId>('id'), body, secret),
    }),
    staffCall(deps, {
      ...act,
      name: 'taskDone',
      path: '/api/v1/concerns/:id/tasks/done',
      summary: 'Record that a task is done, with what shows it',
      body: taskInputs.done,
      gives: 'Recorded.',
      handle: async ({ ctx, id, body, secret }) => deps.concerns.tasks.done(ctx, id<ConcernId>('id'), body, secret),
    }),
    staffCall(deps, {
      ...act,
      name: 'passTaskOn',
      path: '/api/v1/concerns/:id/tasks/pass-on',
      summary: 'Pass a task on to a plan that is tracked elsewhere',
      body: taskInputs.pass_on,
      gives: 'Recorded.',
      handle: async ({ ctx, id, body, secret }) => deps.concerns.tasks.passOn(ctx, id<ConcernId>('id'), body, secret),
    }),
    ...linkMakingCalls(deps),
    ...linkCalls(deps),
  ]
}

/** Links for people without an account, made and taken back. */
function linkMakingCalls(deps: Deps): readonly Call[] {
  return [
    staffCall(deps, {
      ...act,
      name: 'makeTaskLink',
      path: '/api/v1/concerns/:id/tasks/link',
      summary: 'Make a one-time link for somebody who does a task without an account',
      description: 'The page behind it shows `wording` and the day alone. A newer link for a task ends the one before.',
      body: taskInputs.link,
      gives: 'Made. The secret is shown once.',
      answer: madeLinkAnswer,
      handle: async ({ ctx, id, body, secret }) => deps.concerns.tasks.makeLink(ctx, id<ConcernId>('id'), body, secret),
    }),
    staffCall(deps, {
      name: 'withdrawTaskLink',
      method: 'post',
      path: '/api/v1/concerns/:id/tasks/link/withdrawal',
      policy: insiders,
      tag: 'handling',
      summary: 'Take a one-time link for a task back',
      body: withdrawLinkBody,
      status: 204,
      gives: 'Taken back.',
      refusals: ['transition_not_allowed'],
      handle: async ({ ctx, id, body }) => deps.concerns.tasks.withdrawLink(ctx, id<ConcernId>('id'), body),
    }),
  ]
}

/** For whoever holds a link: what the page shows, and the one answer. */
function linkCalls(deps: Deps): readonly Call[] {
  return [
    visitorCall(deps, {
      name: 'openTaskLink',
      method: 'post',
      path: '/api/v1/task-links',
      policy: anyone,
      tag: 'handling',
      onTick: true,
      summary: 'What a one-time link for a task shows',
      body: linkBody,
      gives: 'The words that were written for it, and the day.',
      answer: linkTaskAnswer,
      refusals: ['task_link_not_recognised'],
      handle: async ({ body }) => deps.concerns.tasks.openLink(body.secret),
    }),
    visitorCall(deps, {
      name: 'answerTaskLink',
      method: 'post',
      path: '/api/v1/task-links/answer',
      policy: anyone,
      tag: 'handling',
      lane: 'sign_in',
      onTick: true,
      summary: 'Say once that the task is done',
      body: linkAnswerBody,
      status: 204,
      gives: 'Passed on. The link works no more.',
      refusals: ['task_link_not_recognised'],
      handle: async ({ body: { secret, note } }) => deps.concerns.tasks.answerLink(secret, readInput(linkAnswer, { note })),
    }),
  ]
}
