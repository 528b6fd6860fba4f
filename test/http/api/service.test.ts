import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

describe('monitoring', () => {
  test('hears that the process is alive and ready', async () => {
    expect(await stage.api.ok(200, 'get', '/healthz')).toEqual({ alive: true })
    expect(await stage.api.ok(200, 'get', '/readyz')).toEqual({ ready: true, reasons: [], warnings: [] })
  })
})

describe('a program', () => {
  test('finds the document, valid and not to be stored', async () => {
    const document = await stage.api.ok(200, 'get', '/openapi.json')
    expect((await new Validator().validate(document)).valid).toBe(true)
  })

  test('finds every address of the document on the service, and no other under /api', async () => {
    const { paths } = await stage.api.ok<{ paths: Record<string, object> }>(200, 'get', '/openapi.json')
    const served = stage.test.routes
      .filter(({ path }) => path.startsWith('/api'))
      .map(({ path }) => path.replaceAll(/[:*]([A-Za-z]+)/g, '{$1}'))
    expect([...new Set(served)].toSorted()).toEqual(
      Object.keys(paths)
        .filter((path) => path.startsWith('/api'))
        .toSorted(),
    )
  })

  test.each(['/api', '/api/v1', '/api/v1/nothing', '/api/v2/concerns', '/api/v1/concerns/'])(
    'is told in JSON that there is nothing at %s',
    async (path) => {
      const answer = await stage.client.api('get', path)
      expect([401, 404]).toContain(answer.status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
    },
  )

  test('of another site is turned away, whatever it sends', async () => {
    const elsewhere = { headers: { 'Sec-Fetch-Site': 'cross-site' } }
    expect(await stage.api.refused('csrf_refused', 'post', '/concerns', { narrative: 'From elsewhere.' }, elsewhere)).toMatchObject({
      status: 403,
    })
  })
})
