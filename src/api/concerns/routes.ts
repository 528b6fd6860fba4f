import { identityRequest, messageInput, noteInput, queueFilter, type ConcernUseCases } from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { written } from '../shapes.ts'
import { caseworkCalls } from './casework-routes.ts'
import { presentChoices, presentConcern, presentContent, presentQueue } from './present.ts'
import { choicesAnswer, concernAnswer, contentAnswer, identityAnswer, queueAnswer } from './schema.ts'

type Deps = CallDeps & { readonly concerns: ConcernUseCases }

/** Those who may hold a concern's keys. The use case decides which of them holds this one's. */
export const contentRoles = staffOnly('guardian', 'investigator', 'executive_lead', 'non_executive_lead')

export function concernCalls(deps: Deps): readonly Call[] {
  return [...readingCalls(deps), ...writingCalls(deps), ...caseworkCalls(deps)]
}

function readingCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'viewQueue',
      method: 'get',
      path: '/api/v1/concerns',
      policy: contentRoles,
      tag: 'handling',
      summary: 'Concerns that need action, most urgent first',
      query: queueFilter,
      gives: 'A page of the queue.',
      answer: queueAnswer,
      handle: async ({ ctx, query }) => presentQueue(await concerns.viewQueue(ctx, query)),
    }),
    staffCall(deps, {
      name: 'viewConcern',
      method: 'get',
      path: '/api/v1/concerns/:id',
      policy: contentRoles,
      tag: 'handling',
      summary: 'A concern without what was said',
      gives: 'Where it stands, its clocks and history, and what you may do next.',
      answer: concernAnswer,
      handle: async ({ ctx, id }) => presentConcern(await concerns.viewConcern(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      name: 'viewContent',
      method: 'get',
      path: '/api/v1/concerns/:id/content',
      policy: contentRoles,
      tag: 'handling',
      summary: 'What was said',
      description: 'The look is recorded first, then the seal is opened.',
      gives: 'Narrative, messages, notes and records. Null or empty where you hold no key.',
      answer: contentAnswer,
      handle: async ({ ctx, id }) => presentContent(await concerns.viewContent(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      name: 'listChoices',
      method: 'get',
      path: '/api/v1/concerns/:id/choices',
      policy: contentRoles,
      tag: 'handling',
      summary: 'The people who may be named in its actions',
      gives: 'Nobody the concern is about is in these lists.',
      answer: choicesAnswer,
      handle: async ({ ctx, id }) => presentChoices(await concerns.listChoices(ctx, id<ConcernId>('id'))),
    }),
  ]
}

function writingCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'openIdentity',
      method: 'post',
      path: '/api/v1/concerns/:id/identity',
      policy: contentRoles,
      tag: 'handling',
      summary: 'The name and contact of a confidential reporter',
      description: 'Needs a reason and a fresh six-digit code. The reason is recorded before anything is opened.',
      body: identityRequest,
      gives: 'Who raised it.',
      answer: identityAnswer,
      refusals: ['sign_in_failed', 'otp_replayed', 'step_up_required', 'sign_in_delayed', 'conflict_of_interest'],
      handle: async ({ ctx, id, body }) => {
        const identity = await concerns.viewIdentity(ctx, id<ConcernId>('id'), body)
        return { name: identity.name, contact: identity.contact, genuine: identity.genuine }
      },
    }),
    staffCall(deps, {
      name: 'sendMessage',
      method: 'post',
      path: '/api/v1/concerns/:id/messages',
      policy: contentRoles,
      tag: 'handling',
      summary: 'Write to the person who raised it',
      body: messageInput,
      takesKey: true,
      status: 201,
      gives: 'Sent.',
      answer: written,
      refusals: ['conflict_of_interest'],
      handle: async ({ ctx, id, body, secret }) => ({ id: (await concerns.sendMessage(ctx, id<ConcernId>('id'), body, secret)).id }),
    }),
    staffCall(deps, {
      name: 'writeNote',
      method: 'post',
      path: '/api/v1/concerns/:id/notes',
      policy: contentRoles,
      tag: 'handling',
      summary: 'Write a note for the team',
      description: 'The person who raised it never sees notes.',
      body: noteInput,
      takesKey: true,
      status: 201,
      gives: 'Written.',
      answer: written,
      refusals: ['conflict_of_interest'],
      handle: async ({ ctx, id, body, secret }) => ({ id: (await concerns.writeNote(ctx, id<ConcernId>('id'), body, secret)).id }),
    }),
  ]
}
