import { describe, expect, onTestFinished, test } from 'vitest'
import { anyone, csrfField, reporterOnly, staffOnly, type Policy, type Route } from '../../../src/http/index.ts'
import { createHttpClient } from '../../support/http-client.ts'
import { ourOrigin, smallApp } from './small-app.ts'

const token = 'tbW9kZXJuLXN5bmNocm9uaXNlcg'

interface Case {
  readonly who: string
  readonly policy: Policy
  readonly site?: string
  readonly origin?: string
  readonly session?: boolean
  readonly sends?: string
  readonly allowed: boolean
}

const cases: readonly Case[] = [
  { who: 'our own form in a browser of today', policy: staffOnly(), site: 'same-origin', origin: 'null', session: true, allowed: true },
  { who: 'the first form a reporter sends', policy: reporterOnly, site: 'same-origin', origin: 'null', allowed: true },
  { who: 'the sign-in form', policy: anyone, site: 'same-origin', origin: 'null', allowed: true },
  {
    who: 'a form on another site',
    policy: staffOnly(),
    site: 'cross-site',
    origin: 'https://evil.example',
    session: true,
    sends: token,
    allowed: false,
  },
  {
    who: 'a form on another site, its origin hidden in a sandbox',
    policy: staffOnly(),
    site: 'cross-site',
    origin: 'null',
    session: true,
    sends: token,
    allowed: false,
  },
  {
    who: "a form on another host of the trust's domain",
    policy: staffOnly(),
    site: 'same-site',
    origin: 'https://intranet.example.nhs.uk',
    session: true,
    allowed: false,
  },
  {
    who: "another host of the trust's domain that hides its origin",
    policy: staffOnly(),
    site: 'same-site',
    origin: 'null',
    session: true,
    sends: token,
    allowed: false,
  },
  { who: "a reporter's form sent from another site", policy: reporterOnly, site: 'cross-site', origin: 'null', allowed: false },
  { who: 'a tab that the browser restored', policy: staffOnly(), site: 'none', origin: 'null', session: true, sends: token, allowed: true },
  { who: 'a call without a page, with a session but no token', policy: staffOnly(), site: 'none', session: true, allowed: false },
  { who: 'an old phone with our origin', policy: staffOnly(), origin: ourOrigin, session: true, allowed: true },
  {
    who: 'an old phone that hides its origin, with the token',
    policy: staffOnly(),
    origin: 'null',
    session: true,
    sends: token,
    allowed: true,
  },
  { who: 'an old phone that sends nothing, with the token', policy: reporterOnly, session: true, sends: token, allowed: true },
  {
    who: 'an old phone that hides its origin, with a wrong token',
    policy: staffOnly(),
    origin: 'null',
    session: true,
    sends: `${token}x`,
    allowed: false,
  },
  { who: 'an old phone that hides its origin, without the token', policy: reporterOnly, origin: 'null', session: true, allowed: false },
  {
    who: 'an old phone that comes from another site',
    policy: staffOnly(),
    origin: 'https://evil.example',
    session: true,
    sends: token,
    allowed: false,
  },
  { who: 'an old phone sending its first answer', policy: reporterOnly, origin: 'null', allowed: true },
  { who: 'an old phone sending its first answer from another site', policy: reporterOnly, origin: 'https://evil.example', allowed: false },
  { who: 'an old browser at the sign-in page with nothing to show', policy: anyone, allowed: false },
]

async function send({ policy, site, origin, session, sends }: Case, path: string, route: Partial<Route> = {}) {
  const routes: readonly Route[] = [
    { method: 'post', path, policy, body: 'form', handle: (_request, response) => void response.send('done'), ...route },
  ]
  const client = await createHttpClient(smallApp({ routes, ...(session === true ? { csrfToken: token } : {}) }).app)
  onTestFinished(() => client.close())
  const response = await fetch(`${client.origin}${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(site === undefined ? {} : { 'Sec-Fetch-Site': site }),
      ...(origin === undefined ? {} : { Origin: origin }),
    },
    body: sends === undefined ? 'a=1' : `a=1&${csrfField}=${sends}`,
  })
  return response.status
}

describe('a change', () => {
  test.each(cases)('$who: allowed is $allowed', async (given) => {
    expect(await send(given, '/work')).toBe(given.allowed ? 200 : 403)
  })

  test('is not guarded where nothing is changed', async () => {
    const routes: readonly Route[] = [
      { method: 'get', path: '/x', policy: anyone, handle: (_request, response) => void response.send('seen') },
    ]
    const client = await createHttpClient(smallApp({ routes }).app)
    onTestFinished(() => client.close())
    expect((await client.get('/x', { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(200)
  })
})

describe('the API', () => {
  test('needs no token: it reads no cookie that another site could use', async () => {
    expect(await send({ who: 'a program', policy: staffOnly(), allowed: true }, '/api/v1/concerns')).toBe(200)
  })

  test('is closed to a browser that was sent by another site', async () => {
    expect(
      await send(
        { who: 'a page elsewhere', policy: anyone, site: 'cross-site', origin: 'https://evil.example', allowed: false },
        '/api/v1/sessions',
      ),
    ).toBe(403)
  })
})
