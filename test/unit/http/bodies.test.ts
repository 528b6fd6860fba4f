import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { anyone, bodyLimit, formFields, queryFields, type Route } from '../../../src/http/index.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { ourOrigin, smallApp } from './small-app.ts'

const routes: readonly Route[] = [
  { method: 'post', path: '/api/json', policy: anyone, body: 'json', handle: (request, response) => void response.json(request.body) },
  {
    method: 'post',
    path: '/form',
    policy: anyone,
    body: 'form',
    handle: (request, response) => {
      const form = formFields(request)
      response.json({
        one: form.one('a'),
        many: form.many('a'),
        has: form.has('a'),
        prototype: form.one('__proto__'),
        polluted: Reflect.get({}, 'admin') ?? null,
      })
    },
  },
  {
    method: 'post',
    path: '/api/upload',
    policy: anyone,
    body: 'upload',
    handle: (request, response) => {
      const form = formFields(request)
      response.json({ note: form.one('note'), many: form.many('a'), file: form.one('file'), all: JSON.stringify(request.body) })
    },
  },
  { method: 'post', path: '/api/none', policy: anyone, handle: (request, response) => void response.json(request.body ?? null) },
  { method: 'get', path: '/query', policy: anyone, handle: (request, response) => void response.json(queryFields(request).many('status')) },
]

async function serve() {
  const small = smallApp({ routes })
  const client = await createHttpClient(small.app)
  onTestFinished(() => client.close())
  return { ...small, client }
}

async function postRaw(
  origin: string,
  path: string,
  type: string | null,
  body: string | Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
) {
  const headers = { Origin: ourOrigin, ...(type === null ? {} : { 'Content-Type': type }), ...more }
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body })
  return { status: response.status, body: (await response.json()) as { code?: string } }
}

describe('a JSON body', () => {
  test('arrives as it was sent', async () => {
    const { client } = await serve()
    expect((await client.api('post', '/api/json', { narrative: 'Ünï\n💙' })).json()).toEqual({ narrative: 'Ünï\n💙' })
  })

  test.each(['{"a":', '"only text"', '12', '{"__proto__":{"admin":true}}', '{"a":{"\\u005f_proto__":1}}'])(
    'that is broken or poisoned is 400: %s',
    async (text) => {
      const { client } = await serve()
      expect(await postRaw(client.origin, '/api/json', 'application/json', text)).toMatchObject({
        status: 400,
        body: { code: 'malformed_body' },
      })
    },
  )

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x', null])(
    'of type %s is 415',
    async (type) => {
      const { client } = await serve()
      expect(await postRaw(client.origin, '/api/json', type, Buffer.from('{}'))).toMatchObject({
        status: 415,
        body: { code: 'unsupported_media_type' },
      })
    },
  )

  test('in another charset, or compressed, is 415', async () => {
    const { client } = await serve()
    expect(await postRaw(client.origin, '/api/json', 'application/json; charset=latin1', '{}')).toMatchObject({ status: 415 })
    expect(await postRaw(client.origin, '/api/json', 'application/json', gzipSync('{}'), { 'Content-Encoding': 'gzip' })).toMatchObject({
      status: 415,
    })
  })

  test('of 512 KiB is read, one of a byte more is 413, and so is one of 10 MB', async () => {
    const { client } = await serve()
    const exactly = (size: number): string => `{"a":"${'x'.repeat(size - 8)}"}`
    expect(await postRaw(client.origin, '/api/json', 'application/json', exactly(bodyLimit))).toMatchObject({ status: 200 })
    for (const size of [bodyLimit + 1, 10_000_000]) {
      expect(await postRaw(client.origin, '/api/json', 'application/json', exactly(size))).toMatchObject({
        status: 413,
        body: { code: 'body_too_large' },
      })
    }
  })

  test('may be left out where the schema allows nothing', async () => {
    const { client } = await serve()
    expect((await client.api('post', '/api/json')).json()).toEqual({})
  })

  test('is not read at all by a route that takes none', async () => {
    const { client } = await serve()
    expect((await client.api('post', '/api/none', { a: 1 })).json()).toBeNull()
  })
})

