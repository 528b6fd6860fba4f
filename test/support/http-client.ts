/**
 * A browser without a screen: keeps `__Host-` cookies (supertest's agent drops them over http), sends what a browser sends with a form
 * (`Sec-Fetch-Site`, and `Origin: null` under our referrer policy), takes hidden fields and the CSRF token from the page it posts from.
 */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readHtml, type HtmlForm, type HtmlPage } from './html.ts'

export type Fields = Readonly<Record<string, string | readonly string[]>>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The path of a redirect, null where the answer is none. */
  readonly location: string | null
  /** The page as a person sees it. */
  readonly page: HtmlPage
  /** The body as JSON; throws where it is none. */
  json<T = unknown>(): T
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
}

export interface ApiOptions extends RequestOptions {
  readonly bearer?: string
  readonly idempotencyKey?: string
}

export interface HttpClient {
  readonly origin: string
  /** Cookies by full name. Change them to play an attacker. */
  readonly cookies: Map<string, string>
  get(path: string, options?: RequestOptions): Promise<Answer>
  /** Posts these fields and nothing else. */
  post(path: string, fields: Fields, options?: RequestOptions): Promise<Answer>
  /** Gets the page, fills its form in and sends it; `''` unticks or empties. Does not follow the redirect. Throws where no form of the page has these fields. */
  submit(path: string, fields: Fields, options?: RequestOptions): Promise<Answer>
  /** Follows redirects with GET until there is a page. */
  follow(answer: Answer): Promise<Answer>
  /** JSON in and out under `/api/v1`, without cookies. */
  api(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: unknown, options?: ApiOptions): Promise<Answer>
  /** Another person at the same service, with no cookies. */
  someoneElse(): HttpClient
  close(): Promise<void>
}

/** `app` is an Express app, which is made to listen on a free port of 127.0.0.1, or the origin of a service that already listens. */
export async function createHttpClient(app: RequestListener | string): Promise<HttpClient> {
  if (typeof app === 'string') return clientFor(app, async () => {})
  const server = createServer(app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return clientFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => stop(server))
}

async function stop(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

function clientFor(origin: string, close: () => Promise<void>): HttpClient {
  const cookies = new Map<string, string>()

  const send = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> => {
    const response = await fetch(new URL(path, origin), { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) })
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
    return answerOf(response, await response.text())
  }

  const browse = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return send(method, path, { ...(cookie === '' ? {} : { Cookie: cookie }), Accept: 'text/html', ...headers }, body)
  }

  const client: HttpClient = {
    origin,
    cookies,
    get: (path, options) => browse('GET', path, { 'Sec-Fetch-Site': 'same-origin', ...options?.headers }),
    post: (path, fields, options) => {
      const headers = {
        'Sec-Fetch-Site': 'same-origin',
        Origin: 'null',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...options?.headers,
      }
      return browse('POST', path, headers, encode(pairsOf(fields)))
    },
    submit: async (path, fields, options) => {
      const { page } = await client.get(path)
      const form = page.forms.find(
        (candidate) => candidate.method === 'post' && Object.keys(fields).every((name) => candidate.names.has(name)),
      )
      if (form === undefined) throw new Error(`no form on ${path} has the fields ${Object.keys(fields).join(', ')}`)
      return client.post(form.action === '' ? path : form.action, fill(form, fields), options)
    },
    follow: async (answer) => {
      let current = answer
      for (let hops = 0; current.location !== null; hops += 1) {
        if (hops > 5) throw new Error('too many redirects')
        current = await client.get(current.location)
      }
      return current
    },
    api: (method, path, body, options) => {
      const headers = {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options?.bearer === undefined ? {} : { Authorization: `Bearer ${options.bearer}` }),
        ...(options?.idempotencyKey === undefined ? {} : { 'Idempotency-Key': options.idempotencyKey }),
        ...options?.headers,
      }
      return send(method.toUpperCase(), path, headers, body === undefined ? undefined : JSON.stringify(body))
    },
    someoneElse: () => clientFor(origin, async () => {}),
    close,
  }
  return client
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const [name = '', ...value] = pair.split('=')
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) cookies.delete(name)
  else cookies.set(name, value.join('='))
}

function answerOf(response: Response, text: string): Answer {
  let page: HtmlPage | null = null
  return {
    status: response.status,
    headers: response.headers,
    text,
    location: response.headers.get('location'),
    get page() {
      page ??= readHtml(text)
      return page
    },
    json: <T>() => JSON.parse(text) as T,
  }
}

type Pairs = readonly (readonly [string, string])[]

function pairsOf(fields: Fields): Pairs {
  return Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
}

/** A given field replaces what the form held under its name. */
function fill(form: HtmlForm, fields: Fields): Fields {
  const filled: Record<string, readonly string[]> = {}
  for (const [name, value] of form.fields) {
    if (!Object.hasOwn(fields, name)) filled[name] = [...(filled[name] ?? []), value]
  }
  return { ...filled, ...fields }
}

function encode(pairs: Pairs): string {
  return new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()
}
