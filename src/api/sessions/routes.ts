import type { OpenedSession, SignInInput, StaffContext } from '../../accounts/index.ts'
import { anyone, staffOnly } from '../../http/index.ts'
import { staffCall, visitorCall, type Call, type CallDeps, type CallerContext } from '../call.ts'
import { presentSession } from './present.ts'
import { sessionAnswer, signInBody, stepUpBody } from './schema.ts'

export interface SessionUseCases {
  /** Refusal `sign_in_failed`, `sign_in_delayed`, `otp_replayed`. */
  readonly signIn: (ctx: CallerContext, input: SignInInput) => Promise<OpenedSession>
  /** A new token in place of this one, which stops working. */
  readonly renew: (ctx: StaffContext) => Promise<OpenedSession>
  readonly signOut: (ctx: StaffContext) => Promise<void>
  /** A fresh code, good for five minutes of what needs one. Refusal `otp_replayed`, `sign_in_failed`, `sign_in_delayed`. */
  readonly stepUp: (ctx: StaffContext, input: { readonly otp: string }) => Promise<void>
}

export function sessionCalls(deps: CallDeps & { readonly sessions: SessionUseCases }): readonly Call[] {
  const { sessions } = deps
  return [
    visitorCall(deps, {
      name: 'signIn',
      method: 'post',
      path: '/api/v1/sessions',
      policy: anyone,
      lane: 'sign_in',
      tag: 'sessions',
      summary: 'Sign in',
      body: signInBody,
      status: 201,
      gives: 'Signed in.',
      answer: sessionAnswer,
      refusals: ['sign_in_failed', 'sign_in_delayed', 'otp_replayed'],
      handle: async ({ ctx, body }) => presentSession(await sessions.signIn(ctx, body)),
    }),
    staffCall(deps, {
      name: 'renewSession',
      method: 'post',
      path: '/api/v1/sessions/current/renewal',
      policy: staffOnly(),
      tag: 'sessions',
      summary: 'Go on working',
      description: 'Gives a new token; the old one stops at once. A session ends after 15 idle minutes, and after 8 hours in any case.',
      gives: 'Renewed.',
      answer: sessionAnswer,
      handle: async ({ ctx }) => presentSession(await sessions.renew(ctx)),
    }),
    staffCall(deps, {
      name: 'stepUp',
      method: 'post',
      path: '/api/v1/sessions/current/step-up',
      policy: staffOnly(),
      tag: 'sessions',
      summary: 'Show that it is still you',
      description: 'A fresh six-digit code, good for five minutes of this session, for whatever needs one. Recorded.',
      body: stepUpBody,
      status: 204,
      gives: 'Taken.',
      refusals: ['sign_in_failed', 'sign_in_delayed', 'otp_replayed'],
      handle: async ({ ctx, body }) => sessions.stepUp(ctx, body),
    }),
    staffCall(deps, {
      name: 'signOut',
      method: 'delete',
      path: '/api/v1/sessions/current',
      policy: staffOnly(),
      tag: 'sessions',
      summary: 'Sign out',
      status: 204,
      gives: 'Signed out. The token no longer works.',
      handle: async ({ ctx }) => sessions.signOut(ctx),
    }),
  ]
}
