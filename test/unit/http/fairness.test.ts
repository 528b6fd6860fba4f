import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createGate, reporterOnly, type FairnessOptions, type Route } from '../../../src/http/index.ts'
import { createAddressNames } from '../../../src/http/addresses.ts'
import { systemRandom, type Clock } from '../../../src/kernel/index.ts'
import { createHttpClient, type Answer } from '../../support/http-client.ts'
import { smallApp } from './small-app.ts'

/** Raising takes as long as the test holds it; who came and who hung up is counted, so that no test has to guess how long that takes. */
async function heldUp(fairness: Partial<FairnessOptions> = {}, others: readonly Route[] = []) {
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>()
  const raising: Route = {
    method: 'post',
    path: '/api/v1/concerns',
    policy: reporterOnly,
    body: 'json',
    handle: async (_request, response) => {
      await letGo
      response.json({ raised: true })
    },
  }
  const { app, unexpected } = smallApp({ routes: [raising, ...others], fairness })
  const seen = { came: 0, hungUp: 0 }
  const client = await createHttpClient((request, response) => {
    seen.came += 1
    response.once('close', () => void (seen.hungUp += response.writableFinished ? 0 : 1))
    app(request, response)
  })
  onTestFinished(() => client.close())
  const until = async (holds: () => boolean) => {
    while (!holds()) await pause(1)
  }
  return { client, unexpected, seen, until, release }
}

describe('letting in', () => {
  test('200 concerns at once from one address, which may be a whole hospital, are all taken', async () => {
    const { client, seen, until, release } = await heldUp()
    const answers = Array.from({ length: 200 }, () => client.api('post', '/api/v1/concerns', {}))
    await until(() => seen.came === 200)
    release()
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(200).fill(200))
  })

  test('a flood is told to come back and when; nothing else breaks', async () => {
    const { client, unexpected, until, release } = await heldUp({ inFlightPerParty: 2, waitingPerParty: 3 })
    const answers: Answer[] = []
    const flood = Array.from({ length: 20 }, () => client.api('post', '/api/v1/concerns', {}).then((answer) => void answers.push(answer)))
    await until(() => answers.length === 15)
    for (const answer of answers) expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true])
    release()
    await Promise.all(flood)
    expect(answers.slice(15).map(({ status }) => status)).toEqual(Array(5).fill(200))
    expect(unexpected).toEqual([])
    expect((await client.api('post', '/api/v1/concerns', {})).status).toBe(200)
  })

  test('a connection that is cut frees its place, in flight or waiting', async () => {
    const quick: Route = { method: 'get', path: '/quick', policy: reporterOnly, handle: (_request, response) => void response.send('in') }
    const { client, unexpected, seen, until } = await heldUp({ inFlight: 1 }, [quick])
    const cut = new AbortController()
    const hanging = () => fetch(`${client.origin}/api/v1/concerns`, { method: 'POST', signal: cut.signal }).catch(() => 'cut')
    const both = Promise.all([hanging(), hanging()])
    await until(() => seen.came === 2)
    cut.abort()
    expect(await both).toEqual(['cut', 'cut'])
    expect((await client.get('/quick')).text).toBe('in')
    expect(unexpected).toEqual([])
  })

  test('who hangs up while waiting no longer counts against those who wait', async () => {
    const { client, seen, until, release } = await heldUp({ inFlightPerParty: 1, waitingPerParty: 1 })
    const call = (signal?: AbortSignal) =>
      fetch(`${client.origin}/api/v1/concerns`, { method: 'POST', signal: signal ?? null }).then(
        (response) => response.status,
        () => 'cut',
      )
    const hangingUp = new AbortController()
    const first = call()
    await until(() => seen.came === 1)
    const second = call(hangingUp.signal)
    await until(() => seen.came === 2)
    hangingUp.abort()
    await until(() => seen.hungUp === 1)
    const third = call()
    await until(() => seen.came === 3)
    release()
    expect(await Promise.all([first, second, third])).toEqual([200, 'cut', 200])
  })
})

describe('the name of an address', () => {
  let today = '2026-11-20'
  const clock: Clock = { now: () => Temporal.Instant.from(`${today}T12:00:00Z`) }
  const names = () => createAddressNames(clock, systemRandom)

  test('is the same all day, another tomorrow, and holds no part of the address', () => {
    const nameOf = names()
    today = '2026-11-20'
    const name = nameOf('198.51.100.7')
    expect(nameOf('198.51.100.7')).toBe(name)
    expect(nameOf('198.51.100.8')).not.toBe(name)
    expect(name).toMatch(/^[\w-]{43}$/)
    today = '2026-11-21'
    expect(nameOf('198.51.100.7')).not.toBe(name)
  })

  test('differs between two runs of the service', () => {
    expect(names()('198.51.100.7')).not.toBe(names()('198.51.100.7'))
  })

  test('is one for a whole IPv6 subscriber, and for the two forms of an IPv4 address', () => {
    const nameOf = names()
    expect(nameOf('2001:db8:1:2::1')).toBe(nameOf('2001:0db8:0001:0002:ffff:0:0:9'))
    expect(nameOf('2001:db8:1:2::1')).not.toBe(nameOf('2001:db8:1:3::1'))
    expect(nameOf('2001:db8::1')).toBe(nameOf('2001:db8:0:0:5::'))
    expect(nameOf('::ffff:198.51.100.7')).toBe(nameOf('198.51.100.7'))
    expect(nameOf('::1')).not.toBe(nameOf('127.0.0.1'))
  })
})

describe('the gate before the slow password hash', () => {
  test('lets so many through at once, the others in order, and refuses beyond the queue', async () => {
    const gate = createGate(2, 2)
    let running = 0
    let most = 0
    const order: number[] = []
    const work = (name: number) =>
      gate.run(async () => {
        running += 1
        most = Math.max(most, running)
        await pause(5)
        running -= 1
        order.push(name)
        return name
      })
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(work))
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as { code: string }).code))).toEqual([
      1,
      2,
      3,
      4,
      'overloaded',
    ])
    expect(most).toBe(2)
    expect(order).toEqual([1, 2, 3, 4])
  })

  test('opens again after work that failed', async () => {
    const gate = createGate(1, 0)
    await expect(gate.run(() => Promise.reject(new Error('wrong password')))).rejects.toThrow('wrong password')
    expect(await gate.run(async () => 'in')).toBe('in')
  })
})
