import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Turns, type Release, type TurnLimits } from '../../../src/http/turns.ts'

const lanes = ['reporter', 'staff', 'sign_in'] as const
type Lane = (typeof lanes)[number]

const roomy: TurnLimits<Lane> = { lanes, inFlight: 4, inFlightPerParty: 2, waiting: 100, waitingPerParty: 50 }

/** Enters requests and notes in which order they are let in; `finish` ends the one named. */
function hall(limits: Partial<TurnLimits<Lane>> = {}) {
  const turns = new Turns<Lane>({ ...roomy, ...limits })
  const inside: string[] = []
  const releases = new Map<string, Release>()
  const refused: string[] = []
  const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
  return {
    inside,
    refused,
    async arrive(name: string, party: string, lane: Lane = 'reporter', signal?: AbortSignal) {
      turns.enter(lane, party, signal).then(
        (release) => {
          inside.push(name)
          releases.set(name, release)
        },
        (error: { code: string }) => void refused.push(`${name} ${error.code}`),
      )
      await settle()
    },
    async finish(name: string) {
      releases.get(name)!()
      await settle()
    },
  }
}

describe('turns', () => {
  test('one party alone gets no more than its share at once, and the rest one by one', async () => {
    const at = hall()
    for (const name of ['a1', 'a2', 'a3', 'a4']) await at.arrive(name, 'a')
    expect(at.inside).toEqual(['a1', 'a2'])
    await at.finish('a1')
    expect(at.inside).toEqual(['a1', 'a2', 'a3'])
    await at.finish('a3')
    await at.finish('a2')
    expect(at.inside).toEqual(['a1', 'a2', 'a3', 'a4'])
  })

  test('a flood from one address does not keep another out', async () => {
    const at = hall()
    for (let index = 0; index < 40; index += 1) await at.arrive(`flood${index}`, 'flood')
    await at.arrive('nurse', 'ward')
    expect(at.inside).toEqual(['flood0', 'flood1', 'nurse'])
  })

  test('where all places are taken, parties go in turn and not by who shouts most', async () => {
    const at = hall({ inFlight: 1, inFlightPerParty: 1 })
    for (const name of ['a1', 'a2', 'a3']) await at.arrive(name, 'a')
    await at.arrive('b1', 'b')
    await at.arrive('c1', 'c')
    for (const name of ['a1', 'a2', 'b1', 'c1']) await at.finish(name)
    expect(at.inside).toEqual(['a1', 'a2', 'b1', 'c1', 'a3'])
  })

  test('a reporter goes before a sign-in that came first', async () => {
    const at = hall({ inFlight: 1 })
    await at.arrive('first', 'x', 'staff')
    await at.arrive('signing in', 'y', 'sign_in')
    await at.arrive('reporting', 'z', 'reporter')
    await at.finish('first')
    expect(at.inside).toEqual(['first', 'reporting'])
  })

  test('a reporter whose own address is at its limit does not hold up a sign-in from elsewhere', async () => {
    const at = hall()
    for (const name of ['r1', 'r2', 'r3']) await at.arrive(name, 'ward')
    await at.arrive('signing in', 'office', 'sign_in')
    expect(at.inside).toEqual(['r1', 'r2', 'signing in'])
  })

  test('who has a full queue of its own is told so, while there is room for others', async () => {
    const at = hall({ waitingPerParty: 1 })
    for (const name of ['a1', 'a2', 'a3', 'a4']) await at.arrive(name, 'a')
    await at.arrive('b1', 'b')
    expect(at.refused).toEqual(['a4 too_many_requests'])
    expect(at.inside).toContain('b1')
  })

  test('when the whole queue is full everybody is asked to come back', async () => {
    const at = hall({ inFlight: 1, waiting: 2 })
    for (const party of ['a', 'b', 'c', 'd']) await at.arrive(party, party)
    expect(at.refused).toEqual(['d overloaded'])
  })

  test('who gives up waiting leaves the queue, and nobody waits for them', async () => {
    const at = hall({ inFlight: 1 })
    const patience = new AbortController()
    await at.arrive('first', 'a')
    await at.arrive('impatient', 'b', 'reporter', patience.signal)
    await at.arrive('next', 'c')
    patience.abort()
    await at.finish('first')
    expect(at.inside).toEqual(['first', 'next'])
    expect(at.refused).toEqual(['impatient overloaded'])
  })

  test('giving a place back twice frees one place, not two', async () => {
    const at = hall({ inFlight: 2, inFlightPerParty: 1 })
    for (const party of ['a', 'b', 'c', 'd']) await at.arrive(party, party)
    await at.finish('a')
    await at.finish('a')
    expect(at.inside).toEqual(['a', 'b', 'c'])
  })

  test('whatever the order of arrivals and ends, no limit is broken and everybody gets in once', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('arrive' as const), party: fc.constantFrom('a', 'b', 'c', 'd'), lane: fc.constantFrom(...lanes) }),
      fc.record({ kind: fc.constant('finish' as const), which: fc.nat(20) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const turns = new Turns<Lane>({ ...roomy, inFlight: 3 })
        const inside: { party: string; release: Release }[] = []
        let arrived = 0
        let entered = 0
        const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
        const end = (index: number): void => inside.splice(index % Math.max(1, inside.length), 1)[0]?.release()
        for (const move of steps) {
          if (move.kind === 'finish') end(move.which)
          else {
            arrived += 1
            void turns.enter(move.lane, move.party).then((release) => {
              entered += 1
              inside.push({ party: move.party, release })
            })
          }
          await settle()
          expect(inside.length).toBeLessThanOrEqual(3)
          for (const party of ['a', 'b', 'c', 'd']) expect(inside.filter((one) => one.party === party).length).toBeLessThanOrEqual(2)
        }
        while (inside.length > 0) {
          end(0)
          await settle()
        }
        expect(entered).toBe(arrived)
      }),
      { numRuns: 60 },
    )
  })
})
