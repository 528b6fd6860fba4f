import express from 'express'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  anyone,
  createErrorHandler,
  factsOf,
  identifyRequests,
  mountRoutes,
  notFound,
  reporterOnly,
  staffOnly,
  type Policy,
  type RequestFacts,
  type Route,
} from '../../../src/http/index.ts'
import { Refusal, systemRandom, type StaffMember } from '../../../src/kernel/index.ts'
import { createRenderer, neutralBrand, type Page, type Pages, type RendererOptions } from '../../../src/web/layout/index.ts'
import { accessibilityRoutes } from '../../../src/web/pages/accessibility/routes.ts'
import { createHttpClient } from '../../support/http-client.ts'

const grace = { userId: 'u', alias: 'a', name: 'Grace <Okafor>', roles: ['guardian'] } as unknown as StaffMember
const options: RendererOptions = {
  brand: neutralBrand,
  assets: { stylesheet: '/s.css', icon: '/i.ico', iconSvg: '/i.svg' },
  demonstration: false,
}

interface Given {
  readonly policy?: Policy
  readonly page?: Partial<Page>
  readonly facts?: Partial<Pick<RequestFacts, 'staff' | 'csrfToken'>>
  readonly options?: Partial<RendererOptions>
  readonly error?: Refusal
}

const plain: Page = { template: 'accessibility/accessibility.njk', title: 'What happened?', words: { can: {} } }

async function client(routes: (pages: Pages) => readonly Route[], given: Given = {}) {
  const pages = createRenderer({ ...options, ...given.options })
  const app = express()
  app.use(identifyRequests(systemRandom))
  mountRoutes(app, routes(pages), () => [
    (_request, response, next) => {
      Object.assign(factsOf(response), given.facts)
      next()
    },
  ])
  app.use(notFound, createErrorHandler({ log: () => {}, sendErrorPage: (response, error) => pages.sendError(response, error) }))
  const http = await createHttpClient(app)
  onTestFinished(() => http.close())
  return http
}

async function show(given: Given) {
  const route = (pages: Pages): Route => ({
    method: 'get',
    path: '/x',
    policy: given.policy ?? reporterOnly,
    handle: (_request, response) => {
      if (given.error !== undefined) throw given.error
      pages.send(response, { ...plain, ...given.page })
    },
  })
  return (await client((pages) => [route(pages)], given)).get('/x')
}

const leads = (answer: { page: { links: readonly { href: string; text: string }[] } }, href: string): boolean =>
  answer.page.links.some((link) => link.href === href)

