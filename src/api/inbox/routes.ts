import type { ConcernUseCases } from '../../concerns/index.ts'
import { reporterOnly } from '../../http/index.ts'
import { visitorCall, type Call, type CallDeps } from '../call.ts'
import { written } from '../shapes.ts'
import { presentInbox } from './present.ts'
import { inboxAnswer, inboxBody, inboxMessageBody } from './schema.ts'

type InboxUseCases = Pick<ConcernUseCases, 'openByToken' | 'readInbox' | 'writeFromInbox'>

export function inboxCalls(deps: CallDeps & { readonly concerns: InboxUseCases }): readonly Call[] {
  const { concerns } = deps
  return [
    visitorCall(deps, {
      name: 'openInbox',
      method: 'post',
      path: '/api/v1/inbox',
      policy: reporterOnly,
      tag: 'inbox',
      summary: 'Read what has happened, and the messages',
      description: 'A resolved concern still opens. That it was opened is recorded nowhere.',
      body: inboxBody,
      onTick: true,
      gives: 'Stage, clocks and messages.',
      answer: inboxAnswer,
      refusals: ['token_mistyped', 'token_not_recognised'],
      handle: async ({ ctx, body }) => presentInbox(await concerns.readInbox(await concerns.openByToken(ctx, body.token))),
    }),
    visitorCall(deps, {
      name: 'writeFromInbox',
      method: 'post',
      path: '/api/v1/inbox/messages',
      policy: reporterOnly,
      tag: 'inbox',
      summary: 'Write to the people who read the concern',
      body: inboxMessageBody,
      takesKey: true,
      onTick: true,
      status: 201,
      gives: 'Sent.',
      answer: written,
      refusals: ['token_mistyped', 'token_not_recognised'],
      handle: async ({ ctx, body, secret }) => {
        const reporter = await concerns.openByToken(ctx, body.token)
        const { id } = await concerns.writeFromInbox(reporter, { body: body.body }, secret)
        return { id }
      },
    }),
  ]
}
