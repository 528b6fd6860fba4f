import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { openStaffStage, pressOn, triaged, type RaisedCase, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let guardian: HttpClient
const cases: Record<string, RaisedCase> = {}

beforeAll(async () => {
  stage = await openStaffStage()
  // Thursday: the working day for a first look at the risk is over on Friday
  stage.app.clock.set('2026-11-19T09:00:00Z')
  cases['overdue longest'] = await stage.raise('10', { immediateDanger: 'no' })
  stage.app.clock.set('2026-11-23T09:00:00Z')
  cases['due today'] = await stage.raise('08')
  stage.app.clock.set('2026-11-24T09:00:00Z')
  cases['danger'] = await stage.raise('04', { immediateDanger: 'yes' })
  cases['answered'] = await stage.raise('03', { immediateDanger: 'no' })
  cases['no message'] = await stage.raise('02', { immediateDanger: 'no' })
  guardian = await stage.staff('guardian')
  for (const name of ['answered', 'no message']) {
    await guardian.submit(`${cases[name]!.path}/actions/acknowledge`, { message: 'Thank you. I have read this.' })
    await guardian.submit(`${cases[name]!.path}/actions/triage`, { ...triaged, decision: 'advice_only' })
  }
  const reporter = await stage.app.service.concerns.openByToken({ requestId: 'test', now: stage.app.clock.now() }, cases['answered'].token)
  await stage.app.service.concerns.writeFromInbox(reporter, { body: 'It happened again.' }, null)
  cases['due soon'] = await stage.raise('09', { immediateDanger: 'not_sure' })
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const linksTo = (client: HttpClient) => async (path: string) =>
  (await client.get(path)).page.links.map(({ href }) => href).filter((href) => /^\/concerns\/[0-9a-f-]{36}$/.test(href))
const rows = (path: string) => linksTo(guardian)(path)
const paths = (...names: string[]) => names.map((name) => cases[name]!.path)

describe('the queue', () => {
  test('stands in the published order, with a reason in each row', async () => {
    expect(await rows('/concerns')).toEqual(paths('danger', 'overdue longest', 'due today', 'answered', 'due soon', 'no message'))
    const { words } = (await guardian.get('/concerns')).page
    for (const reason of [
      'Someone may be in danger and nobody has answered yet',
      'Its date has passed',
      'Overdue by 2 working days',
      'Its date is today',
      'Due today',
      'A new message from the person who raised it',
      '1 working day left',
      'Nobody owns it',
    ])
      expect(words).toContain(reason)
  })

  test('publishes the order under the table, each place in words', async () => {
    const { words } = (await guardian.get('/concerns')).page
    const order = words.slice(words.indexOf('The order of this list'))
    const places = [
      'Someone may be in danger',
      'Overdue, the longest first',
      'Due today',
      'A new message',
      'Bad treatment',
      'Due in the next 3',
      'Nobody owns it',
      'All others',
    ]
    const found = places.map((place) => order.indexOf(place))
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    expect(found).not.toContain(-1)
  })

  test('says in short what is overdue, due today and new, and each leads to its list', async () => {
    const { page } = await guardian.get('/concerns')
    const hrefOf = (text: string) => page.links.find((link) => link.text === text)?.href ?? `no link "${text}"`
    expect(await rows(hrefOf('1 overdue'))).toEqual(paths('overdue longest'))
    expect(await rows(hrefOf('2 due today'))).toEqual(paths('danger', 'due today'))
    expect(await rows(hrefOf('1 new message'))).toEqual(paths('answered'))
  })

  test('shows zero as 0, and leaves no cell blank', async () => {
    const { text, page } = await guardian.get('/concerns?status=triaged&unread=yes&danger=yes')
    expect(page.words).toContain('No concerns match these filters.')
    const all = (await guardian.get('/concerns')).text
    const cells = [
      ...all.matchAll(/<t[dh] class="nhsuk-table__(?:cell|header)[^>]*role="(?:cell|rowheader)"[^>]*>([\s\S]*?)<\/t[dh]>/g),
    ].map(([, cell = '']) =>
      cell
        .replace(/<span class="nhsuk-table__heading"[\s\S]*?<\/span>/, '')
        .replaceAll(/<[^>]*>/g, '')
        .trim(),
    )
    expect(cells.length).toBe(6 * 8)
    expect(cells).not.toContain('')
    expect(cells).toContain('0')
    expect(text).not.toContain('NaN')
  })

  test.each([
    ['status=raised', ['danger', 'overdue longest', 'due today', 'due soon']],
    ['stage=acknowledged', ['answered', 'no message']],
    ['due=soon', ['due soon']],
    ['owner=none&status=raised', ['danger', 'overdue longest', 'due today', 'due soon']],
    ['owner=me', []],
    ['openness=confidential', ['danger', 'no message']],
    ['danger=yes', ['danger']],
  ] as const)('filtered by %s', async (query, names) => {
    const found = await rows(`/concerns?${query}`)
    expect(found.toSorted()).toEqual(paths(...names).toSorted())
  })

  test('lists the filters in use, each with a link that takes it away, and one that takes all', async () => {
    const { page } = await guardian.get('/concerns?status=raised&danger=yes')
    expect(page.words).toContain('Status: Raised Remove')
    expect(page.words).toContain('Danger: Yes Remove')
    const removals = page.links.filter(({ text }) => text.startsWith('Remove'))
    expect(removals).toEqual([
      { href: '/concerns?danger=yes', text: 'Remove Status: Raised' },
      { href: '/concerns?status=raised', text: 'Remove Danger: Yes' },
    ])
    expect(page.links.find(({ text }) => text === 'Clear all filters')?.href).toBe('/concerns')
  })

  test('keeps what was chosen in the form, so that the next filter is added to it', async () => {
    const { page } = await guardian.get('/concerns?status=raised&danger=yes')
    const form = page.forms.find(({ names }) => names.has('status'))!
    expect(form.fields.filter(([, value]) => value !== '')).toEqual([
      ['status', 'raised'],
      ['danger', 'yes'],
    ])
  })

  test('is searched by reference: one that is not there, and one with a slip in it, are told apart', async () => {
    const unknown = await guardian.get('/concerns?reference=F-0000-0000')
    expect([unknown.status, unknown.page.words.includes('You hold no concern with this reference.')]).toEqual([200, true])
    const slip = await guardian.get('/concerns?reference=F-00U')
    expect([slip.status, slip.page.faults]).toEqual([422, ['Write a reference like F-A6N5-A9J1']])
    expect(slip.page.words).toContain('Showing 1 to')
  })

  test.each(['due=never', 'owner=<script>', 'stage=x', 'status=shut', 'cursor=%00', 'cursor=e30'])(
    'refuses an address changed by hand: %s',
    async (query) => {
      const { status, text } = await guardian.get(`/concerns?${query}`)
      expect(status).toBe(422)
      expect(text).not.toContain('<script>')
    },
  )

  test('has nothing but codes in its addresses', async () => {
    const { page } = await guardian.get('/concerns?status=raised')
    for (const { href } of page.links) expect(href).toMatch(/^[/#\w?=&.-]*$/)
  })

  test('is empty in words for somebody with nothing to do', async () => {
    const investigator = await stage.staff('investigator')
    const { page } = await investigator.get('/concerns')
    expect(page.words).toContain('Nothing needs action.')
    expect(page.words).toContain('0 overdue 0 due today 0 new messages')
  })

  test('leads to a concern whose time limits each lead to the step that stops them', async () => {
    const { path } = await stage.raise('10')
    const links = (await guardian.get(`${path}/deadlines`)).page.links.map(({ href }) => href)
    expect(links).toEqual(expect.arrayContaining(['acknowledge', 'screen_risk'].map((step) => `${path}/actions/${step}`)))
  })

  test('a concern that was resolved leaves it, and is found with what is owed after the outcome', async () => {
    const { id, path } = await stage.raise('10')
    const act = (name: string, fields: Record<string, string>) => guardian.submit(`${path}/actions/${name}`, fields)
    await act('acknowledge', { message: 'Thank you.' })
    await act('triage', { ...triaged, decision: 'advice_only' })
    const form = await guardian.get(`${path}/actions/resolve_without_investigation`)
    const decidedBy = (await stage.app.service.concerns.listChoices(await stage.app.contextOf('guardian'), id)).deciders[0]!.id
    const asked = await pressOn(guardian, form, { reasonCode: 'advice_given', reason: 'Asked', decidedBy, message: 'Told' })
    await pressOn(guardian, asked, { confirmed: 'yes' })
    await act('resolve', { outcome: 'advice_given', feedbackShared: 'summary', learning: 'None', message: 'The end' })
    expect(await rows('/concerns')).not.toContain(path)
    const after = (await guardian.get('/concerns')).page.links.find(({ text }) => text === 'After the outcome')
    expect(await rows(after!.href)).toContain(path)
  })
})

describe('a long queue', () => {
  test('comes 25 to a page under 50 kB, says where one is, and no row comes twice or is missed', async () => {
    const before = (await rows('/concerns')).length
    for (let count = before; count < 60; count += 1) await stage.raise('04', { immediateDanger: 'yes' })
    const seen: string[] = []
    let path: string | undefined = '/concerns'
    const showing: string[] = []
    while (path !== undefined) {
      const answer = await guardian.get(path)
      // 50 kB, less what 25 titles of 120 characters will take
      expect(Buffer.byteLength(answer.text)).toBeLessThan(47_500)
      seen.push(...answer.page.links.map(({ href }) => href).filter((href) => /^\/concerns\/[0-9a-f-]{36}$/.test(href)))
      showing.push(/Showing \d+ to \d+ of \d+\./.exec(answer.page.words)?.[0] ?? '')
      path = answer.page.links.find(({ text }) => text === 'Next page')?.href
    }
    expect(new Set(seen).size).toBe(60)
    expect(seen).toHaveLength(60)
    expect(showing).toEqual(['Showing 1 to 25 of 60.', 'Showing 26 to 50 of 60.', 'Showing 51 to 60 of 60.'])
  })
})
