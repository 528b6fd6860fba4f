import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPeople, type StaffContext } from '../../src/accounts/index.ts'
import { apiRoutes, type ApiDeps } from '../../src/api/index.ts'
import { describeCalls } from '../../src/api/openapi.ts'
import { raiseInput } from '../../src/concerns/index.ts'
import { londonDate, type ConcernId } from '../../src/kernel/index.ts'
import { people, startTestApp, type PersonName, type TestApp } from '../support/app.ts'
import { createHttpClient, type Answer, type HttpClient } from '../support/http-client.ts'
import { keeping, type Components, type RequestSchema } from './api/arbitrary.ts'

/**
 * Three people worked on a concern: a guardian who handled it, somebody who investigated it, a lead whom it was shared with. Each declares a conflict,
 * and from that moment every address of it answers them what it answers for a concern that never was, and every list what it said before.
 */

const leavers: readonly PersonName[] = ['deputy', 'investigator', 'executive']
const words = 'He told us to change the times in the notes.'
const lists = [
  ...['/staff', '/kept', '/concerns', '/concerns?owner=me', '/concerns?owner=none', '/concerns?unread=yes', '/concerns?detriment=yes'],
  ...['/views', '/time', '/handover', '/approvals', '/escalated', '/concerns/new/cards'],
  ...['/api/v1/concerns', '/api/v1/concerns?owner=me', '/api/v1/time', '/api/v1/views', '/api/v1/approvals', '/api/v1/escalations'],
  ...['/api/v1/detriment'],
]

const calls = apiRoutes({} as ApiDeps).filter(({ policy }) => policy.kind === 'staff')
const document = JSON.parse(JSON.stringify(describeCalls(calls))) as {
  paths: Record<string, Record<string, { requestBody?: { content: { 'application/json': { schema: RequestSchema } } } }>>
  components: { schemas: Components }
}

function soundBody(method: string, path: string): unknown {
  const schema = document.paths[path.replaceAll(/:([A-Za-z]+)/g, '{$1}')]?.[method]?.requestBody?.content['application/json'].schema
  if (schema === undefined) return undefined
  const [body] = fc.sample(keeping(schema, document.components.schemas), { numRuns: 1, seed: 7 }) as [Record<string, unknown>]
  const said = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' && schema.properties?.[name]?.maxLength !== undefined ? 'Some words.' : value,
  ])
  return { ...Object.fromEntries(said), ...('expectedVersion' in body && { expectedVersion: 1 }) }
}

/** A form as somebody might send it by hand. */
const typed = {
  ...{ body: words, note: words, reason: words, message: words, other: 'F-0000-0000' },
  ...{ confirm: 'yes', expectedVersion: '1', otp: '000000' },
}

