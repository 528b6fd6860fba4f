import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPeople } from '../../src/accounts/index.ts'
import { raiseInput } from '../../src/concerns/index.ts'
import type { Route } from '../../src/http/index.ts'
import type { ConcernId, Role } from '../../src/kernel/index.ts'
import { people, startTestApp, type PersonName, type TestApp } from '../support/app.ts'
import { createHttpClient, type Answer, type HttpClient } from '../support/http-client.ts'

/**
 * Every route of the table the service really mounts, pages and API alike, by every person and by nobody, on a concern that is not theirs and
 * on one that does not exist.
 */

const roleOf: Readonly<Record<PersonName, Role>> = {
  guardian: 'guardian',
  deputy: 'guardian',
  investigator: 'investigator',
  executive: 'executive_lead',
  nonExecutive: 'non_executive_lead',
  auditor: 'auditor',
  administrator: 'administrator',
}
const everybody = Object.keys(roleOf) as PersonName[]
/** Those who are nothing to the concern: all but the one guardian it went to. */
const strangers = everybody.filter((person) => person !== 'guardian')

const someone = randomUUID()
const words = 'Some words that are long enough.'
/** Fields with nothing wrong in them, by the end of the path, so that only the right to act decides. */
const soundFields: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  identity: { reason: words, otp: '123456' },
  messages: { body: words },
  preview: { body: words },
  notes: { body: words },
  acknowledge: { message: words },
  triage: {
    riskGrade: 'low',
    elements: [],
    decision: 'investigate',
    consent: 'not_applicable',
    conflict: 'none',
    title: words,
  },
  start_investigation: { investigatorId: someone, terms: words, expectedEnd: '2027-01-15', message: words },
  resolve_without_investigation: { reasonCode: 'other', reason: words, decidedBy: someone, message: words },
  refer: { to: 'hr', recipient: words, shareIdentity: false, reason: words, message: words },
  record_findings: { findings: [{ allegation: words, finding: 'substantiated' }], learning: words, actions: [] },
  resolve: { outcome: 'unable_to_progress', feedbackShared: 'summary', learning: words, message: words },
  close: { followUp: 'done' },
  reopen: { reason: words },
  withdraw: { reason: words, organisationMustAct: true },
  assign: { userId: someone },
  escalate: { to: 'executive_lead', reason: words },
  screen_risk: { riskGrade: 'low' },
  record_first_contact: { parts: ['thanked'] },
  pause_clock: { clock: 'T7', until: '2026-12-01', reasonCode: 'police_hold', reason: words },
  resume_clock: { clock: 'T7' },
  extend_clock: { clock: 'T7', until: '2027-01-15', reasonCode: 'other', reason: words },
  record_follow_up: { months: 3, note: words },
  tasks: { title: words, ownerName: words, dueOn: '2027-01-15' },
  done: { task: someone, evidence: words },
  'pass-on': { task: someone, reason: words },
  link: { task: someone, wording: words },
  removal: { link: someone },
  withdrawal: { task: someone },
  'my-note': { body: words },
  'private-notes': { body: words },
  contacts: { channel: 'call', on: '2026-11-20', minutes: 10 },
  assessments: { follows: 0, status: 'may_qualify' },
  result: { status: 'may_qualify', follows: '0' },
  summary: { preparedFor: words, include: [] },
  export: { otp: '123456' },
  download: { otp: '123456', format: 'html' },
  views: { name: words, team: false, filter: {} },
  ':viewId': { name: words },
  links: { other: 'F-0000-0000' },
  risk: { report: someone, riskGrade: 'low', note: words },
  plan: { report: someone, plan: words, reviewOn: ['2027-01-15'] },
  review: { report: someone, finding: 'stopped', note: words },
  closure: { report: someone, reasonCode: 'resolved', note: words },
  samples: { from: '2026-08-01', to: '2026-10-31', commitment: 'a'.repeat(64), count: 1, otp: '123456' },
  numbers: { numbers: '3 1 4 1 5 2 6 5 3 5 1 4 1 4 2 1 3 5 6 2 3 1 6 4 5 2 2 1 3 6' },
  ':sampleId': { text: words, otp: '123456' },
  text: { text: words, showSite: false, showProfession: false, harmless: false, otp: '123456' },
  refusal: { reason: 'proceedings' },
  ':approvalId': { decision: 'approve', otp: '123456' },
}

