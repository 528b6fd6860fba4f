import { anyone, staffOnly } from '../../http/index.ts'
import { staffCall, visitorCall, type Call } from '../call.ts'
import { presentSession } from '../sessions/present.ts'
import { presentRights } from '../users/present.ts'
import { ofFreshCodes, type PeopleApiDeps } from '../users/routes.ts'
import {
  accountAnswer,
  copiedBody,
  endedAnswer,
  newCodeBody,
  noteBody,
  offerAnswer,
  passwordBody,
  recoverBody,
  recoveredAnswer,
} from './schema.ts'

const everybody = staffOnly()

/** One's own account. */
export function accountCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    staffCall(deps, {
      name: 'viewAccount',
      method: 'get',
      path: '/api/v1/account',
      policy: everybody,
      tag: 'sessions',
      summary: 'Your own account',
      gives: 'You, as the service knows you.',
      answer: accountAnswer,
      handle: async ({ ctx }) => {
        const account = await people.viewAccount(ctx)
        const { name, email, fingerprint, recoveryCode, otherSessions, regularNote } = account
        return { name, email, ...presentRights(account), fingerprint, recoveryCode, otherSessions, regularNote }
      },
    }),
    staffCall(deps, {
      name: 'changePassword',
      method: 'put',
      path: '/api/v1/account/password',
      policy: everybody,
      lane: 'sign_in',
      tag: 'sessions',
      summary: 'Change your password',
      body: passwordBody,
      status: 204,
      gives: 'Changed. Your other sessions have ended.',
      refusals: ofFreshCodes,
      handle: async ({ ctx, body }) => people.changePassword(ctx, body),
    }),
    staffCall(deps, {
      name: 'chooseRegularNote',
      method: 'put',
      path: '/api/v1/account/mail',
      policy: staffOnly('guardian', 'investigator', 'executive_lead', 'non_executive_lead'),
      tag: 'sessions',
      summary: 'Whether you get the regular note by mail',
      description: 'It is the same every time, whether there is work or not.',
      body: noteBody,
      status: 204,
      gives: 'Saved.',
      handle: async ({ ctx, body }) => people.chooseNote(ctx, body),
    }),
    staffCall(deps, {
      name: 'endOtherSessions',
      method: 'delete',
      path: '/api/v1/sessions/current/others',
      policy: everybody,
      tag: 'sessions',
      summary: 'Sign out everywhere else',
      gives: 'How many sessions ended.',
      answer: endedAnswer,
      handle: async ({ ctx }) => ({ ended: await people.endOtherSessions(ctx) }),
    }),
    ...recoveryCalls(deps),
  ]
}

function recoveryCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    staffCall(deps, {
      name: 'makeRecoveryCode',
      method: 'post',
      path: '/api/v1/account/recovery-code',
      policy: everybody,
      tag: 'sessions',
      summary: 'A new recovery code to print',
      body: newCodeBody,
      gives: 'The code, not yet good.',
      answer: offerAnswer,
      refusals: ofFreshCodes,
      handle: async ({ ctx, body }) => {
        const { offer } = await people.recoveryCodes.make(ctx, body)
        return { offer, groups: [...people.recoveryCodes.show(ctx, offer)] }
      },
    }),
    staffCall(deps, {
      name: 'confirmRecoveryCode',
      method: 'put',
      path: '/api/v1/account/recovery-code',
      policy: everybody,
      tag: 'sessions',
      summary: 'Say that you have it on paper',
      body: copiedBody,
      status: 204,
      gives: 'The code is good; the one before it works no longer.',
      refusals: ['draft_gone'],
      handle: async ({ ctx, body: { offer, ...copied } }) => people.recoveryCodes.confirm(ctx, offer, copied),
    }),
    visitorCall(deps, {
      name: 'recoverPassword',
      method: 'post',
      path: '/api/v1/sessions/recovery',
      policy: anyone,
      lane: 'sign_in',
      tag: 'sessions',
      summary: 'Sign in with the recovery code and a new password',
      body: recoverBody,
      status: 201,
      gives: 'Signed in. Print the next code: this one is used up.',
      answer: recoveredAnswer,
      refusals: ['sign_in_failed', 'sign_in_delayed', 'otp_replayed'],
      handle: async ({ ctx, body }) => {
        const recovered = await people.recoverPassword(ctx, body)
        return { ...presentSession(recovered), offer: recovered.offer }
      },
    }),
  ]
}
