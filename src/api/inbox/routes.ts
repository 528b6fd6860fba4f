import type { ConcernUseCases } from '../../concerns/index.ts'
import { reporterOnly } from '../../http/index.ts'
import { visitorCall, type Call, type CallDeps } from '../call.ts'
import { presentReaderName, written } from '../shapes.ts'
import { Refusal } from '../../kernel/index.ts'
import { presentInbox, presentProof } from './present.ts'
import {
  detrimentBody,
  feedbackBody,
  followUpBody,
  withdrawalBody,
  identityBody,
  inboxAnswer,
  inboxBody,
  inboxMessageBody,
  noticesAnswer,
  noticesBody,
  opennessAnswer,
  proofAnswer,
  proofBody,
  sendOnBody,
  sentOnAnswer,
  tokenAnswer,
} from './schema.ts'

type InboxUseCases = Pick<
  ConcernUseCases,
  | 'openByToken'
  | 'readInbox'
  | 'proveRaising'
  | 'writeFromInbox'
  | 'sayMore'
  | 'chooseNotices'
  | 'replaceToken'
  | 'giveFeedback'
  | 'askToWithdraw'
  | 'reportDetriment'
  | 'sendOn'
  | 'answerFollowUp'
>
type Deps = CallDeps & { readonly concerns: InboxUseCases }

export function inboxCalls(deps: Deps): readonly Call[] {
  return [...threadCalls(deps), ...identityCalls(deps), ...tellingCalls(deps), ...latenessCalls(deps)]
}

/** What every call of the inbox is: without an account, with the code in the body, answered on a tick. */
const common = { method: 'post', policy: reporterOnly, tag: 'inbox', onTick: true } as const
const ofTokens = ['token_mistyped', 'token_not_recognised', 'record_not_genuine'] as const

function threadCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    visitorCall(deps, {
      ...common,
      name: 'openInbox',
      path: '/api/v1/inbox',
      summary: 'Read what has happened, and the messages',
      description: 'A resolved or closed concern still opens. That it was opened is recorded nowhere.',
      body: inboxBody,
      gives: 'Stage, clocks and messages.',
      answer: inboxAnswer,
      refusals: ofTokens,
      handle: async ({ ctx, body }) => presentInbox(await concerns.readInbox(await concerns.openByToken(ctx, body.token))),
    }),
    visitorCall(deps, {
      ...common,
      name: 'proveRaising',
      path: '/api/v1/inbox/proof',
      summary: 'What shows that it was raised, to whom and on what day',
      description:
        'Kept in a file, `verify-log.mjs receipt` checks it without this service. The `receipt` of the raising answer opens the same commitment. That it was asked for is recorded nowhere.',
      body: proofBody,
      gives: 'The opening of the commitment, its entry, and the proof that the log has it.',
      answer: proofAnswer,
      refusals: [...ofTokens, 'not_found'],
      handle: async ({ ctx, body }) => {
        const proof = await concerns.proveRaising(await concerns.openByToken(ctx, body.token), body.shows)
        if (proof === null) throw new Refusal('not_found')
        return presentProof(proof)
      },
    }),
    visitorCall(deps, {
      ...common,
      name: 'writeFromInbox',
      path: '/api/v1/inbox/messages',
      summary: 'Write to the people who read the concern',
      description: 'With `answers` it is the answer to one of the open questions.',
      body: inboxMessageBody,
      takesKey: true,
      status: 201,
      gives: 'Sent.',
      answer: written,
      refusals: ofTokens,
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { id } = await concerns.writeFromInbox(await concerns.openByToken(ctx, token), said, secret)
        return { id }
      },
    }),
  ]
}