describe('every route, for everybody', { timeout: 120_000 }, () => {
  let app: TestApp
  let web: HttpClient
  let routes: readonly Route[]
  /** Raised, and Grace Okafor's alone. Confidential, so that every page of it is there. */
  let foreign: ConcernId
  /** Grace's too, and Helen Marsh is asked to approve something on it. */
  let asked: { readonly id: ConcernId; readonly approvalId: string }
  let tokenOfNewest: string
  const browsers = new Map<PersonName, HttpClient>()
  const bearers = new Map<PersonName, string>()

  beforeAll(async () => {
    app = await startTestApp()
    routes = app.routes.filter(({ policy }) => policy.kind === 'staff')
    web = await createHttpClient(app.app)
    foreign = await raise()
    await reportDetriment(foreign)
    asked = await askForApproval()
    for (const person of everybody) {
      bearers.set(person, await app.signIn(person))
      app.clock.advance({ seconds: 30 })
      const browser = web.someoneElse()
      const { password } = demonstrationPeople[0]!
      await browser.submit('/sign-in', { email: people[person], password, otp: app.codeOf(person) })
      browsers.set(person, browser)
    }
  }, 60_000)
  afterAll(async () => {
    expect(app.unexpected).toEqual([])
    await web.close()
    await app.close()
  })

  async function raise(): Promise<ConcernId> {
    const ctx = { requestId: 'test', now: app.clock.now() }
    const input = raiseInput.parse({ narrative: words, openness: 'confidential', identity: { name: 'A. Nurse' }, deputyMayRead: false })
    const { token } = await app.service.concerns.raise(ctx, input, null)
    tokenOfNewest = token
    return (await app.service.concerns.openByToken(ctx, token)).concernId
  }

  /** So that the pages of a report have one to show. */
  async function reportDetriment(id: ConcernId): Promise<void> {
    const reporter = await app.service.concerns.openByToken({ requestId: 'test', now: app.clock.now() }, tokenOfNewest)
    expect(reporter.concernId).toBe(id)
    await app.service.concerns.reportDetriment(reporter, { kinds: ['moved'], description: words, about: [] }, null)
  }

  async function askForApproval(): Promise<{ id: ConcernId; approvalId: string }> {
    const id = await raise()
    const grace = await app.contextOf('guardian')
    const { act, listChoices } = app.service.concerns
    await act(grace, id, 'acknowledge', { expectedVersion: 1, message: words })
    const { version } = await act(grace, id, 'triage', {
      expectedVersion: 2,
      riskGrade: 'high',
      elements: [],
      decision: 'resolve_without_investigation',
      consent: 'do_not_share_identity',
      conflict: 'none',
      title: words,
    })
    const approver = (await listChoices(grace, id)).approvers.find(({ role }) => role === 'executive_lead')!.id
    const decision = { reasonCode: 'facts_agreed' as const, reason: words, decidedBy: grace.person.userId, approver, message: words }
    const { pendingApproval } = await act(grace, id, 'resolve_without_investigation', { expectedVersion: version, ...decision })
    return { id, approvalId: pendingApproval!.id }
  }

  const isApi = ({ path }: Route) => path.startsWith('/api/')
  const isTheirs = ({ policy }: Route, person: PersonName) =>
    policy.kind === 'staff' && (policy.roles.length === 0 || policy.roles.includes(roleOf[person]))

  function fieldsFor({ path }: Route): Record<string, unknown> {
    const last = path.split('/').at(-1) ?? ''
    const fields = soundFields[last] ?? {}
    return path.includes('/actions/') ? { expectedVersion: 1, ...fields } : fields
  }

  /** Sends what belongs there, as this person; `null` is somebody who has not signed in. */
  async function ask(route: Route, path: string, person: PersonName | null): Promise<Answer> {
    const fields = fieldsFor(route)
    if (isApi(route)) {
      const bearer = person === null ? (route.forBearer ? { bearer: 'nobody' } : {}) : { bearer: bearers.get(person)! }
      return web.api(route.method, path, route.body === undefined ? undefined : fields, bearer)
    }
    const browser = person === null ? web.someoneElse() : browsers.get(person)!
    if (route.method === 'get') return browser.get(path)
    const typed = Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : ''] as const)
    return browser.post(path, Object.fromEntries(typed))
  }

  const at = (route: Route, id: string, approvalId: string) =>
    route.path
      .replace(':id', id)
      .replace(':approvalId', approvalId)
      .replaceAll(/:\w+Id/g, someone)

  /** All that an answer tells: status, headers, words; its own request's name and the address asked for blotted out. */
  function told(answer: Answer, ...ids: readonly string[]): object {
    const blot = (text: string) =>
      ids.reduce((left, id) => left.replaceAll(id, '…'), text).replaceAll(/(request:|reference )[\w-]{16}/gi, '$1…')
    const headers = [...answer.headers].filter(([name]) => !['date', 'set-cookie'].includes(name))
    return { status: answer.status, text: blot(answer.text), headers: headers.map(([name, value]) => [name, blot(value)]) }
  }

  it('has routes of both edges to ask', () => {
    expect(routes.filter(isApi).length).toBeGreaterThan(18)
    expect(routes.filter((route) => !isApi(route)).length).toBeGreaterThan(30)
    for (const route of routes) expect(route.path.includes(':') || isTheirs(route, 'guardian') || route.policy.kind === 'staff').toBe(true)
  })

  it('sends whoever has not signed in to do so, before looking at anything', async () => {
    for (const route of routes) {
      const real = await ask(route, at(route, foreign, asked.approvalId), null)
      const missing = await ask(route, at(route, randomUUID(), randomUUID()), null)
      const name = `${route.method} ${route.path}`
      const led = real.location?.split('?')[0] === '/sign-in' || real.page.links.some(({ href }) => href.startsWith('/sign-in'))
      expect([name, isApi(route) ? real.status : led]).toEqual([name, isApi(route) ? 401 : true])
      expect([name, real.status === 401 || real.location !== null]).toEqual([name, true])
      expect([name, real.status, real.text.length]).toEqual([name, missing.status, missing.text.length])
    }
  })

  describe.each(everybody)('as %s', (person) => {
    it('is told "not for you" wherever the role is not enough, and nowhere else', async () => {
      for (const route of routes.filter(({ path }) => !/sign-out|sessions\/current/.test(path))) {
        const answer = await ask(route, at(route, randomUUID(), randomUUID()), person)
        const name = `${route.method} ${route.path}`
        // What leaves the house asks for a second factor first, with the same status: it is no word about the role
        const forRole = answer.status === 403 && !answer.text.includes('step_up_required')
        expect([name, forRole]).toEqual([name, !isTheirs(route, person)])
        expect([name, answer.status]).not.toEqual([name, 401])
        expect([name, answer.status < 500]).toEqual([name, true])
      }
    })
  })

  describe.each(strangers)('as %s, to whom the concern is nothing', (person) => {
    it('finds it exactly as one that does not exist', async () => {
      for (const route of routes.filter(({ path }) => path.includes(':id'))) {
        const nobodys = [randomUUID(), randomUUID()] as const
        const hidden = await ask(route, at(route, foreign, nobodys[1]), person)
        const missing = await ask(route, at(route, nobodys[0], nobodys[1]), person)
        const name = `${route.method} ${route.path}`
        expect([name, hidden.status]).toEqual([name, isTheirs(route, person) ? 404 : 403])
        expect([name, told(hidden, foreign, ...nobodys)]).toEqual([name, told(missing, foreign, ...nobodys)])
      }
    })

    it('finds no request for approval on it either', async () => {
      if (person === 'executive') return
      for (const route of routes.filter(({ path }) => path.includes(':approvalId'))) {
        const nobodys = [randomUUID(), randomUUID()] as const
        const hidden = await ask(route, at(route, asked.id, asked.approvalId), person)
        const missing = await ask(route, at(route, ...nobodys), person)
        const name = `${route.method} ${route.path}`
        expect([name, hidden.status]).toEqual([name, isTheirs(route, person) ? 404 : 403])
        const ids = [asked.id, asked.approvalId, ...nobodys]
        expect([name, told(hidden, ...ids)]).toEqual([name, told(missing, ...ids)])
      }
    })
  })

  it('opens to the guardian it went to', async () => {
    for (const route of routes.filter(({ path, method }) => path.includes(':id') && method === 'get')) {
      const answer = await ask(route, at(route, foreign, randomUUID()), 'guardian')
      // A step that is not open at the moment has a page that says so
      const isStep = /\/(actions|detriment)\//.test(route.path)
      expect([route.path, answer.status]).toEqual([route.path, isStep && answer.status === 409 ? 409 : 200])
    }
  })

  it('shows the one who is asked to approve her request, and not the concern', async () => {
    const browser = browsers.get('executive')!
    expect((await browser.get(`/approvals/${asked.approvalId}`)).status).toBe(200)
    const reading = routes.filter(({ path, method }) => method === 'get' && /:id\/(content|messages|notes|records)$/.test(path))
    for (const route of reading)
      expect([route.path, (await ask(route, at(route, asked.id, ''), 'executive')).text.includes('A. Nurse')]).toEqual([route.path, false])
  })

  it('takes a cookie on pages only and an access token under /api only', async () => {
    const cookie = [...browsers.get('guardian')!.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const Authorization = `Bearer ${bearers.get('guardian')}`
    expect((await web.api('get', `/api/v1/concerns/${foreign}`, undefined, { headers: { Cookie: cookie } })).status).toBe(401)
    const page = await web.someoneElse().get(`/concerns/${foreign}`, { headers: { Authorization } })
    expect(page.status === 401 || page.location?.startsWith('/sign-in')).toBe(true)
  })

  it('has changed nothing about the concern in all this', async () => {
    const { rows } = await app.database.asSuperuser.query<{ status: string; version: number }>(
      'select status, version from concern where id = $1',
      [foreign],
    )
    expect(rows).toEqual([{ status: 'raised', version: 1 }])
    const entries = await app.database.asSuperuser.query<{ kind: string; actor_id: string }>(
      'select distinct kind, actor_id from staff_entry where concern_id = $1',
      [foreign],
    )
    const grace = await app.contextOf('guardian')
    expect([...new Set(entries.rows.map(({ actor_id }) => actor_id))]).toEqual([grace.person.userId])
  })
})
