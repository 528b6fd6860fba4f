import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemTimer } from '../../src/http/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'
import { newToken } from '../../src/vault/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createChance, type Chance } from '../support/honest-log/chance.ts'
import { send } from '../support/process-http.ts'

/** Samples of each kind; `TIMING_SAMPLES=2000` for a release. */
const samples = Number(process.env['TIMING_SAMPLES'] ?? 200)
const tick = 250
const atOnce = 6

type Kind = 'hit' | 'miss' | 'burned'
const kinds: readonly Kind[] = ['hit', 'miss', 'burned']

describe('how long a code takes to be answered', { timeout: 60_000 + samples * 1_500 }, () => {
  let app: TestApp
  let server: Server
  const spent: Record<Kind, number[]> = { hit: [], miss: [], burned: [] }
  const lengths: Record<Kind, Set<number>> = { hit: new Set(), miss: new Set(), burned: new Set() }
  const statuses: Record<Kind, Set<number>> = { hit: new Set(), miss: new Set(), burned: new Set() }
  beforeAll(
    async () => {
      app = await startTestApp({ timer: systemTimer })
      server = createServer(app.app).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const raise = async () => {
        const answer = await send(origin, '/api/v1/concerns', { body: { narrative: 'The alarm was switched off again.' } })
        return answer.json<{ token: string }>().token
      }
      const hit = await raise()
      const burned = await raise()
      const { concernId } = await app.service.concerns.openByToken({ requestId: 'test', now: app.clock.now() }, burned)
      await app.database.asSuperuser.query('delete from reporter_key where concern_id = $1', [concernId])
      const tokenOf = { hit: () => hit, miss: () => newToken(systemRandom) as string, burned: () => burned }
      // Three by three in any order, so that whatever else the machine does meets all kinds alike, and none is always the first to be answered
      const chance = createChance(1)
      const all = Array.from({ length: samples }, () => inAnyOrder(kinds, chance)).flat()
      const one = async (kind: Kind) => {
        const began = performance.now()
        const answer = await send(origin, '/api/v1/inbox', { body: { token: tokenOf[kind]() } })
        spent[kind].push(performance.now() - began)
        lengths[kind].add(answer.text.length)
        statuses[kind].add(answer.status)
      }
      await Promise.all(kinds.map(one))
      const inTheFirstTick = () =>
        kinds.every(
          (kind) => spent[kind].length === samples && spent[kind].filter((milliseconds) => milliseconds >= 2 * tick).length < samples / 20,
        )
      const round = async () => {
        for (const kind of kinds) spent[kind].length = 0
        let next = 0
        const client = async () => {
          while (next < all.length) await one(all[next++]!)
        }
        await Promise.all(Array.from({ length: atOnce }, client))
      }
      // On a machine with so much other work that answers miss their tick the ticks tell of that work: then once more. A kind that needs longer by
      // itself misses its tick in every round.
      for (let rounds = 0; rounds < 3 && !inTheFirstTick(); rounds += 1) await round()
    },
    60_000 + samples * 1_500,
  )
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await app.close()
  })

  it('takes as many samples as it should, of what it should', () => {
    expect(kinds.map((kind) => spent[kind].length)).toEqual([samples, samples, samples])
    expect(kinds.map((kind) => [...statuses[kind]])).toEqual([[200], [404], [404]])
  })

  it('is answered on a tick, whatever it was', () => {
    for (const kind of kinds) {
      expect([kind, Math.min(...spent[kind]) >= tick]).toEqual([kind, true])
      // The middle one, not the worst: a busy machine sees some requests late, and that shows here as an answer between two ticks
      expect([kind, median(spent[kind].map((milliseconds) => milliseconds % tick)) < tick / 2]).toEqual([kind, true])
    }
  })

  it('takes the same number of ticks, known or not', () => {
    const ticks = (kind: Kind) => spent[kind].map((milliseconds) => Math.floor(milliseconds / tick))
    for (const other of ['miss', 'burned'] as const) {
      expect([other, median(ticks(other))]).toEqual([other, median(ticks('hit'))])
      expect(Math.abs(oddsOfLonger(ticks('hit'), ticks(other)) - 0.5)).toBeLessThan(tolerance)
    }
  })

  it('takes the same time to the millisecond, unknown or burned', () => {
    expect(Math.abs(oddsOfLonger(spent.miss, spent.burned) - 0.5)).toBeLessThan(tolerance)
    expect([...lengths.miss]).toEqual([...lengths.burned])
    expect(lengths.miss.size).toBe(1)
  })
})

function inAnyOrder(given: readonly Kind[], chance: Chance): Kind[] {
  const left = [...given]
  return given.flatMap(() => left.splice(chance.below(left.length), 1))
}

/** Four standard deviations of what chance alone does to the odds (Mann and Whitney). */
const tolerance = 4 * Math.sqrt((2 * samples + 1) / (12 * samples * samples))

/** How often a sample of the first kind took longer than one of the second, ties counted half: 0.5 where nothing tells them apart. */
function oddsOfLonger(first: readonly number[], second: readonly number[]): number {
  let longer = 0
  for (const a of first) for (const b of second) longer += a > b ? 1 : a === b ? 0.5 : 0
  return longer / (first.length * second.length)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
