import type { RequestHandler } from 'express'
import type { Clock, Random } from '../kernel/index.ts'
import { createAddressNames } from './addresses.ts'
import { factsOf } from './facts.ts'
import { lanes, type Lane } from './policy.ts'
import { Turns, type TurnLimits } from './turns.ts'

export interface FairnessOptions extends Partial<Omit<TurnLimits<Lane>, 'lanes'>> {
  readonly clock: Clock
  readonly random: Random
}

/**
 * A whole hospital, or Tor, is one address: 16 at once and 256 waiting let hundreds of people in it work, while a flood from it only
 * slows itself (`security.md` 3).
 */
const generous = { inFlight: 64, inFlightPerParty: 16, waiting: 2048, waitingPerParty: 256 }

/**
 * The middleware that lets requests in by turns, by lane and address. Runs after the route is matched and before the body is read, and holds the
 * place until the answer is out or the connection is gone. Refuses with 429 or 503 and `Retry-After`.
 */
export function createFairness({ clock, random, ...limits }: FairnessOptions): RequestHandler {
  const turns = new Turns<Lane>({ ...generous, ...limits, lanes })
  const nameOf = createAddressNames(clock, random)
  return async (request, response, next) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const facts = factsOf(response)
    facts.party = nameOf(request.ip)
    const release = await turns.enter(facts.lane, facts.party, gone.signal)
    if (response.destroyed) return release()
    response.once('close', release)
    next()
  }
}
