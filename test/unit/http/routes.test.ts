import { describe, expect, onTestFinished, test } from 'vitest'
import { anyone, checkRoutes, factsOf, laneOf, pathText, redirect, reporterOnly, staffOnly, type Route } from '../../../src/http/index.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { smallApp } from './small-app.ts'

const route = (given: Partial<Route>): Route => ({
  method: 'get',
  path: '/x',
  policy: anyone,
  handle: (_request, response) => void response.send('ok'),
  ...given,
})

async function serve(...routes: readonly Route[]) {
  const client = await createHttpClient(smallApp({ routes }).app)
  onTestFinished(() => client.close())
  return client
}

describe('the route table', () => {
  test('stops start-up where a route has no policy', () => {
    const forgotten = { ...route({ path: '/admin/people' }), policy: undefined } as unknown as Route
    expect(() => checkRoutes([route({}), forgotten])).toThrow('route without a policy: GET /admin/people')
  })

  test('stops start-up where a policy is of no known kind', () => {
    expect(() => checkRoutes([route({ policy: { kind: 'staf' } as never })])).toThrow('route without a policy')
  })

  test('stops start-up where two routes answer the same call, whatever they call its parameter', () => {
    const twice = [route({ path: '/concerns/:id/notes' }), route({ path: '/concerns/:concern/notes' })]
    expect(() => checkRoutes(twice)).toThrow('route defined twice')
    expect(() => checkRoutes([route({}), route({ method: 'post' })])).not.toThrow()
  })

  test('stops start-up where a path begins with a parameter, since no address would find it', () => {
    for (const path of ['/:id', '/:id/notes', '/*rest', '/api/v1/:id', '/{static}'])
      expect(() => checkRoutes([route({ path })])).toThrow(`route without a word to find it by: GET ${path}`)
    expect(() => checkRoutes([route({ path: '/' }), route({ path: '/x/:id' }), route({ path: '/api/v1/x/:id' })])).not.toThrow()
  })

  test('finds a path whatever its case and with a slash at its end, and nothing else that begins alike', async () => {
    const client = await serve(
      route({ path: '/' }),
      route({ path: '/x/:id' }),
      route({ path: '/api/v1/x' }),
      route({ path: '/api/v1/y/:id' }),
    )
    for (const path of ['/', '/x/1', '/X/1/', '/api/v1/x', '/API/v1/X/', '/api/v1/y/2?z=1'])
      expect([path, (await client.get(path)).status]).toEqual([path, 200])
    for (const path of ['/x', '/xx/1', '/x/1/2', '/api', '/api/v1', '/api/v1/y', '/api/v1/x/1', '/api/v1/z', '/constructor', '/y/2'])
      expect([path, (await client.get(path)).status]).toEqual([path, 404])
  })

  test('puts a route in the lane of its policy unless it names another', () => {
    expect([route({}), route({ policy: reporterOnly }), route({ policy: staffOnly() }), route({ lane: 'sign_in' })].map(laneOf)).toEqual([
      'public',
      'reporter',
      'staff',
      'sign_in',
    ])
  })

  test('answers another method with 405 and says which are allowed', async () => {
    const client = await serve(route({ path: '/api/v1/inbox', method: 'post', policy: reporterOnly }), route({ path: '/api/v1/readers' }))
    const answer = await client.api('delete', '/api/v1/inbox')
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
    expect(answer.json()).toMatchObject({ code: 'method_not_allowed' })
    expect((await client.api('post', '/api/v1/readers')).headers.get('allow')).toBe('GET, HEAD')
  })

  test('keeps calls with a bearer apart from those without one at the same address, and never hides them', async () => {
    const mine = route({
      path: '/api/v1/c',
      method: 'post',
      policy: reporterOnly,
      handle: (_request, response) => void response.send('anybody'),
    })
    const theirs = route({
      ...mine,
      forBearer: true,
      policy: staffOnly('guardian'),
      handle: (_request, response) => void response.send('staff'),
    })
    expect(() => checkRoutes([theirs, mine])).not.toThrow()
    expect(() => checkRoutes([mine, theirs])).toThrow('route hidden by the one before it')
    expect(() => checkRoutes([theirs, theirs])).toThrow('route defined twice')
    const client = await serve(theirs, mine)
    expect((await client.api('post', '/api/v1/c', {})).text).toBe('anybody')
    expect((await client.api('post', '/api/v1/c', {}, { bearer: 'x' })).text).toBe('staff')
    expect((await client.api('get', '/api/v1/c')).status).toBe(405)
  })

  test('lets a handler see the policy of its route and the parameters of its path', async () => {
    const client = await serve(
      route({
        path: '/c/:id',
        policy: reporterOnly,
        handle: (request, response) => void response.json([factsOf(response).policy, pathText(request, 'id'), pathText(request, 'no')]),
      }),
    )
    expect((await client.get('/c/7')).json()).toEqual([{ kind: 'reporter' }, '7', ''])
  })
})

describe('a redirect', () => {
  test('is 303, so that reload and Back do not send the form again', async () => {
    const client = await serve(route({ handle: (_request, response) => redirect(response, '/s/2') }))
    const answer = await client.get('/x')
    expect([answer.status, answer.location]).toEqual([303, '/s/2'])
  })

  test.each(['https://elsewhere.example/', '//elsewhere.example/', 'javascript:alert(1)'])(
    'never leads to another host: %s',
    async (target) => {
      const client = await serve(route({ handle: (_request, response) => redirect(response, target) }))
      const answer = await client.get('/x')
      expect([answer.status, answer.location]).toEqual([500, null])
    },
  )
})
