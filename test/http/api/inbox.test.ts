import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Timer } from '../../../src/http/index.ts'
import { startTestApp } from '../../support/app.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
let token: string
let id: string
beforeAll(async () => {
  stage = await setStage()
  ;({ token, id } = await stage.raise())
})
afterAll(() => stage.close())

interface Inbox {
  readonly stage: string
  readonly status: string
  readonly narrative: string
  readonly messages: readonly { readonly from: string; readonly body: string; readonly sentOn: string }[]
  readonly clocks: readonly object[]
  readonly allowedActions: readonly string[]
}
const groupsOf = (code: string): string[] => code.match(/.{4}/g)!
const open = (typed: string) => stage.api.ok<Inbox>(200, 'post', '/inbox', { token: typed })

describe('the inbox', () => {
  test('shows stage, clock and what was sent', async () => {
    const inbox = await open(token)
    expect(inbox).toMatchObject({ stage: 'raised', status: 'raised', narrative, messages: [], files: [], questions: [], outcome: null })
    expect(inbox.allowedActions).toEqual(
      expect.arrayContaining(['write', 'say_more', 'give_feedback', 'report_detriment', 'replace_token']),
    )
    expect(inbox.clocks).toMatchObject([{ code: 'T1', dueOn: '2026-11-26', state: 'running', force: 'LOCAL' }])
  })

  test.each([
    ['in small letters', (code: string) => code.toLowerCase()],
    ['with hyphens between the groups', (code: string) => groupsOf(code).join('-')],
    [
      'over two lines, numbered',
      (code: string) =>
        groupsOf(code)
          .map((group, at) => `${at + 1}. ${group}`)
          .join('\n'),
    ],
    ['with O for 0 and l for 1', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('opens with the code %s', async (_how, spell) => {
    expect((await open(spell(token))).narrative).toBe(narrative)
  })

  test('carries messages both ways, by date alone', async () => {
    await stage.api.ok(201, 'post', '/inbox/messages', { token, body: 'Is anybody there?' })
    await stage.api.ok(201, 'post', `/concerns/${id}/messages`, { body: 'Yes. I am reading it now.' }, await stage.bearerOf('guardian'))
    const { messages } = await open(token)
    expect(messages).toMatchObject([
      { from: 'reporter', author: null, body: 'Is anybody there?', sentOn: '2026-11-24', genuine: true },
      { from: 'staff', author: 'Grace Okafor', body: 'Yes. I am reading it now.', sentOn: '2026-11-24', genuine: true },
    ])
  })

  test('takes the same message once, however often it is sent with one key', async () => {
    const options = { idempotencyKey: randomUUID() }
    const first = await stage.api.ok(201, 'post', '/inbox/messages', { token, body: 'Once only.' }, options)
    expect(await stage.api.ok(201, 'post', '/inbox/messages', { token, body: 'Once only.' }, options)).toEqual(first)
    await stage.api.refused('idempotency_key_reused', 'post', '/inbox/messages', { token, body: 'Something else.' }, options)
    expect((await open(token)).messages.filter(({ body }) => body === 'Once only.')).toHaveLength(1)
  })

  test('refuses an empty message, and says where', async () => {
    const { errors } = await stage.api.refused('invalid_input', 'post', '/inbox/messages', { token, body: ' ' })
    expect(errors).toMatchObject([{ pointer: '/body', code: 'required' }])
  })
})

describe('a code that does not open', () => {
  test.each([0, 2, 6])('because of a typing error is answered with the group it is in (group %i)', async (at) => {
    const groups = groupsOf(token)
    const wrong = groups[at]!.startsWith('X') ? 'Y' : 'X'
    groups[at] = `${wrong}${groups[at]!.slice(1)}`
    const { status, errors } = await stage.api.refused('token_mistyped', 'post', '/inbox', { token: groups.join('-') })
    expect(status).toBe(422)
    expect(errors?.map((fault) => fault.pointer)).toContain('/token')
    expect(errors?.map((fault) => fault.code)).toContain(`group_${at + 1}`)
  })

  test('because it is too short says so, too', async () => {
    const { errors = [] } = await stage.api.refused('token_mistyped', 'post', '/inbox', { token: token.slice(0, 20) })
    expect(errors.length).toBeGreaterThan(0)
  })

  test('because nobody knows it is 404, in the same bytes each time but for the name of the request', async () => {
    const unknown = ['0000-0000-0000-0000-0000-0000-0000']
    const [first, second] = await Promise.all([...unknown, ...unknown].map((code) => stage.api.send('post', '/inbox', { token: code })))
    expect(first!.status).toBe(404)
    expect(first!.json()).toMatchObject({ code: 'token_not_recognised' })
    expect(first!.text.length).toBe(second!.text.length)
  })

  test('is never in an address', async () => {
    await stage.api.refused('invalid_input', 'post', `/inbox?token=${token}`, { token })
    expect((await stage.client.api('get', `/api/v1/inbox/${token}`)).status).toBe(404)
  })

  test('is refused with a staff token beside it', async () => {
    expect(await stage.api.refused('permission_denied', 'post', '/inbox', { token }, await stage.bearerOf('guardian'))).toMatchObject({
      status: 403,
    })
  })
})

test('every call that bears a code waits for the tick, hit and miss alike', async () => {
  const waits: number[] = []
  let now = 0
  const timer: Timer = {
    now: () => (now += 7),
    wait: async (milliseconds) => void waits.push(milliseconds),
  }
  const ticking = await startTestApp({ timer })
  const client = await createHttpClient(ticking.app)
  try {
    const { token: code } = (await client.api('post', '/api/v1/concerns', { narrative })).json<{ token: string }>()
    expect(waits).toHaveLength(0)
    for (const [path, body] of [
      ['/inbox', { token: code }],
      ['/inbox', { token: 'nonsense' }],
      ['/inbox', { token: '0000-0000-0000-0000-0000-0000-0000' }],
      ['/inbox/messages', { token: code, body: 'Hello.' }],
    ] as const) {
      waits.length = 0
      await client.api('post', `/api/v1${path}`, body)
      expect(waits).toHaveLength(1)
      expect(waits[0]).toBeGreaterThan(0)
    }
  } finally {
    await client.close()
    await ticking.close()
  }
})
