import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { narrative, setStage, type Stage } from './stage.ts'

let stage: Stage
let guardian: { readonly bearer: string }
beforeAll(async () => {
  stage = await setStage()
  guardian = await stage.bearerOf('guardian')
})
afterAll(() => stage.close())

describe('what handlers do beside the steps, for a program', () => {
  test('assessments, contacts, private notes and hours keep their contract', async () => {
    const { id } = await stage.raise()
    const { api } = stage
    const assessment = { follows: 0, status: 'may_qualify', belief: { answer: 'yes', reason: 'She was there.' } }
    const kept = { ...guardian, headers: { 'Idempotency-Key': randomUUID() } }
    expect(await api.ok(201, 'post', `/concerns/${id}/assessments`, assessment, kept)).toEqual({ version: 1 })
    expect(await api.ok(201, 'post', `/concerns/${id}/assessments`, assessment, kept)).toEqual({ version: 1 })
    await api.refused('concern_changed', 'post', `/concerns/${id}/assessments`, assessment, guardian)
    const { items } = await api.ok<{ items: object[] }>(200, 'get', `/concerns/${id}/assessments`, undefined, guardian)
    expect(items).toMatchObject([{ version: 1, genuine: true, content: { status: 'may_qualify', belief: { answer: 'yes' } } }])

    const today = stage.test.clock.now().toString().slice(0, 10)
    const contact = { channel: 'video', on: today, minutes: 45 }
    await api.ok(201, 'post', `/concerns/${id}/contacts`, contact, guardian)
    expect(await api.ok(200, 'get', `/concerns/${id}/contacts`, undefined, guardian)).toMatchObject({ minutes: 45 })
    expect(await api.ok(200, 'get', '/time', undefined, guardian)).toEqual({
      items: [{ month: today.slice(0, 7), channel: 'video', contacts: 1, minutes: 45 }],
    })

    await api.ok(201, 'post', `/concerns/${id}/private-notes`, { body: 'Mine.' }, guardian)
    const deputy = await stage.bearerOf('deputy')
    expect(await api.ok(200, 'get', `/concerns/${id}/private-notes`, undefined, guardian)).toMatchObject({ items: [{ body: 'Mine.' }] })
    expect(await api.ok(200, 'get', `/concerns/${id}/private-notes`, undefined, deputy)).toMatchObject({ items: [] })
  })

  test.each([
    [{ minutes: 0 }, '/minutes'],
    [{ minutes: 601 }, '/minutes'],
    [{ minutes: 1.5 }, '/minutes'],
    [{ on: '2026-02-30' }, '/on'],
    [{ on: '2999-01-01' }, '/on'],
    [{ channel: 'pigeon' }, '/channel'],
  ])('a contact with %j is refused where it is wrong', async (wrong, pointer) => {
    const { id } = await stage.raise()
    const contact = { channel: 'call', on: '2026-11-20', minutes: 10, ...wrong }
    const { errors } = await stage.api.refused('invalid_input', 'post', `/concerns/${id}/contacts`, contact, guardian)
    expect(errors?.map((fault) => fault.pointer)).toContain(pointer)
  })

  test('a preview, a summary and a download keep theirs', async () => {
    const { id } = await stage.raise()
    const { api } = stage
    const preview = await api.ok(200, 'post', `/concerns/${id}/messages/preview`, { body: 'Ring 0113 496 0000.' }, guardian)
    expect(preview).toMatchObject({ checks: [{ code: 'phone' }] })
    const summary = await api.ok(200, 'post', `/concerns/${id}/summary`, { preparedFor: 'HR', include: [] }, guardian)
    expect(JSON.stringify(summary)).not.toContain(narrative)
    await api.refused('step_up_required', 'post', `/concerns/${id}/export`, {}, guardian)
    const otp = stage.freshCode('guardian')
    expect(await api.ok(200, 'post', `/concerns/${id}/export`, { otp }, guardian)).toMatchObject({ content: { narrative } })
  })

  test('views are saved, renamed and deleted, and give the queue’s own query', async () => {
    const { api } = stage
    const filter = { status: 'raised', owner: 'none' }
    const { id } = await api.ok<{ id: string }>(201, 'post', '/views', { name: 'Fresh', team: false, filter }, guardian)
    await api.ok(204, 'post', `/views/${id}`, { name: 'Fresh ones' }, guardian)
    expect(await api.ok(200, 'get', '/views', undefined, guardian)).toMatchObject({ items: [{ name: 'Fresh ones', filter, mine: true }] })
    await api.ok(200, 'get', `/concerns?${new URLSearchParams(filter).toString()}`, undefined, guardian)
    await api.ok(204, 'delete', `/views/${id}`, undefined, guardian)
    await api.refused('not_found', 'delete', `/views/${id}`, undefined, guardian)
    await api.refused('invalid_input', 'post', '/views', { name: 'x', team: false, filter: { status: 'ticket' } }, guardian)
  })
})