/** Who the person is, and the code they come back with. */
function identityCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    visitorCall(deps, {
      ...common,
      name: 'sayMore',
      path: '/api/v1/inbox/identity',
      summary: 'Become known, only ever towards open',
      description: 'From anonymous to confidential to open, never back. A confidential name is sealed for the guardians alone.',
      body: identityBody,
      takesKey: true,
      gives: 'How the person is known now.',
      answer: opennessAnswer,
      refusals: [...ofTokens, 'no_reader_left'],
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { openness } = await concerns.sayMore(await concerns.openByToken(ctx, token), said, secret)
        return { openness }
      },
    }),
    visitorCall(deps, {
      ...common,
      name: 'chooseNotices',
      path: '/api/v1/inbox/notices',
      summary: 'Ask for a note by mail when there is an answer, or stop it',
      description: 'For somebody who is known. The letter is always the same, at a fixed time on the day after an answer.',
      body: noticesBody,
      takesKey: true,
      gives: 'Whether there will be notes.',
      answer: noticesAnswer,
      refusals: ofTokens,
      handle: async ({ ctx, body: { token, ...wish }, secret }) => {
        const { notices } = await concerns.chooseNotices(await concerns.openByToken(ctx, token), wish, secret)
        return { notices }
      },
    }),
    visitorCall(deps, {
      ...common,
      name: 'replaceToken',
      path: '/api/v1/inbox/token',
      summary: 'Take a new code; the old one dies',
      description: 'Send an Idempotency-Key: a lost answer cannot be asked for with a code that is dead already.',
      body: inboxBody,
      takesKey: true,
      gives: 'The new code.',
      answer: tokenAnswer,
      refusals: ofTokens,
      handle: async ({ ctx, body, secret }) => {
        const { token } = await concerns.replaceToken(ctx, body.token, secret)
        return { token }
      },
    }),
  ]
}

function tellingCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    visitorCall(deps, {
      ...common,
      name: 'giveFeedback',
      path: '/api/v1/inbox/feedback',
      summary: 'Say how it went, once for each time round',
      body: feedbackBody,
      takesKey: true,
      status: 201,
      gives: 'Kept. The one answer that is counted is kept apart from the concern too.',
      answer: written,
      refusals: [...ofTokens, 'transition_not_allowed'],
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { id } = await concerns.giveFeedback(await concerns.openByToken(ctx, token), said, secret)
        return { id }
      },
    }),
    visitorCall(deps, {
      ...common,
      name: 'askToWithdraw',
      path: '/api/v1/inbox/withdrawal',
      summary: 'Ask to take the concern back',
      description: 'Staff decide whether the organisation must still act. Until then nothing moves.',
      body: withdrawalBody,
      takesKey: true,
      gives: 'Asked. It stands among the messages.',
      answer: written,
      refusals: [...ofTokens, 'transition_not_allowed'],
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { id } = await concerns.askToWithdraw(await concerns.openByToken(ctx, token), said, secret)
        return { id }
      },
    }),
    visitorCall(deps, {
      ...common,
      name: 'reportDetriment',
      path: '/api/v1/inbox/detriment',
      summary: 'Report bad treatment for speaking up',
      description: 'In any status, as often as it happens. The leads are told that there is a report, and not what it says.',
      body: detrimentBody,
      takesKey: true,
      status: 201,
      gives: 'Sent. The concern cannot be closed before somebody has dealt with it.',
      answer: written,
      refusals: ofTokens,
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { id } = await concerns.reportDetriment(await concerns.openByToken(ctx, token), said, secret)
        return { id }
      },
    }),
  ]
}

/** What a broken promise opens, and the promise that only the person can keep with us. */
function latenessCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    visitorCall(deps, {
      ...common,
      name: 'sendOn',
      path: '/api/v1/inbox/escalation',
      summary: 'Send the concern on to the next lead, with the keys to read it',
      description:
        'Only when a clock has passed, or one stands still and the person does not agree. `sendOn` of the inbox says why and to whom. The lead reads what was raised and the messages, and no notes of the handlers. No clock stops.',
      body: sendOnBody,
      takesKey: true,
      status: 201,
      gives: 'Sent on. It stands among the messages.',
      answer: sentOnAnswer,
      refusals: [...ofTokens, 'too_early', 'no_reader_left'],
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { id, to } = await concerns.sendOn(await concerns.openByToken(ctx, token), said, secret)
        return { id, to: presentReaderName(to) }
      },
    }),
    visitorCall(deps, {
      ...common,
      name: 'answerFollowUp',
      path: '/api/v1/inbox/follow-up',
      summary: 'Say how you are treated since the outcome',
      description:
        'Three and six months after it, from two weeks before the day. Once for each; to rather not say is an answer too. That it is worse is not a report of bad treatment: send that as well.',
      body: followUpBody,
      takesKey: true,
      status: 201,
      gives: 'Kept, for those who handle the concern.',
      answer: written,
      refusals: [...ofTokens, 'too_early', 'transition_not_allowed'],
      handle: async ({ ctx, body: { token, ...said }, secret }) => {
        const { id } = await concerns.answerFollowUp(await concerns.openByToken(ctx, token), said, secret)
        return { id }
      },
    }),
  ]
}