describe('a concern that somebody left over a conflict', { timeout: 120_000 }, () => {
  let app: TestApp
  let web: HttpClient
  const browsers = new Map<PersonName, HttpClient>()
  const bearers = new Map<PersonName, string>()
  const staff = new Map<PersonName, StaffContext>()
  const before = new Map<PersonName, unknown>()
  let known: ConcernId
  let left: ConcernId
  let draft: string
  let link: string

  const reporter = () => ({ requestId: 'test', now: app.clock.now() })
  const raise = async (): Promise<{ id: ConcernId; token: string }> => {
    const { token } = await app.service.concerns.raise(reporter(), raiseInput.parse({ narrative: words }), null)
    return { id: (await app.service.concerns.openByToken(reporter(), token)).concernId, token }
  }
  const as = (person: PersonName): StaffContext => ({ ...staff.get(person)!, now: app.clock.now() })

  beforeAll(async () => {
    app = await startTestApp()
    web = await createHttpClient(app.app)
    for (const person of ['guardian', ...leavers] as const) {
      const bearer = await app.signIn(person)
      staff.set(person, await app.service.accounts.openSession(bearer, 'test'))
      bearers.set(person, bearer)
    }
    for (const person of leavers) {
      app.clock.advance({ seconds: 30 })
      const browser = web.someoneElse()
      await browser.submit('/sign-in', { email: people[person], password: demonstrationPeople[0]!.password, otp: app.codeOf(person) })
      browsers.set(person, browser)
    }
    known = (await raise()).id
    for (const person of leavers) before.set(person, await listsOf(person))
    await workOnOne()
    for (const person of leavers) {
      const { version } = await app.service.concerns.viewConcern(as('guardian'), left)
      await app.service.concerns.declareConflict(as(person), left, { expectedVersion: version })
    }
  })
  afterAll(async () => {
    expect(app.unexpected).toEqual([])
    await web.close()
    await app.close()
  })

  async function workOnOne(): Promise<void> {
    const { id, token } = await raise()
    left = id
    const { act, casework, sendMessage, writeNote, linking, listChoices, viewConcern, openByToken, reportDetriment } = app.service.concerns
    const version = async () => (await viewConcern(as('guardian'), id)).version
    await act(as('deputy'), id, 'acknowledge', { expectedVersion: 1, message: words })
    await act(as('deputy'), id, 'triage', {
      ...{ expectedVersion: 2, riskGrade: 'medium', elements: ['other_behaviours'], decision: 'investigate', consent: 'not_applicable' },
      ...{ conflict: 'none', title: words },
    })
    await act(as('deputy'), id, 'escalate', { expectedVersion: 3, to: 'executive_lead', reason: words, shareContent: true })
    const [investigator] = (await listChoices(as('deputy'), id)).investigators
    const plan = { investigatorId: investigator!.id, terms: words, expectedEnd: '2027-01-15' as never, message: words }
    await act(as('deputy'), id, 'start_investigation', { expectedVersion: await version(), ...plan })
    await act(as('deputy'), id, 'assign', { expectedVersion: await version(), userId: as('deputy').person.userId })
    await sendMessage(as('deputy'), id, { body: words, question: true }, null)
    await writeNote(as('deputy'), id, { body: words }, null)
    await casework.writePrivateNote(as('deputy'), id, { body: words }, null)
    await casework.logContact(as('deputy'), id, { channel: 'call', on: londonDate(app.clock.now()), minutes: 15, note: words }, null)
    await casework.assess(as('deputy'), id, { follows: 0, status: 'may_qualify', note: words }, null)
    link = (await linking.add(as('deputy'), known, { other: (await viewConcern(as('deputy'), id)).reference })).id
    await reportDetriment(await openByToken(reporter(), token), { kinds: ['threatened'], description: words, about: [] }, null)
    const kept = await browsers.get('deputy')!.post(`/concerns/${id}/messages/preview`, { body: words })
    draft = new URL(kept.location ?? '/', web.origin).searchParams.get('draft') ?? ''
    expect(draft).not.toBe('')
  }

  const told = (answer: Answer, ...ids: readonly string[]) => ({
    status: answer.status,
    text: ids
      .reduce((text, id) => text.replaceAll(id, 'this one'), answer.text)
      .replaceAll(/(request:|reference )[\w-]{16}/gi, '$1…')
      .replaceAll(/name="key" value="[\w-]{36}"/g, 'key'),
    location: ids.reduce((text, id) => text.replaceAll(id, 'this one'), answer.location ?? ''),
    headers: [...answer.headers].filter(([name]) => !['date', 'set-cookie', 'location'].includes(name)),
  })

  async function listsOf(person: PersonName): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {}
    for (const path of lists) found[path] = told(await ask(person, 'get', path))
    if (person === 'deputy') {
      for (const path of [`/concerns/${known}/links`, `/api/v1/concerns/${known}/links`, `/api/v1/concerns/${known}/content`])
        found[path] = told(await ask(person, 'get', path))
    }
    return found
  }

  function ask(person: PersonName, method: string, path: string, body?: unknown): Promise<Answer> {
    if (path.startsWith('/api/')) return web.api(method as 'get', path, body, { bearer: bearers.get(person)! })
    const browser = browsers.get(person)!
    return method === 'get' ? browser.get(path) : browser.post(path, body as Record<string, string>)
  }

  it.each(leavers)('is in no list, count or link of the %s', async (person) => {
    const after = await listsOf(person)
    for (const [path, answer] of Object.entries(before.get(person)!)) expect([path, after[path]]).toEqual([path, answer])
  })

  it.each(leavers)('answers the %s on every address like one that never was', async (person) => {
    const routes = app.routes.filter(({ path, policy }) => policy.kind === 'staff' && path.includes('/concerns/:id'))
    expect(routes.length).toBeGreaterThan(60)
    const nobodys = randomUUID()
    const differing: unknown[] = []
    // One handled it and could have sent anything; for the others what they may read tells enough
    for (const { method, path } of routes.filter((route) => route.method === 'get' || person === 'deputy')) {
      const isApi = path.startsWith('/api/')
      const end = method === 'get' && !isApi ? `?draft=${draft}` : ''
      const at = (id: string) => path.replace(':id', id).replace(':linkId', link).replaceAll(/:\w+/g, nobodys) + end
      const body = method === 'get' ? undefined : isApi ? soundBody(method, path) : typed
      const hidden = told(await ask(person, method, at(left), body), left)
      const missing = told(await ask(person, method, at(nobodys), body), nobodys)
      const tells = hidden.status < 300 || hidden.text.includes(words)
      if (tells || JSON.stringify(hidden) !== JSON.stringify(missing)) differing.push([method, path, hidden.status, missing.status])
    }
    expect(differing).toEqual([])
  })
})
