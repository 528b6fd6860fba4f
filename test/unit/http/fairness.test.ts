import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createGate, reporterOnly, type Route } from '../../../src/http/index.ts'
import { createAddressNames } from '../../../src/http/addresses.ts'
import { systemRandom, type Clock } from '../../../src/kernel/index.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { smallApp } from './small-app.ts'

const slow = (milliseconds: number): Route => ({
  method: 'post',
  path: '/api/v1/concerns',
  policy: reporterOnly,
  body: 'json',
  handle: async (_request, response) => {
    await pause(milliseconds)
    response.json({ raised: true })
  },
})

describe('letting in', () => {
  test('200 concerns at once from one address, which may be a whole hospital, are all taken', async () => {
    const client = await createHttpClient(smallApp({ routes: [slow(5)] }).app)
    onTestFinished(() => client.close())
    const statuses = await Promise.all(Array.from({ length: 200 }, async () => (await client.api('post', '/api/v1/concerns', {})).status))
    expect(statuses).toEqual(Array(200).fill(200))
  })

  test('a flood is told to come back and when; nothing else breaks', async () => {
    const { app, unexpected } = smallApp({ routes: [slow(500)], fairness: { inFlightPerParty: 2, waitingPerParty: 3 } })
    const client = await createHttpClient(app)
    onTestFinished(() => client.close())
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.api('post', '/api/v1/concerns', {})))
    const counts = Map.groupBy(answers, (answer) => answer.status)
    expect([...counts.keys()].toSorted()).toEqual([200, 429])
    expect(counts.get(200)).toHaveLength(5)
    expect(Number(counts.get(429)![0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(unexpected).toEqual([])
    expect((await client.api('post', '/api/v1/concerns', {})).status).toBe(200)
  })

  test('a connection that is cut frees its place, in flight or waiting', async () => {
    const quick: Route = { method: 'get', path: '/quick', policy: reporterOnly, handle: (_request, response) => void response.send('in') }
    const { app, unexpected } = smallApp({ routes: [slow(30_000), quick], fairness: { inFlight: 1 } })
    const client = await createHttpClient(app)
    onTestFinished(() => client.close())
    const cut = new AbortController()
    const hanging = () => fetch(`${client.origin}/api/v1/concerns`, { method: 'POST', signal: cut.signal }).catch(() => 'cut')
    const both = Promise.all([hanging(), hanging()])
    await pause(200)
    cut.abort()
    expect(await both).toEqual(['cut', 'cut'])
    expect((await client.get('/quick')).text).toBe('in')
    expect(unexpected).toEqual([])
  })

  test('who hangs up while waiting no longer counts against those who wait', async () => {
    const client = await createHttpClient(smallApp({ routes: [slow(600)], fairness: { inFlightPerParty: 1, waitingPerParty: 1 } }).app)
    onTestFinished(() => client.close())
    const call = (signal?: AbortSignal) =>
      fetch(`${client.origin}/api/v1/concerns`, { method: 'POST', signal: signal ?? null }).then(
        (response) => response.status,
        () => 'cut',
      )
    const hangingUp = new AbortController()
    const first = call()
    await pause(100)
    const second = call(hangingUp.signal)
    await pause(100)
    hangingUp.abort()
    await pause(100)
    expect(await Promise.all([first, second, call()])).toEqual([200, 'cut', 200])
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
