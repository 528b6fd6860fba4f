import type { PeopleUseCases, StaffContext } from '../../accounts/index.ts'
import { staffOnly } from '../../http/index.ts'
import type { ErrorCode, UserId } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { presentLink, presentReset, presentUser } from './present.ts'
import {
  codeBody,
  decidedReset,
  inviteBody,
  linkAnswer,
  resetAnswer,
  resetBody,
  resetsAnswer,
  rightsBody,
  userAnswer,
  userQuery,
  usersAnswer,
} from './schema.ts'

export interface PeopleApiDeps extends CallDeps {
  readonly people: PeopleUseCases
}

const administrator = staffOnly('administrator')
const secondPerson = staffOnly('guardian', 'administrator')
export const ofFreshCodes: readonly ErrorCode[] = ['step_up_required', 'sign_in_failed', 'otp_replayed', 'sign_in_delayed', 'intake_closed']

/** Who works here, for administrators. Nothing of a concern is in any of it. */
export function userCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    staffCall(deps, {
      name: 'listUsers',
      method: 'get',
      path: '/api/v1/users',
      policy: administrator,
      tag: 'people',
      summary: 'Everybody who is, was or is asked to be here',
      query: userQuery,
      gives: 'A page of people, by name.',
      answer: usersAnswer,
      handle: async ({ ctx, query }) => {
        const { items, next, total } = await people.viewPeople(ctx, query)
        return { items: items.map(presentUser), next, total }
      },
    }),
    staffCall(deps, {
      name: 'inviteUser',
      method: 'post',
      path: '/api/v1/users',
      policy: administrator,
      tag: 'people',
      summary: 'Invite somebody by a link for one use',
      body: inviteBody,
      status: 201,
      gives: 'The link, good for a week.',
      answer: linkAnswer,
      refusals: ofFreshCodes,
      handle: async ({ ctx, body }) => presentLink(await people.invite(ctx, body)),
    }),
    staffCall(deps, {
      name: 'viewUser',
      method: 'get',
      path: '/api/v1/users/:userId',
      policy: administrator,
      tag: 'people',
      summary: 'One of them',
      gives: 'The person.',
      answer: userAnswer,
      handle: async ({ ctx, id }) => presentUser(await people.viewPerson(ctx, id<UserId>('userId'))),
    }),
    rightsCall(deps),
    ...actCalls(deps),
    ...resetCalls(deps),
  ]
}

function rightsCall(deps: PeopleApiDeps): Call {
  const { people } = deps
  return staffCall(deps, {
    name: 'changeRights',
    method: 'put',
    path: '/api/v1/users/:userId/rights',
    policy: administrator,
    tag: 'people',
    summary: 'Ask for other roles or intake groups',
    description: 'They hold once guardians have signed them.',
    body: rightsBody,
    gives: 'The person, with what was asked for.',
    answer: userAnswer,
    refusals: ofFreshCodes,
    handle: async ({ ctx, id, body }) => {
      await people.viewPerson(ctx, id<UserId>('userId'))
      await people.changeRights(ctx, id<UserId>('userId'), body)
      return presentUser(await people.viewPerson(ctx, id<UserId>('userId')))
    },
  })
}

type Act = (ctx: StaffContext, id: UserId, code: { readonly otp?: string | undefined }) => Promise<void>

/** What is done to one person. */
function actCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  const call = (name: string, path: string, summary: string, act: Act) =>
    staffCall(deps, {
      name,
      method: 'post',
      path: `/api/v1/users/:userId/${path}`,
      policy: administrator,
      tag: 'people',
      summary,
      body: codeBody,
      status: 204,
      gives: 'Done.',
      refusals: ofFreshCodes,
      handle: async ({ ctx, id, body }) => {
        await people.viewPerson(ctx, id<UserId>('userId'))
        await act(ctx, id<UserId>('userId'), body)
      },
    })
  return [
    call('deactivateUser', 'deactivation', 'Take somebody’s access away, at once', (ctx, id, code) => people.deactivate(ctx, id, code)),
    call('reactivateUser', 'reactivation', 'Give somebody their access back', (ctx, id, code) => people.reactivate(ctx, id, code)),
    call('withdrawInvitation', 'invitation/withdrawal', 'Take an invitation back', (ctx, id, code) =>
      people.withdrawInvitation(ctx, id, code),
    ),
    staffCall(deps, {
      name: 'inviteUserAgain',
      method: 'post',
      path: '/api/v1/users/:userId/invitation',
      policy: administrator,
      tag: 'people',
      summary: 'A new link',
      description:
        'For somebody who has enrolled: password and recovery code are lost. Their access ends now, and they enrol anew with new keys.',
      body: codeBody,
      status: 201,
      gives: 'The link, good for a week.',
      answer: linkAnswer,
      refusals: ofFreshCodes,
      handle: async ({ ctx, id, body }) => {
        await people.viewPerson(ctx, id<UserId>('userId'))
        return presentLink(await people.reinvite(ctx, id<UserId>('userId'), body))
      },
    }),
  ]
}

function resetCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    staffCall(deps, {
      name: 'askForSecondFactorReset',
      method: 'post',
      path: '/api/v1/users/:userId/second-factor-reset',
      policy: administrator,
      tag: 'people',
      summary: 'Ask for a new second factor for somebody',
      description: 'A second person has to confirm it.',
      body: codeBody,
      status: 201,
      gives: 'Asked for.',
      answer: resetAnswer,
      refusals: ofFreshCodes,
      handle: async ({ ctx, id, body }) => {
        await people.viewPerson(ctx, id<UserId>('userId'))
        return { id: (await people.askForReset(ctx, id<UserId>('userId'), body)).resetId }
      },
    }),
    staffCall(deps, {
      name: 'listSecondFactorResets',
      method: 'get',
      path: '/api/v1/second-factor-resets',
      policy: secondPerson,
      tag: 'people',
      summary: 'New second factors that wait for you',
      gives: 'Those you may confirm: none that you asked for, none about you.',
      answer: resetsAnswer,
      handle: async ({ ctx }) => ({ items: (await people.viewResets(ctx)).map(presentReset), next: null }),
    }),
    staffCall(deps, {
      name: 'decideSecondFactorReset',
      method: 'post',
      path: '/api/v1/second-factor-resets/:resetId',
      policy: secondPerson,
      tag: 'people',
      summary: 'Confirm or refuse a new second factor',
      body: resetBody,
      gives: 'The link to hand over, good for a day.',
      answer: decidedReset,
      refusals: [...ofFreshCodes, 'approval_own_request', 'approval_not_pending'],
      handle: async ({ ctx, id, body }) => {
        const link = await people.decideReset(ctx, id('resetId'), body)
        return { link: link && presentLink(link) }
      },
    }),
  ]
}
