import { describe, expect, test } from 'vitest'
import { createSignInDelays } from '../../../src/accounts/sign-in-delays.ts'
import { Refusal, systemRandom } from '../../../src/kernel/index.ts'

function startDelays() {
  let now = Temporal.Instant.from('2026-11-23T09:00:00Z')
  const delays = createSignInDelays({ now: () => now }, systemRandom)
  const wait = (seconds: number) => {
    now = now.add({ seconds })
  }
  /** Seconds one has to wait before a try, 0 where it is let in. The try counts as failed. */
  const fail = (email: string, from = 'here'): number => {
    try {
      delays.begin(email, from)
      return 0
    } catch (error) {
      if (error instanceof Refusal && error.code === 'sign_in_delayed') return error.retryAfterSeconds ?? -1
      throw error
    }
  }
  return { delays, wait, fail }
}

describe('the delay grows with failures in a row', () => {
  test('two are free, then 1, 2, 4, 8, 16 and never more than 30 seconds', () => {
    const { fail, wait } = startDelays()
    const waits: number[] = []
    for (let failures = 0; failures < 12; failures += 1) {
      const asked = fail('a@x.test')
      waits.push(asked)
      if (asked === 0) continue
      wait(asked)
      expect(fail('a@x.test')).toBe(0)
    }
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30, 30])
  })

  test('trying too early neither counts nor makes the wait longer: a stranger who hammers keeps nobody out for more than 30 seconds', () => {
    const { fail, wait } = startDelays()
    for (let failures = 0; failures < 9; failures += 1) wait(fail('a@x.test') || 30)
    fail('a@x.test')
    expect(fail('a@x.test')).toBe(30)
    for (let hammering = 0; hammering < 1000; hammering += 1) fail('a@x.test')
    wait(29)
    expect(fail('a@x.test')).toBe(1)
    wait(1)
    expect(fail('a@x.test')).toBe(0)
  })

  test('a stranger who keeps trying from elsewhere delays nobody but themselves', () => {
    const { fail } = startDelays()
    for (let tries = 0; tries < 12; tries += 1) fail('a@x.test', 'elsewhere')
    expect(fail('a@x.test', 'elsewhere')).toBeGreaterThan(0)
    expect(fail('a@x.test', 'here')).toBe(0)
  })

  test('signing in forgets the failures', () => {
    const { delays, fail, wait } = startDelays()
    fail('a@x.test')
    fail('a@x.test')
    fail('a@x.test')
    wait(1)
    delays.begin('a@x.test', 'here').succeeded()
    expect([fail('a@x.test'), fail('a@x.test'), fail('a@x.test'), fail('a@x.test')]).toEqual([0, 0, 0, 1])
  })

  test('a try that was not the person’s fault does not count', () => {
    const { delays, fail } = startDelays()
    for (let tries = 0; tries < 20; tries += 1) delays.begin('a@x.test', 'here').withdraw()
    expect(fail('a@x.test')).toBe(0)
  })

  test('many at once do not all get in', () => {
    const { fail } = startDelays()
    const letIn = Array.from({ length: 50 }, () => fail('a@x.test')).filter((asked) => asked === 0)
    expect(letIn).toHaveLength(3)
  })

  test('half an hour later they are forgotten', () => {
    const { fail, wait } = startDelays()
    for (let failures = 0; failures < 5; failures += 1) wait(fail('a@x.test') || 30)
    wait(1801)
    expect([fail('a@x.test'), fail('a@x.test'), fail('a@x.test')]).toEqual([0, 0, 0])
  })
})

test('one name’s failures say nothing about another', () => {
  const { fail } = startDelays()
  for (let failures = 0; failures < 5; failures += 1) fail('a@x.test')
  expect(fail('b@x.test')).toBe(0)
})

test('ten thousand names fill the memory for it and no more: the one untouched for longest is forgotten', () => {
  const { fail } = startDelays()
  for (const email of ['a@x.test', 'b@x.test']) while (fail(email) === 0);
  for (let names = 0; names < 9_998; names += 1) fail(`${names}@x.test`)
  expect(fail('a@x.test')).toBe(1)
  fail('one more')
  expect([fail('b@x.test'), fail('a@x.test')]).toEqual([1, 0])
})
