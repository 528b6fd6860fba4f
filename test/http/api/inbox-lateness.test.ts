import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  readonly sendOn: { readonly reasons: readonly string[]; readonly to: { readonly id: string; readonly role: string } | null } | null
  readonly sentOn: readonly { readonly on: string }[]
  readonly followUp: number | null
  readonly clocks: readonly {
    readonly code: string
    readonly state: string
    readonly firstDueOn: string
    readonly pausedUntil: string | null
  }[]
}
/** Without anybody of staff, whose sessions end as the days go by. */
const raise = () => stage.api.ok<{ token: string }>(201, 'post', '/concerns', { narrative })
const open = (token: string) => stage.api.ok<Inbox>(200, 'post', '/inbox', { token })

describe('POST /inbox/escalation', () => {
  test('is refused while every promise is kept, and sends it on once one is broken', async () => {
    const { token } = await raise()
    expect((await stage.api.refused('too_early', 'post', '/inbox/escalation', { token, reason: 'late' })).status).toBe(409)
    stage.test.clock.advance({ hours: 24 * 7 })
    const late = await open(token)
    expect(late.clocks.find(({ code }) => code === 'T1')).toMatchObject({ state: 'overdue', firstDueOn: '2026-11-26', pausedUntil: null })
    expect(late.sendOn).toMatchObject({ reasons: ['late'], to: { role: 'executive_lead' } })
    const key = { idempotencyKey: randomUUID() }
    const body = { token, reason: 'late', to: late.sendOn!.to!.id, comment: 'Nobody answers.' }
    const first = await stage.api.ok<{ to: { role: string } }>(201, 'post', '/inbox/escalation', body, key)
    expect(first.to.role).toBe('executive_lead')
    expect(await stage.api.ok(201, 'post', '/inbox/escalation', body, key)).toEqual(first)
    const lead = { bearer: await stage.test.signIn('executive') }
    const { items } = await stage.api.ok<{ items: { id: string; mayOpen: boolean }[] }>(200, 'get', '/escalations', undefined, lead)
    expect(items).toMatchObject([{ mayOpen: true }])
    expect(await stage.api.ok(200, 'get', `/concerns/${items[0]!.id}/content`, undefined, lead)).toMatchObject({ narrative, genuine: true })
    await stage.api.ok(201, 'post', '/inbox/escalation', { token, reason: 'late' })
    expect((await stage.api.refused('no_reader_left', 'post', '/inbox/escalation', { token, reason: 'late' })).status).toBe(422)
    expect((await open(token)).sentOn).toHaveLength(2)
  })

  test.each([
    [{}, '/reason', 'required'],
    [{ reason: 'angry' }, '/reason', 'not_an_option'],
    [{ reason: 'late', to: 'Helen' }, '/to', undefined],
    [{ reason: 'late', comment: 'x'.repeat(4_001) }, '/comment', 'too_long'],
    [{ reason: 'late', name: 'Jo' }, '/name', 'unknown_field'],
  ])('refuses %j at its place', async (said, pointer, code) => {
    const { token } = await raise()
    const { errors } = await stage.api.refused('invalid_input', 'post', '/inbox/escalation', { token, ...said })
    expect(errors).toContainEqual(expect.objectContaining({ pointer, ...(code !== undefined && { code }) }))
  })

  test.each(['/inbox/escalation', '/inbox/follow-up'])('%s answers a wrong code like the inbox does', async (path) => {
    const said = path.endsWith('follow-up') ? { months: 3, answer: 'fine' } : { reason: 'late' }
    const blot = (text: string) => text.replaceAll(/request:[\w-]+/g, '…')
    const wrong = await stage.api.send('post', path, { token: '0'.repeat(28), ...said })
    const never = await stage.api.send('post', '/inbox', { token: '0'.repeat(28) })
    expect([wrong.status, blot(wrong.text)]).toEqual([404, blot(never.text)])
  })
})

describe('POST /inbox/follow-up', () => {
  test('is refused before its day and where there is nothing to ask', async () => {
    const { token } = await raise()
    await stage.api.refused('transition_not_allowed', 'post', '/inbox/follow-up', { token, months: 3, answer: 'fine' })
    expect((await open(token)).followUp).toBeNull()
  })

  test.each([
    [{ answer: 'fine' }, '/months'],
    [{ months: 4, answer: 'fine' }, '/months'],
    [{ months: 3, answer: 'so so' }, '/answer'],
    [{ months: 3 }, '/answer'],
  ])('refuses %j at its place', async (said, pointer) => {
    const { token } = await raise()
    const { errors } = await stage.api.refused('invalid_input', 'post', '/inbox/follow-up', { token, ...said })
    expect(errors?.map((fault) => fault.pointer)).toContain(pointer)
  })
})