describe('a form', () => {
  const type = 'application/x-www-form-urlencoded'

  test('gives text, whatever is repeated, nested or missing', async () => {
    const { client } = await serve()
    const sent = async (body: string) => (await postRaw(client.origin, '/form', type, body)).body
    expect(await sent('a=1&a=2')).toMatchObject({ one: '1', many: ['1', '2'], has: true })
    expect(await sent('b=1')).toMatchObject({ one: '', many: [], has: false })
    expect(await sent('a[b]=1&a[]=2')).toMatchObject({ one: '', many: [] })
  })

  test('cannot reach a prototype', async () => {
    const { client } = await serve()
    expect(
      (await postRaw(client.origin, '/form', type, '__proto__=x&__proto__[admin]=1&constructor[prototype][admin]=1')).body,
    ).toMatchObject({ polluted: null })
  })

  test('with thousands of fields is 413', async () => {
    const { client } = await serve()
    const response = await fetch(`${client.origin}/form`, {
      method: 'POST',
      headers: { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' },
      body: Array.from({ length: 5000 }, (_, index) => `f${index}=1`).join('&'),
    })
    expect(response.status).toBe(413)
  })
})

test('a query is read like a form', async () => {
  const { client } = await serve()
  expect((await client.get('/query?status=raised&status=triaged&status[x]=1')).json()).toEqual(['raised', 'triaged'])
})

describe('a form with a file', () => {
  const postForm = async (given: FormData | URLSearchParams) => {
    const { client } = await serve()
    const response = await fetch(`${client.origin}/api/upload`, { method: 'POST', headers: { Origin: ourOrigin }, body: given })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  test('arrives as text, byte for byte, without what the file was called', async () => {
    const given = new FormData()
    given.append('note', 'Ünï\r\n--\r\n💙')
    given.append('a', '1')
    given.append('a', '2')
    given.append('file', new Blob(['— line\n\r\n-- ']), 'my secret name.txt')
    const { body } = await postForm(given)
    expect(body).toMatchObject({ note: 'Ünï\r\n--\r\n💙', many: ['1', '2'], file: '— line\n\r\n-- ' })
    expect(JSON.stringify(body)).not.toContain('my secret name')
  })

  test('may have no file in it, or come without any box for one', async () => {
    const given = new FormData()
    given.append('note', 'x')
    given.append('file', new Blob([]), '')
    expect((await postForm(given)).body).toMatchObject({ note: 'x', file: '' })
    expect((await postForm(new URLSearchParams({ note: 'y' }))).body).toMatchObject({ note: 'y', file: '' })
  })

  test('leaves alone what a field is named after', async () => {
    const given = new FormData()
    given.append('__proto__', 'x')
    given.append('toString', 'y')
    expect((await postForm(given)).status).toBe(200)
    expect(Reflect.get({}, 'x') ?? null).toBeNull()
  })

  const part = (name: string, value = 'v') => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  test.each([
    ['no boundary', 'multipart/form-data', `${part('a')}--b--`],
    ['another boundary', 'multipart/form-data; boundary=c', `${part('a')}--b--`],
    ['no end', 'multipart/form-data; boundary=b', part('a')],
    ['a part without a name', 'multipart/form-data; boundary=b', '--b\r\nContent-Type: text/plain\r\n\r\nv\r\n--b--'],
    ['a part without a head', 'multipart/form-data; boundary=b', '--b\r\nv\r\n--b--'],
    ['a head without end', 'multipart/form-data; boundary=b', `${part('a'.repeat(2_000))}--b--`],
    ['something before the first part', 'multipart/form-data; boundary=b', `x${part('a')}--b--`],
    ['a crowd of parts', 'multipart/form-data; boundary=b', `${part('a').repeat(21)}--b--`],
    ['nothing', 'multipart/form-data; boundary=b', '--'],
  ])('that has %s is 400', async (_what, type, body) => {
    const { client } = await serve()
    expect(await postRaw(client.origin, '/api/upload', type, body)).toMatchObject({ status: 400, body: { code: 'malformed_body' } })
  })

  test('is no larger than any other, and nothing but a form', async () => {
    const { client } = await serve()
    const type = 'multipart/form-data; boundary=b'
    expect(await postRaw(client.origin, '/api/upload', type, `${part('a', 'x'.repeat(bodyLimit))}--b--`)).toMatchObject({ status: 413 })
    expect(await postRaw(client.origin, '/api/upload', 'application/json', '{}')).toMatchObject({ status: 415 })
    expect(await postRaw(client.origin, '/api/json', type, `${part('a')}--b--`)).toMatchObject({ status: 415 })
  })
})
