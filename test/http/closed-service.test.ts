import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let closed: TestApp['app']

beforeAll(async () => {
  test = await startTestApp()
  const timer = { now: () => 0, wait: async () => {} }
  closed = createApp(test.service, { publicOrigin: test.origin, trustProxy: false, demonstration: false, open: false, timer }).app
})
afterAll(() => test.close())

describe('a service that nobody has set up yet', () => {
  it('takes no concern, and says so to programs', async () => {
    const answer = await request(closed).post('/api/v1/concerns').send({ narrative: 'Is anybody there?' })
    expect(answer.status).toBe(503)
    expect(answer.type).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ code: 'not_set_up' })
  })

  it.each(['/', '/s/1', '/sign-in', '/concerns', '/api/v1/readers'])('keeps %s closed', async (path) => {
    expect((await request(closed).get(path)).status).toBe(503)
  })

  it('still says that it is alive, and whether it could serve', async () => {
    expect((await request(closed).get('/healthz')).body).toEqual({ alive: true })
    expect((await request(closed).get('/readyz')).body).toEqual({ ready: true, reasons: [], warnings: [] })
  })
})

describe('every answer of an open service', () => {
  it.each(['/', '/sign-in', '/api/v1/readers', '/nowhere', '/healthz'])(
    'to %s is stored nowhere, runs no script and names no server',
    async (path) => {
      const { headers } = await request(test.app).get(path)
      expect(headers['cache-control']).toBe('no-store, no-transform')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe/)
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['etag'] ?? headers['x-powered-by'] ?? headers['server'] ?? headers['set-cookie']).toBeUndefined()
    },
  )

  it.each([
    ['delete', '/api/v1/readers', 405],
    ['get', '/api/v1/concerns/not-an-id', 401],
    ['get', '/api/v1/nothing-here', 404],
  ] as const)('to %s %s is %i as a problem', async (method, path, status) => {
    const answer = await request(test.app)[method](path)
    expect([answer.status, answer.type]).toEqual([status, 'application/problem+json'])
  })

  it('to a body of ten megabytes is a refusal, and the service goes on', async () => {
    const answer = await request(test.app)
      .post('/api/v1/concerns')
      .set('content-type', 'application/json')
      .send(`{"narrative":"${'x'.repeat(10_000_000)}"}`)
      .catch((error: { code?: string }) => ({ status: error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 413 : 0 }))
    expect(answer.status).toBe(413)
    expect((await request(test.app).get('/healthz')).status).toBe(200)
  })
})
