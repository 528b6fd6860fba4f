import type { Response } from 'express'
import type { StaffMember } from '../kernel/index.ts'
import type { Lane, Policy } from './policy.ts'

/** What is known about one request by the time its handler runs. Each field is set by one step and read by those after it. */
export interface RequestFacts {
  readonly requestId: string
  /** Language of the page, a BCP 47 tag. */
  language: string
  /** Set by the session guard; null for everybody who has not signed in. */
  staff: StaffMember | null
  /** The synchroniser token of the session at hand, staff's or reporter's; null where there is no session. */
  csrfToken: string | null
  /** The policy of the matched route; null before a route has matched. */
  policy: Policy | null
  lane: Lane
  /** The caller's address under today's throw-away key; the same for all who share it, and empty before the turn was taken. */
  party: string
  /** True once an answer is decided, though it may still wait for its tick. */
  answered: boolean
}

const known = new WeakMap<Response, RequestFacts>()

export function startFacts(response: Response, requestId: string): RequestFacts {
  const facts: RequestFacts = {
    requestId,
    language: 'en',
    staff: null,
    csrfToken: null,
    policy: null,
    lane: 'public',
    party: '',
    answered: false,
  }
  known.set(response, facts)
  return facts
}

/** The facts of this request. Throws where `identifyRequests` did not run first, which is a fault of the composition. */
export function factsOf(response: Response): RequestFacts {
  const facts = known.get(response)
  if (facts === undefined) throw new Error('identifyRequests must be the first middleware')
  return facts
}
