import { describe, expect, onTestFinished, test } from 'vitest'
import { anyone, type Route } from '../../../src/http/index.ts'
import { invalid, Refusal } from '../../../src/kernel/index.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { smallApp } from './small-app.ts'

const thrown = (path: string, error: unknown): Route => ({
  method: 'get',
  path,
  policy: anyone,
  handle: () => {
    throw error
  },
})

async function serve(...routes: readonly Route[]) {
  const small = smallApp({ routes })
  const client = await createHttpClient(small.app)
  onTestFinished(() => client.close())
  return { ...small, client }
}

describe('an error', () => {
  test('is problem+json under /api, with a code, a title, a detail and the name of the request', async () => {
    const { client } = await serve(thrown('/api/v1/concern', new Refusal('concern_changed')))
    const answer = await client.api('get', '/api/v1/concern')
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toEqual({
      type: 'urn:forthright:problem:concern_changed',
      title: 'Someone changed this concern first',
      status: 409,
      detail: expect.any(String),
      instance: expect.stringMatching(/^urn:forthright:request:[\w-]{16}$/),
      code: 'concern_changed',
    })
  })

  test('is a page elsewhere', async () => {
    const { client } = await serve(thrown('/concern', new Refusal('concern_changed')))
    const answer = await client.get('/concern')
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.page.title).toBe('Someone changed this concern first')
  })

  test('of input says where each fault is', async () => {
    const { client } = await serve(thrown('/api/x', invalid('/narrative', 'required', 'Tell us what happened')))
    const answer = await client.api('get', '/api/x')
    expect(answer.status).toBe(422)
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/narrative', code: 'required', detail: 'Tell us what happened' }] })
  })

  test('that asks for patience says for how long, rounded up', async () => {
    const { client } = await serve(
      thrown('/api/delayed', new Refusal('sign_in_delayed', { retryAfterSeconds: 12.2 })),
      thrown('/api/busy', new Refusal('overloaded')),
    )
    expect((await client.api('get', '/api/delayed')).headers.get('retry-after')).toBe('13')
    expect(Number((await client.api('get', '/api/busy')).headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('that wants a sign-in names the scheme to an API client', async () => {
    const { client } = await serve(thrown('/api/x', new Refusal('session_required')))
    expect((await client.api('get', '/api/x')).headers.get('www-authenticate')).toBe('Bearer')
  })

  test('nobody expected is internal_error, and its words reach neither the answer nor the log', async () => {
    const { client, logged, unexpected } = await serve(thrown('/api/x', new Error('Bed 4 on Nightingale ward')))
    const answer = await client.api('get', '/api/x')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('Nightingale')
    expect(logged).toEqual([['request_failed', { code: 'internal_error', requestId: expect.stringMatching(/^[\w-]{16}$/) }]])
    expect(answer.json<{ instance: string }>().instance).toBe(
      `urn:forthright:request:${(logged[0]![1] as { requestId: string }).requestId}`,
    )
    expect(unexpected).toEqual([new Error('Bed 4 on Nightingale ward')])
  })

  test('that a person makes leaves no log line: its time would date the act', async () => {
    const { client, logged } = await serve(
      thrown('/s/4', invalid('/narrative', 'required', 'Tell us what happened')),
      thrown('/inbox', new Refusal('token_not_recognised')),
    )
    await client.get('/s/4')
    await client.get('/inbox')
    await client.get('/nowhere')
    expect(logged).toEqual([])
  })

  test('is not found where no route is, and where the address is broken', async () => {
    const { client } = await serve()
    expect((await client.get('/nowhere')).status).toBe(404)
    expect((await client.api('get', '/api/v1/nowhere')).json()).toMatchObject({ code: 'not_found' })
    expect((await client.get('/%E0%A4%A')).status).toBe(404)
  })
})