describe('the frame', () => {
  test('says the question and a neutral name in the title, and "Error:" before it when something is wrong', async () => {
    expect((await show({})).page.title).toBe('What happened? – Staff form')
    const wrong = await show({ page: { faults: [{ field: 'narrative', text: 'Tell us what happened' }] } })
    expect([wrong.status, wrong.page.title, wrong.page.faults]).toEqual([
      422,
      'Error: What happened? – Staff form',
      ['Tell us what happened'],
    ])
  })

  test('has the way out on every page but those of staff', async () => {
    expect(leads(await show({ policy: reporterOnly }), '/leave')).toBe(true)
    expect(leads(await show({ policy: anyone }), '/leave')).toBe(true)
    expect(leads(await show({ policy: anyone, facts: { staff: grace } }), '/leave')).toBe(false)
    expect(leads(await show({ policy: staffOnly() }), '/leave')).toBe(false)
    expect(leads(await show({ policy: anyone, page: { leave: false } }), '/leave')).toBe(false)
  })

  test('has the same three links at its foot, in the same order, for everybody', async () => {
    for (const policy of [anyone, reporterOnly, staffOnly()]) {
      const { page } = await show({ policy })
      expect(page.links.slice(-3).map((link) => link.href)).toEqual(['/help', '/how-we-protect-you', '/accessibility'])
    }
  })

  test('shows a reporter pages of whole multiples of 4 KiB only, errors too', async () => {
    for (const given of [{}, { policy: anyone }, { error: new Refusal('draft_gone') }]) {
      const answer = await show(given)
      expect(Buffer.byteLength(answer.text) % 4096).toBe(0)
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)))
      expect(answer.headers.get('content-encoding')).toBeNull()
    }
  })

  test('tells staff who they are, lets them out, and marks where they are in the menu', async () => {
    const navigation = () => [
      { href: '/work', text: 'Needs action' },
      { href: '/x', text: 'Waiting for me' },
    ]
    const answer = await show({ policy: staffOnly(), facts: { staff: grace, csrfToken: 'tok' }, options: { navigation } })
    expect(answer.text).toContain('<bdi>Grace &lt;Okafor&gt;</bdi>')
    expect(answer.page.forms).toMatchObject([{ action: '/sign-out', method: 'post', fields: [['_csrf', 'tok']] }])
    expect(answer.text).toContain('<a href="/x" aria-current="page">Waiting for me</a>')
    expect(answer.text).toContain('<a href="/work">Needs action</a>')
    expect(answer.page.links.find((link) => link.text === 'Staff form')!.href).toBe('/work')
  })

  test('shows no menu to whoever has not signed in', async () => {
    const answer = await show({ policy: anyone, options: { navigation: () => [{ href: '/work', text: 'Needs action' }] } })
    expect(leads(answer, '/work')).toBe(false)
  })

  test('warns on every page of a demonstration', async () => {
    expect((await show({ options: { demonstration: true } })).text).toContain('Demonstration. Do not raise real concerns here.')
    expect((await show({})).text).not.toContain('Demonstration')
  })

  test('names the organisation only where it has been told', async () => {
    expect((await show({ options: { brand: { ...neutralBrand, organisationName: 'Ashdown & Weald' } } })).text).toContain(
      'Ashdown &amp; Weald',
    )
  })

  test('puts what has just been done first, with focus', async () => {
    expect((await show({ page: { notice: 'Saved.' } })).page.words).toMatch(/^Done Saved\./)
  })

  test('does not start with a header nobody can read', () => {
    expect(() => createRenderer({ ...options, brand: { ...neutralBrand, headerColour: '#eeeeee' } })).toThrow('contrast')
  })
})

describe('an error page', () => {
  test('says what happened and what to do, and leads on', async () => {
    const answer = await show({ error: new Refusal('draft_gone') })
    expect(answer.status).toBe(410)
    expect(answer.page.heading).toBe('What you were writing is gone')
    expect(leads(answer, '/')).toBe(true)
  })

  test('leads who has to sign in to the sign-in page, and who finds the service closed to other ways', async () => {
    expect(leads(await show({ error: new Refusal('session_expired') }), '/sign-in')).toBe(true)
    expect(leads(await show({ error: new Refusal('intake_closed') }), '/help')).toBe(true)
  })

  test('says for how long to wait, in minutes when they are many', async () => {
    expect((await show({ error: new Refusal('sign_in_delayed', { retryAfterSeconds: 1 }) })).page.words).toContain('Try again in 1 second.')
    expect((await show({ error: new Refusal('sign_in_delayed', { retryAfterSeconds: 899 }) })).page.words).toContain(
      'Try again in 15 minutes.',
    )
  })

  test('gives a reference for a fault of ours only', async () => {
    expect((await show({ error: new Refusal('internal_error') })).page.words).toMatch(/reference: [\w-]{16}$/)
    expect((await show({ error: new Refusal('token_not_recognised') })).text).not.toContain('reference')
  })

  test('is there where no page is, with the way out', async () => {
    const answer = await (await client(() => [])).get('/nowhere')
    expect([answer.status, answer.page.heading, leads(answer, '/leave')]).toEqual([404, 'Page not found', true])
  })
})

test('the accessibility page says what we do, what we have not done, and whom to tell', async () => {
  const answer = await (await client(accessibilityRoutes)).get('/accessibility')
  expect([answer.status, answer.page.heading]).toEqual([200, 'Accessibility'])
  expect(answer.page.words).toContain('We do not yet have a report from an outside expert.')
  expect(leads(answer, '/help')).toBe(true)
})
