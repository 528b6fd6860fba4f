import type { z } from 'zod'
import { anyone } from '../../http/index.ts'
import { instantText, type ErrorCode } from '../../kernel/index.ts'
import { visitorCall, type Call } from '../call.ts'
import { presentRights } from '../users/present.ts'
import type { PeopleApiDeps } from '../users/routes.ts'
import { choosePasswordBody, completionBody, enrolmentAnswer, factorBody, invitationAnswer, secretBody } from './schema.ts'

const ofLinks: readonly ErrorCode[] = ['invitation_not_recognised', 'invitation_used', 'invitation_expired']
const ofSteps: readonly ErrorCode[] = [...ofLinks, 'draft_gone', 'sign_in_failed', 'sign_in_delayed', 'record_not_genuine']

/** Enrolling by a one-time link: the same steps as the pages, with the secret and what was done so far in the body. */
export function enrolmentCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    visitorCall(deps, {
      name: 'openInvitation',
      method: 'post',
      path: '/api/v1/enrolments',
      policy: anyone,
      tag: 'people',
      summary: 'What a one-time link is for',
      body: secretBody,
      gives: 'Who is asked, and to do what.',
      answer: invitationAnswer,
      refusals: ofLinks,
      handle: async ({ body }) => {
        const invitation = await people.enrolment.open(body.secret)
        const { purpose, name, email, expiresAt } = invitation
        return { purpose, name, email, ...presentRights(invitation), expiresAt: instantText(expiresAt) }
      },
    }),
    ...stepCalls(deps),
  ]
}

/** What follows once the link is open. */
function stepCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  const stateOf = async (secret: string, draft: string): Promise<z.infer<typeof enrolmentAnswer>> => {
    const { factor, factorConfirmed, recoveryCode, fingerprint } = await people.enrolment.state(secret, draft)
    return { draft, factor: factorConfirmed ? null : factor, recoveryCode: recoveryCode && [...recoveryCode], fingerprint }
  }
  return [
    visitorCall(deps, {
      name: 'chooseEnrolmentPassword',
      method: 'post',
      path: '/api/v1/enrolments/password',
      policy: anyone,
      lane: 'sign_in',
      tag: 'people',
      summary: 'Choose a password',
      description: 'For a new second factor: the password in use.',
      body: choosePasswordBody,
      gives: 'The second factor to set up.',
      answer: enrolmentAnswer,
      refusals: ofSteps,
      handle: async ({ body: { secret, password } }) =>
        stateOf(secret, (await people.enrolment.choosePassword(secret, { password })).draft),
    }),
    visitorCall(deps, {
      name: 'confirmEnrolmentSecondFactor',
      method: 'post',
      path: '/api/v1/enrolments/second-factor',
      policy: anyone,
      tag: 'people',
      summary: 'Show that the app has it',
      body: factorBody,
      gives: 'The recovery code to print.',
      answer: enrolmentAnswer,
      refusals: ofSteps,
      handle: async ({ body: { secret, draft, otp } }) => {
        const confirmed = await people.enrolment.confirmFactor(secret, draft, { otp })
        if (confirmed.draft === null) return { draft: null, factor: null, recoveryCode: null, fingerprint: null }
        return stateOf(secret, confirmed.draft)
      },
    }),
    visitorCall(deps, {
      name: 'completeEnrolment',
      method: 'post',
      path: '/api/v1/enrolments/completion',
      policy: anyone,
      tag: 'people',
      summary: 'Say that the code is on paper',
      body: completionBody,
      status: 204,
      gives: 'Enrolled. Guardians have to countersign before anything else.',
      refusals: ofSteps,
      handle: async ({ body: { secret, draft, ...copied } }) => people.enrolment.finish(secret, draft, copied),
    }),
  ]
}
