import { describe, expect, onTestFinished, test } from 'vitest'
import { anyone, clearCookie, readCookie, setCookie, type Route } from '../../../src/http/index.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { ourOrigin, smallApp } from './small-app.ts'

const page: Route = { method: 'get', path: '/x', policy: anyone, handle: (_request, response) => void response.send('a page') }

async function serve(routes: readonly Route[], origin = ourOrigin) {
  const client = await createHttpClient(smallApp({ routes, origin }).app)
  onTestFinished(() => client.close())
  return client
}

describe('every answer', () => {
  test('allows no script, no frame, no other host, and keeps no copy', async () => {
    const { headers } = await (await serve([page])).get('/x')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';style-src 'self';img-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
    )
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store, no-transform')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('permissions-policy')).toMatch(/\bcamera=\(\), .*geolocation=\(\), .*microphone=\(\)/)
  })

  test('names neither the software nor a version of the page', async () => {
    const { headers } = await (await serve([page])).get('/x')
    expect([headers.get('x-powered-by'), headers.get('etag'), headers.get('server')]).toEqual([null, null, null])
  })

  test('has the same headers when it is an error', async () => {
    const client = await serve([page])
    const good = await client.get('/x')
    const missing = await client.get('/nowhere')
    const names = (headers: Headers): readonly string[] => [...headers.keys()].filter((name) => name !== 'content-length')
    expect(names(missing.headers)).toEqual(names(good.headers))
  })

  test('asks the browser to stay on https only where we are on https', async () => {
    expect((await (await serve([page])).get('/x')).headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect((await (await serve([page], 'http://localhost:3000')).get('/x')).headers.get('strict-transport-security')).toBeNull()
  })
})

describe('a cookie', () => {
  const cookies: readonly Route[] = [
    {
      method: 'get',
      path: '/set',
      policy: anyone,
      handle: (_request, response) => (setCookie(response, 'draft', 'k3y+/='), void response.end()),
    },
    {
      method: 'get',
      path: '/clear',
      policy: anyone,
      handle: (_request, response) => (clearCookie(response, 'draft'), void response.end()),
    },
    {
      method: 'get',
      path: '/read',
      policy: anyone,
      handle: (request, response) => void response.json(readCookie(request, 'draft') ?? null),
    },
  ]

  test('is for this host alone, unreadable by scripts, never sent across sites, and dies with the browser', async () => {
    const client = await serve(cookies)
    const [line] = (await client.get('/set')).headers.getSetCookie()
    const [pair, ...attributes] = line!.split('; ')
    expect(pair).toMatch(/^__Host-draft=/)
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
  })

  test('comes back as it was set, and is gone once cleared', async () => {
    const client = await serve(cookies)
    expect((await client.get('/read')).json()).toBeNull()
    await client.get('/set')
    expect((await client.get('/read')).json()).toBe('k3y+/=')
    await client.get('/clear')
    expect(client.cookies.size).toBe(0)
  })

  test('without the prefix is not ours: another host of the same domain could have set it', async () => {
    const client = await serve(cookies)
    expect((await client.get('/read', { headers: { Cookie: 'draft=planted' } })).json()).toBeNull()
  })
})
