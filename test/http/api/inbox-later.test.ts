import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Timer } from '../../../src/http/index.ts'
import { startTestApp } from '../../support/app.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

interface Inbox {
  readonly allowedActions: readonly string[]
  readonly newCodeFirst: boolean
  readonly openness: string
  readonly questions: readonly string[]
  readonly detriment: readonly { readonly id: string; readonly status: string }[]
  readonly nextDates: readonly object[]
}
const open = (token: string) => stage.api.ok<Inbox>(200, 'post', '/inbox', { token })

describe('POST /inbox/identity', () => {
  test('goes towards open and says how the person is known', async () => {
    const { token, id } = await stage.raise()
    expect(await stage.api.ok(200, 'post', '/inbox/identity', { token, openness: 'confidential', name: 'Jo' })).toEqual({
      openness: 'confidential',
    })
    expect((await open(token)).openness).toBe('confidential')
    const { identity } = await stage.api.ok<{ identity: unknown }>(
      200,
      'get',
      `/concerns/${id}/content`,
      undefined,
      await stage.bearerOf('guardian'),
    )
    expect(identity).toBeNull()
  })

  test.each([
    [{ openness: 'anonymous', name: 'Jo' }, '/openness', 'only_towards_open'],
    [{ openness: 'open' }, '/name', 'required'],
    [{ openness: 'secret', name: 'Jo' }, '/openness', 'not_an_option'],
    [{ openness: 'open', name: 'x'.repeat(201) }, '/name', 'too_long'],
  ])('refuses %j at its place, and keeps nothing', async (said, pointer, code) => {
    const { token } = await stage.raise()
    const { errors } = await stage.api.refused('invalid_input', 'post', '/inbox/identity', { token, ...said })
    expect(errors).toMatchObject([{ pointer, code }])
    expect((await open(token)).openness).toBe('anonymous')
  })
})

describe('POST /inbox/token', () => {
  test('gives a new code and the old one becomes like one that never was', async () => {
    const { token } = await stage.raise()
    const { token: fresh } = await stage.api.ok<{ token: string }>(200, 'post', '/inbox/token', { token })
    const old = await stage.api.send('post', '/inbox', { token })
    const never = await stage.api.send('post', '/inbox', { token: '0'.repeat(28) })
    const blot = (text: string) => text.replaceAll(/request:[\w-]+/g, '…')
    expect([old.status, blot(old.text)]).toEqual([404, blot(never.text)])
    expect((await open(fresh)).allowedActions).toContain('replace_token')
  })

  test('gives the same code again for the same key, though the old code is dead by then', async () => {
    const { token } = await stage.raise()
    const key = { idempotencyKey: randomUUID() }
    const first = await stage.api.ok(200, 'post', '/inbox/token', { token }, key)
    expect(await stage.api.ok(200, 'post', '/inbox/token', { token }, key)).toEqual(first)
    await stage.api.refused('token_not_recognised', 'post', '/inbox/token', { token }, { idempotencyKey: randomUUID() })
    await stage.api.refused('idempotency_key_reused', 'post', '/inbox/token', { token: '0'.repeat(28) }, key)
    await stage.api.refused('idempotency_key_weak', 'post', '/inbox/token', { token }, { idempotencyKey: '1234' })
  })
})

describe('POST /inbox/feedback', () => {
  test('is taken once', async () => {
    const { token } = await stage.raise()
    await stage.api.ok(201, 'post', '/inbox/feedback', { token, speakUpAgain: 'dont_know', comment: 'It took long.' })
    expect((await stage.api.refused('transition_not_allowed', 'post', '/inbox/feedback', { token, speakUpAgain: 'no' })).status).toBe(409)
  })

  test.each([
    [{}, '/speakUpAgain', 'required'],
    [{ speakUpAgain: 'perhaps' }, '/speakUpAgain', 'not_an_option'],
    [{ speakUpAgain: 'yes', comment: ' ' }, '/comment', 'required'],
    [{ speakUpAgain: 'yes', name: 'Jo' }, '/name', 'unknown_field'],
  ])('refuses %j at its place', async (said, pointer, code) => {
    const { token } = await stage.raise()
    const { errors } = await stage.api.refused('invalid_input', 'post', '/inbox/feedback', { token, ...said })
    expect(errors?.map((fault) => [fault.pointer, fault.code])).toContainEqual([pointer, code])
  })
})

