import type { z } from 'zod'
import type { ProposedSet } from '../../accounts/index.ts'
import { staffOnly } from '../../http/index.ts'
import { staffCall, type Call } from '../call.ts'
import { presentRights } from '../users/present.ts'
import { ofFreshCodes, type PeopleApiDeps } from '../users/routes.ts'
import { signBody, signedAnswer, waitingAnswer, type proposalAnswer } from './schema.ts'

const signers = staffOnly('guardian', 'administrator')

/** The list of people concerns are sealed to, as it waits for guardians' names. */
export function recipientSetCalls(deps: PeopleApiDeps): readonly Call[] {
  const { people } = deps
  return [
    staffCall(deps, {
      name: 'viewRecipientSet',
      method: 'get',
      path: '/api/v1/recipient-set',
      policy: signers,
      tag: 'people',
      summary: 'The list that waits for signatures',
      gives: 'The list; null where nothing waits for you.',
      answer: waitingAnswer,
      refusals: ['intake_closed'],
      handle: async ({ ctx }) => {
        const proposed = await people.proposeRecipientSet(ctx)
        return { proposal: proposed && presentProposal(proposed) }
      },
    }),
    staffCall(deps, {
      name: 'signRecipientSet',
      method: 'post',
      path: '/api/v1/recipient-set/signatures',
      policy: signers,
      tag: 'people',
      summary: 'Put your name under it',
      description: 'Signed with your key. An administrator may sign only that somebody leaves.',
      body: signBody,
      status: 201,
      gives: 'Signed.',
      answer: signedAnswer,
      refusals: ofFreshCodes,
      handle: async ({ ctx, body }) => {
        const { version, inForce } = await people.signRecipientSet(ctx, body)
        return { version, inForce }
      },
    }),
  ]
}

type Listed = ProposedSet['leaving'][number]
const presentListed = (person: Listed) => ({ id: person.id, name: person.name, ...presentRights(person) })

function presentProposal(set: ProposedSet): z.infer<typeof proposalAnswer> {
  return {
    version: set.version,
    digest: set.digest,
    people: set.people.map((person) => ({
      ...presentListed(person),
      fingerprint: person.fingerprint,
      change: person.change,
      before: person.before && presentListed(person.before),
      formerly: person.formerly,
      resembles: [...person.resembles],
    })),
    leaving: set.leaving.map(presentListed),
    signedBy: [...set.signedBy],
    missing: set.missing,
  }
}
