import { Refusal } from '../kernel/index.ts'

/** Gives the place back. Calling it twice does nothing the second time. */
export type Release = () => void

export interface TurnLimits<Lane extends string> {
  /** Lanes in the order they are served: while one has somebody who may go, those after it wait. */
  readonly lanes: readonly Lane[]
  /** Requests in flight in all. */
  readonly inFlight: number
  readonly inFlightPerParty: number
  /** Requests waiting in all; beyond it `overloaded`. */
  readonly waiting: number
  /** Requests waiting for one party; beyond it `too_many_requests`. */
  readonly waitingPerParty: number
}

interface Party {
  readonly name: string
  inFlight: number
  waiting: number
}

interface Waiter {
  readonly party: Party
  readonly start: () => void
}

const retryAfterSeconds = 5

/**
 * Who goes next: the first lane with somebody who may go, within it the parties in turn (round-robin), each party's requests in order. A party
 * that floods fills its own queue and waits for itself; the first request of another goes in front of the rest of the flood.
 */
export class Turns<Lane extends string> {
  readonly #limits: TurnLimits<Lane>
  readonly #parties = new Map<string, Party>()
  /** Waiting requests by lane and party. A Map keeps insertion order: putting a party back at the end is the round. */
  readonly #queues: ReadonlyMap<Lane, Map<Party, Waiter[]>>
  #inFlight = 0
  #waiting = 0

  constructor(limits: TurnLimits<Lane>) {
    this.#limits = limits
    this.#queues = new Map(limits.lanes.map((lane) => [lane, new Map<Party, Waiter[]>()]))
  }

  /** Resolves when it is this request's turn. Throws `Refusal` `too_many_requests` or `overloaded`; an aborted wait is `overloaded` too. */
  async enter(lane: Lane, name: string, signal?: AbortSignal): Promise<Release> {
    const party = this.#parties.get(name) ?? { name, inFlight: 0, waiting: 0 }
    if (this.#waiting === 0 && this.#mayGo(party)) return this.#occupy(party)
    if (party.waiting >= this.#limits.waitingPerParty) throw new Refusal('too_many_requests', { retryAfterSeconds })
    if (this.#waiting >= this.#limits.waiting) throw new Refusal('overloaded', { retryAfterSeconds })
    const turn = this.#queueUp(lane, party, signal)
    this.#serve()
    return turn
  }

  #mayGo(party: Party): boolean {
    return this.#inFlight < this.#limits.inFlight && party.inFlight < this.#limits.inFlightPerParty
  }

  #occupy(party: Party): Release {
    this.#parties.set(party.name, party)
    party.inFlight += 1
    this.#inFlight += 1
    let held = true
    return () => {
      if (!held) return
      held = false
      party.inFlight -= 1
      this.#inFlight -= 1
      this.#forgetIdle(party)
      this.#serve()
    }
  }

  #forgetIdle(party: Party): void {
    if (party.inFlight === 0 && party.waiting === 0) this.#parties.delete(party.name)
  }

  #serve(): void {
    for (let waiter = this.#next(); waiter !== null; waiter = this.#next()) waiter.start()
  }

  #next(): Waiter | null {
    for (const queue of this.#queues.values()) {
      for (const [party, line] of queue) {
        const first = line[0]
        if (first === undefined || !this.#mayGo(party)) continue
        queue.delete(party)
        if (line.length > 1) queue.set(party, line.slice(1))
        return first
      }
    }
    return null
  }

  #queueUp(lane: Lane, party: Party, signal: AbortSignal | undefined): Promise<Release> {
    const queue = this.#queues.get(lane)
    if (queue === undefined) throw new Error(`no such lane: ${lane}`)
    this.#parties.set(party.name, party)
    return new Promise((resolve, reject) => {
      const noLongerWaiting = (): void => {
        party.waiting -= 1
        this.#waiting -= 1
        signal?.removeEventListener('abort', giveUp)
      }
      const waiter: Waiter = {
        party,
        start: () => {
          noLongerWaiting()
          resolve(this.#occupy(party))
        },
      }
      const giveUp = (): void => {
        removeFrom(queue, waiter)
        noLongerWaiting()
        this.#forgetIdle(party)
        reject(new Refusal('overloaded', { retryAfterSeconds }))
      }
      party.waiting += 1
      this.#waiting += 1
      queue.set(party, [...(queue.get(party) ?? []), waiter])
      signal?.addEventListener('abort', giveUp)
    })
  }
}

function removeFrom(queue: Map<Party, Waiter[]>, waiter: Waiter): void {
  const rest = (queue.get(waiter.party) ?? []).filter((other) => other !== waiter)
  if (rest.length > 0) queue.set(waiter.party, rest)
  else queue.delete(waiter.party)
}