describe('bad treatment', () => {
  const said = { kinds: ['duties_changed', 'other'], description: 'My nights were taken away.' }

  test('is reported, worked on step by step, seen by its writer and by the leads as a bare fact', async () => {
    const { token, id } = await stage.raise()
    const guardian = await stage.bearerOf('guardian')
    const { id: report } = await stage.api.ok<{ id: string }>(201, 'post', '/inbox/detriment', { token, ...said })
    expect((await open(token)).detriment).toMatchObject([{ id: report, status: 'reported' }])

    const lead = await stage.bearerOf('executive')
    const { items } = await stage.api.ok<{ items: { reference: string }[] }>(200, 'get', '/detriment', undefined, lead)
    const { reference } = await stage.api.ok<{ reference: string }>(200, 'get', `/concerns/${id}`, undefined, guardian)
    expect(items).toContainEqual({ reference, reportedOn: '2026-11-24' })

    const at = `/concerns/${id}/detriment`
    await stage.api.refused(
      'transition_not_allowed',
      'post',
      `${at}/plan`,
      { report, plan: 'Days again.', reviewOn: ['2027-01-04'] },
      guardian,
    )
    await stage.api.ok(201, 'post', `${at}/risk`, { report, riskGrade: 'high', note: 'Alone.' }, guardian)
    await stage.api.ok(201, 'post', `${at}/plan`, { report, plan: 'Days again.', reviewOn: ['2027-01-04', '2027-01-04'] }, guardian)
    await stage.api.ok(201, 'post', `${at}/review`, { report, reviewFor: '2027-01-04', finding: 'stopped', note: 'Asked.' }, guardian)
    await stage.api.ok(201, 'post', `${at}/closure`, { report, reasonCode: 'resolved', note: 'Agreed.' }, guardian)
    const { reports } = await stage.api.ok<{ reports: { status: string; work: { kind: string }[] }[] }>(200, 'get', at, undefined, guardian)
    expect(reports).toMatchObject([{ status: 'closed', reviews: [{ dueOn: '2027-01-04', done: true }] }])
    expect(reports[0]!.work.map(({ kind }) => kind)).toEqual(['detriment_risk', 'detriment_plan', 'detriment_review', 'detriment_closure'])
    expect((await open(token)).detriment).toMatchObject([{ status: 'closed' }])
  })

  test.each([
    [{ description: 'Moved.' }, '/kinds', 'required'],
    [{ kinds: [], description: 'Moved.' }, '/kinds', 'too_few'],
    [{ kinds: ['sad'], description: 'Moved.' }, '/kinds/0', 'not_an_option'],
    [{ kinds: ['moved'] }, '/description', 'required'],
    [{ kinds: ['moved'], description: 'x'.repeat(10_001) }, '/description', 'too_long'],
  ])('is refused where %j, and nothing is marked', async (given, pointer, code) => {
    const { token } = await stage.raise()
    const { errors } = await stage.api.refused('invalid_input', 'post', '/inbox/detriment', { token, ...given })
    expect(errors?.map((fault) => [fault.pointer, fault.code])).toContainEqual([pointer, code])
    expect((await open(token)).detriment).toEqual([])
  })

  test('is not the list of guardians, and not the page of investigators', async () => {
    await stage.api.refused('permission_denied', 'get', '/detriment', undefined, await stage.bearerOf('guardian'))
    const { id } = await stage.raise()
    await stage.api.refused('permission_denied', 'get', `/concerns/${id}/detriment`, undefined, await stage.bearerOf('investigator'))
  })
})

describe('a question', () => {
  test('is named in the inbox until it is answered', async () => {
    const { token, id } = await stage.raise()
    const guardian = await stage.bearerOf('guardian')
    const asked = await stage.api.ok<{ id: string }>(
      201,
      'post',
      `/concerns/${id}/messages`,
      { body: 'Which ward?', question: true },
      guardian,
    )
    expect((await open(token)).questions).toEqual([asked.id])
    await stage.api.ok(201, 'post', '/inbox/messages', { token, body: 'The third.', answers: asked.id })
    expect((await open(token)).questions).toEqual([])
    const again = await stage.api.refused('invalid_input', 'post', '/inbox/messages', { token, body: 'Again.', answers: asked.id })
    expect(again.errors).toMatchObject([{ pointer: '/answers', code: 'not_a_question' }])
    const never = await stage.api.refused('invalid_input', 'post', '/inbox/messages', { token, body: 'Again.', answers: 'none' })
    expect(never.errors).toMatchObject([{ pointer: '/answers', code: 'not_a_question' }])
  })
})

test('every later call that bears a code waits for the tick, hit and miss alike', async () => {
  const waits: number[] = []
  let now = 0
  const timer: Timer = { now: () => (now += 7), wait: async (milliseconds) => void waits.push(milliseconds) }
  const ticking = await startTestApp({ timer })
  const client = await createHttpClient(ticking.app)
  try {
    const { token } = (await client.api('post', '/api/v1/concerns', { narrative })).json<{ token: string }>()
    const bodies = {
      '/inbox/identity': { openness: 'open', name: 'Jo' },
      '/inbox/feedback': { speakUpAgain: 'yes' },
      '/inbox/detriment': { kinds: ['moved'], description: 'Moved.' },
      '/inbox/token': {},
    }
    for (const [path, body] of Object.entries(bodies)) {
      for (const code of ['nonsense', '0'.repeat(28), token]) {
        waits.length = 0
        await client.api('post', `/api/v1${path}`, { token: code, ...body })
        expect([path, waits.length, (waits[0] ?? 0) > 0]).toEqual([path, 1, true])
      }
    }
  } finally {
    await client.close()
    await ticking.close()
  }
})
