import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, HttpClient } from '../../support/http-client.ts'
import { inboxOf, openStaffStage, pressOn, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient
let daniel: HttpClient

beforeAll(async () => {
  stage = await openStaffStage()
  grace = await stage.staff('guardian')
  daniel = await stage.staff('deputy')
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

interface Reached extends Answer {
  /** Where the redirect led. */
  readonly path: string
}

/** Sends a form of a page and goes where it leads. */
async function taken(client: HttpClient, path: string, fields: Readonly<Record<string, string | string[]>>): Promise<Reached> {
  // Without fields any form would do, the one that signs out among them
  const answer = Object.keys(fields).length === 0 ? await pressOn(client, await client.get(path), {}) : await client.submit(path, fields)
  expect([path, answer.status]).toEqual([path, 303])
  return { ...(await client.follow(answer)), path: answer.location! }
}

/** Presses the button of a page's form and goes where it leads. */
async function go(client: HttpClient, page: Answer, fields: Readonly<Record<string, string>>): Promise<Reached> {
  const answer = await pressOn(client, page, fields)
  return { ...(await client.follow(answer)), path: answer.location! }
}

const valueOf = (page: Answer, name: string) => page.page.forms.flatMap(({ fields }) => fields).find(([field]) => field === name)?.[1]

async function counted(sql: string, ...values: readonly string[]): Promise<number> {
  const { rows } = await stage.app.database.asSuperuser.query<{ count: string }>(`select count(*) from ${sql}`, [...values])
  return Number(rows[0]?.count)
}

describe('a note of one’s own', () => {
  test('is read by its writer alone: no colleague, no person who raised it, no history of others', async () => {
    const { path, token } = await stage.raise('01')
    const saved = await taken(grace, `${path}/my-note`, { body: 'Ask about the <b>rota</b>' })
    expect(saved.page.words).toContain('Only you can open it')
    expect((await grace.get(`${path}/my-note`)).text).toContain('Ask about the &lt;b&gt;rota')
    for (const page of ['', '/my-note', '/notes', '/messages', '/records', '/history', '/contacts', '/summary/paper']) {
      const { text, status } = await daniel.get(path + page)
      expect([page, status]).toEqual([page, 200])
      expect(text).not.toContain('rota&lt;')
      expect(text).not.toContain('Wrote a note of their own')
    }
    expect((await grace.get(`${path}/history`)).page.words).toContain('Wrote a note of their own')
    expect(await inboxOf(stage.app, token)).not.toContain('rota')
  })

  test('has a heading, border and button unlike those of the other two spaces', async () => {
    const { path } = await stage.raise('01')
    const { text, page } = await grace.get(`${path}/my-note`)
    expect(page.words).toContain('For you alone')
    expect(text).toContain('app-space--mine')
    expect(text).toContain('Save my note')
    expect(text).not.toContain('app-space--team')
  })

  test('that is empty is asked for again, by a page of its own, so that Back never asks to send it', async () => {
    const { path } = await stage.raise('01')
    const again = await taken(grace, `${path}/my-note`, { body: '  ' })
    expect([again.status, again.page.faults]).toEqual([422, ['Write the note']])
  })
})

describe('contacts', () => {
  const contact = { channel: 'call', 'on-day': '24', 'on-month': '11', 'on-year': '2026', minutes: '25', note: 'She rang back.' }

  test('are listed with their minutes, and once however often the button is pressed', async () => {
    const { path } = await stage.raise('01')
    const form = await grace.get(`${path}/contacts`)
    const answers = await Promise.all([1, 2].map(() => pressOn(grace, form, contact)))
    expect(answers.map(({ location }) => location)).toEqual([1, 2].map(() => `${path}/contacts?done=contact`))
    const { words } = (await daniel.get(`${path}/contacts`)).page
    expect(words).toContain('She rang back.')
    expect(words).toContain('Time on this concern: 25 minutes.')
    expect(words.match(/She rang back/g)).toHaveLength(1)
  })

  test.each([
    [{ minutes: '0' }, 'Give at least 1 minute'],
    [{ minutes: '601' }, 'Give at most 600 minutes: log a longer contact as two'],
    [{ minutes: '20 min' }, 'Give the minutes as a whole number, from 1 to 600'],
    [{ minutes: '' }, 'Give the minutes, from 1 to 600'],
    [{ 'on-day': '31', 'on-month': '2' }, 'Give a real day, like 24 11 2026'],
    [{ 'on-day': '25', 'on-month': '12' }, 'This day has not come yet. Give the day it took place'],
    [{ channel: 'smoke' }, 'Choose how you were in contact'],
  ])('with %j are refused in words, and nothing is stored', async (wrong, words) => {
    const { path, id } = await stage.raise('01')
    const again = await taken(grace, `${path}/contacts`, { ...contact, ...wrong })
    expect([again.status, again.page.faults]).toEqual([422, [words]])
    expect(valueOf(again, 'note')).toBe('She rang back.')
    expect(await counted('staff_item where concern_id = $1', id)).toBe(0)
  })

  test('make one’s own hours, by month and kind, as a page and as CSV', async () => {
    const { path } = await stage.raise('01')
    const nonExecutive = await stage.staff('nonExecutive')
    expect((await nonExecutive.get('/time')).page.words).toContain('You have logged no contacts yet')
    await taken(daniel, `${path}/contacts`, { ...contact, channel: 'visit', 'on-month': '10', minutes: '90' })
    await taken(daniel, `${path}/contacts`, contact)
    const { words } = (await daniel.get('/time')).page
    expect(words).toMatch(/November 2026 .*Phone call .*25 .*October 2026 .*Visit or meeting .*90 .*All .*115/)
    stage.app.clock.advance({ minutes: 6 })
    const without = await daniel.follow(await pressOn(daniel, await daniel.get('/time'), { otp: '' }))
    expect([without.status, without.text.includes('Give the six-digit code')]).toEqual([422, true])
    const csv = await pressOn(daniel, await daniel.get('/time'), { otp: stage.app.codeOf('deputy') })
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename=time.csv')
    expect(csv.text).toBe('month,channel,contacts,minutes\r\n2026-11,call,1,25\r\n2026-10,visit,1,90\r\n')
  })
})

describe('an assessment', () => {
  test('goes section by section to a version of its own, and says on every page that it is no verdict', async () => {
    const { path } = await stage.raise('01')
    expect((await grace.get(`${path}/assessment`)).page.words).toContain('only a tribunal decides')
    let page: Answer = await taken(grace, `${path}/assessment`, {})
    expect(page.page.heading).toBe('Is it information?')
    page = await go(grace, page, { information: 'yes', 'information-reason': 'Dates and <i>names</i>' })
    expect(page.page.heading).toBe('What may it tend to show?')
    expect(page.page.words).toContain('section 43B(1)(da); commenced by SI 2026/323')
    page = await go(grace, page, { 'kind-sexual_harassment': 'not_clear', 'kind-health_or_safety': 'yes' })
    for (const heading of [
      'Is the belief reasonable?',
      'Is it in the public interest?',
      'To whom was it said?',
      'Is it known whether the person is a worker?',
    ]) {
      expect(page.page.heading).toBe(heading)
      page = await go(grace, page, {})
    }
    expect(page.page.heading).toBe('Your working view')
    expect(page.page.words).toContain('Danger to the health or safety of any individual: Yes')
    const missing = await go(grace, page, {})
    expect([missing.status, missing.page.faults]).toEqual([422, ['Choose the working view']])
    const saved = await go(grace, missing, { status: 'may_qualify' })
    expect(saved.page.words).toContain('The assessment is saved as a new version')
    const seen = (await daniel.get(`${path}/assessment`)).text
    expect(seen).toContain('May qualify')
    expect(seen).toContain('Dates and &lt;i&gt;names')
  })

  test('goes on from the newest version, keeps the earlier ones, and saves over nothing a colleague wrote meanwhile', async () => {
    const { path } = await stage.raise('01')
    const assess = async (client: HttpClient, status: string) => {
      const begun = await taken(client, `${path}/assessment`, {})
      const draft = new URL(begun.path, 'http://x').searchParams.get('draft')
      return { result: await client.get(`${path}/assessment/result?draft=${draft}`), status }
    }
    const first = await assess(grace, 'not_assessed')
    const second = await assess(daniel, 'may_qualify')
    expect((await go(grace, first.result, { status: first.status })).page.words).toContain('saved as a new version')
    const clash = await go(daniel, second.result, { status: second.status })
    expect(clash.status).toBe(409)
    expect(clash.page.words).toContain('A colleague saved version 1 while you were writing')
    expect((await go(daniel, clash, { status: second.status })).page.words).toContain('saved as a new version')
    const { words } = (await grace.get(`${path}/assessment`)).page
    expect(words).toContain('Version 2 (the newest version)')
    expect((await grace.get(`${path}/assessment?version=1`)).page.words).toContain('Not assessed')
    expect((await grace.get(`${path}/assessment?version=3`)).status).toBe(404)
  })

  test('asks for the reason of a Yes, on the page where it was said', async () => {
    const { path } = await stage.raise('01')
    const page = await taken(grace, `${path}/assessment`, {})
    const again = await go(grace, page, { information: 'yes', 'information-reason': '' })
    expect([again.status, again.page.faults, again.page.heading]).toEqual([422, ['Give the reason for Yes or No'], 'Is it information?'])
  })

  test('does not offer a kind of failure that came into the Act after the concern', async () => {
    const { path, id } = await stage.raise('01')
    const { asSuperuser } = stage.app.database
    await asSuperuser.query('alter table concern disable trigger all')
    await asSuperuser.query(`update concern set raised_on = '2026-04-05' where id = $1`, [id])
    await asSuperuser.query('alter table concern enable trigger all')
    const { text } = await grace.get(`${path}/assessment/kinds`)
    expect(text).not.toContain('kind-sexual_harassment')
    expect(text).toContain('in the Act only since 6 April 2026')
  })
})

describe('saved views', () => {
  test('keep filters under a name: the link gives the same list, Back and all', async () => {
    const list = await grace.get('/concerns?due=soon&owner=me')
    const save = list.page.links.find(({ href }) => href.startsWith('/views/new'))!.href
    const made = await taken(grace, save, { name: 'Mine <soon>' })
    expect(made.page.words).toContain('The view is saved.')
    const link = made.page.links.find(({ text }) => text.includes('Mine'))!.href
    expect(link).toBe('/concerns?due=soon&owner=me')
    expect(made.text).toContain('Mine &lt;soon&gt;')
    expect((await daniel.get('/views')).text).not.toContain('Mine &lt;soon')
  })

  test('are shared with colleagues only where that was ticked, and are theirs to read, not to change', async () => {
    await taken(grace, '/views/new?raised=this_week', { name: 'This week, shared', team: 'yes' })
    const shared = await daniel.get('/views')
    expect(shared.page.words).toContain('Shared by Grace Okafor')
    const own = (await grace.get('/views')).page.links.filter(({ href }) => /^\/views\/[0-9a-f-]{36}$/.test(href))
    for (const { href } of own) expect((await daniel.get(href)).status).toBe(404)
    expect((await (await stage.staff('nonExecutive')).get('/views')).page.words).not.toContain('This week, shared')
  })

  test('say that a name is taken, at the new view and at the renamed one, and keep what was typed', async () => {
    await taken(grace, '/views/new?openness=open', { name: 'Open ones' })
    const again = await taken(grace, '/views/new?openness=confidential', { name: 'Open ones', team: 'yes' })
    expect(again.page.faults).toEqual(['You have a view of this name already. Give another.'])
    expect(again.text).toContain('value="Open ones"')
    const mended = await taken(grace, again.path, { name: 'Confidential ones' })
    const edit = mended.page.links.find(({ text }) => text.includes('Confidential ones') && text.includes('Rename'))!.href
    expect((await taken(grace, edit, { name: 'Open ones' })).page.faults).toEqual(['You have a view of this name already. Give another.'])
  })

  test('are renamed and deleted by plain forms, with an entry each and no name in any', async () => {
    const made = await taken(grace, '/views/new?danger=yes', { name: 'Kanari first' })
    const edit = made.page.links.find(({ text }) => text.includes('Kanari first') && text.includes('Rename'))!.href
    expect((await taken(grace, edit, { name: '' })).page.faults).toEqual(['Give the view a name'])
    expect((await taken(grace, edit, { name: 'Kanari second' })).page.words).toContain('Kanari second')
    expect((await grace.follow(await pressOn(grace, await grace.get(edit), {}, `${edit}/deletion`))).page.words).not.toContain(
      'Kanari second',
    )
    expect(await counted(`staff_entry where kind = 'saved_view_changed' and text ilike '%kanari%'`)).toBe(0)
    expect(await counted(`saved_view where encode(sealed, 'escape') ilike '%kanari%'`)).toBe(0)
  })

  test('narrow the list by a colleague’s name', async () => {
    const { text } = await grace.get('/concerns')
    expect(text).toMatch(/<option value="[0-9a-f-]{36}">Daniel Reid<\/option>/)
    expect(text).toContain('New this week')
  })
})

describe('a summary for paper', () => {
  test('says for whom, leaves the person out unless chosen, and is recorded each time it opens', async () => {
    const { path, id } = await stage.raise('03', { openness: 'open', identity: { name: 'Amara Nwosu', contact: '0113 496 0000' } })
    await taken(grace, `${path}/my-note`, { body: 'Nobody reads this' })
    const paper = await taken(grace, `${path}/summary`, { preparedFor: 'Head of HR' })
    expect(paper.page.words).not.toContain('note of their own')
    expect(paper.page.words).toContain('Prepared for Head of HR')
    expect(paper.text).not.toContain('Amara Nwosu')
    expect(paper.page.words).toContain('Left out on purpose: the person’s own words; what is known of the person; the messages.')
    const whole = await taken(grace, `${path}/summary`, { preparedFor: 'The panel', include: ['narrative', 'reporter'] })
    expect(whole.page.words).toContain('Amara Nwosu')
    expect(await counted(`staff_entry where kind = 'summary_printed' and concern_id = $1`, id)).toBe(2)
    expect(paper.path).not.toMatch(/Head.*HR/)
  })
})

describe('a download of everything', () => {
  test('takes a fresh code, comes as a file with a name that says nothing, and holds one’s own notes too', async () => {
    const { path, id } = await stage.raise('01', { narrative: 'What <was> seen' })
    await taken(grace, `${path}/my-note`, { body: 'For me & nobody else' })
    const page = `${path}/download`
    expect((await taken(grace, page, { otp: '' })).page.faults).toEqual(['Give the six-digit code'])
    stage.app.clock.advance({ seconds: 30 })
    const file = await grace.submit(page, { otp: stage.app.codeOf('guardian'), format: 'html' })
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=record.html')
    expect(file.text).toContain('What &lt;was&gt; seen')
    expect(file.text).toContain('For me &amp; nobody else')
    expect(file.text).not.toMatch(/https?:|href=|src=|<script|<link/)
    expect(await counted(`staff_entry where kind = 'concern_exported' and concern_id = $1`, id)).toBe(1)
    stage.app.clock.advance({ seconds: 30 })
    const json = await grace.submit(page, { otp: stage.app.codeOf('guardian'), format: 'json' })
    expect(json.headers.get('content-disposition')).toBe('attachment; filename=record.json')
    expect(JSON.parse(json.text)).toMatchObject({
      content: { narrative: 'What <was> seen' },
      privateNotes: [{ body: 'For me & nobody else' }],
    })
    stage.app.clock.advance({ seconds: 30 })
    const others = await daniel.submit(page, { otp: stage.app.codeOf('deputy'), format: 'json' })
    expect(others.text).not.toContain('nobody else')
  })
})

describe('a message', () => {
  test('is looked at for names, numbers and promises, and its form is answered by a redirect', async () => {
    const { path } = await stage.raise('03', { openness: 'open', identity: { name: 'Amara Nwosu', contact: null } })
    const body = 'Dear Amara, Priya Nair will ring. NHS number 943 476 5919. Or write to a@b.example, 0113 496 0000.'
    const sent = await grace.submit(`${path}/messages`, { body })
    expect(sent.status).toBe(303)
    const { words } = (await grace.follow(sent)).page
    for (const warned of [
      'It names a colleague: Priya Nair.',
      'It holds the name of the person who raised this: Amara Nwosu.',
      'looks like an NHS number',
      'looks like an e-mail address',
      'looks like a phone number',
    ])
      expect(words).toContain(warned)
    expect(words).not.toContain('It names a colleague: Grace')
  })

  test('of a confidential person says that it does not know the name, and opens nothing to find out', async () => {
    const { path, id } = await stage.raise('04')
    const preview = await taken(grace, `${path}/messages`, { body: 'Thank you.' })
    expect(preview.page.words).toContain('this check does not know it')
    expect(await counted(`staff_entry where kind = 'identity_viewed' and concern_id = $1`, id)).toBe(0)
  })

  test('that was sent is gone from the preview: going back can not send it twice', async () => {
    const { path, token } = await stage.raise('01')
    const preview = await taken(grace, `${path}/messages`, { body: 'Only once' })
    await go(grace, preview, { body: 'Only once' })
    const back = await grace.get(preview.path)
    expect(back.page.heading).not.toBe('Check before you send')
    expect(JSON.parse(await inboxOf(stage.app, token)).messages).toHaveLength(1)
  })

  test('waits in a draft that nobody else can open, colleagues included', async () => {
    const { path } = await stage.raise('01')
    const preview = await taken(grace, `${path}/messages`, { body: 'Kanari of a draft' })
    expect((await daniel.get(preview.path)).text).not.toContain('Kanari')
    const other = await stage.raise('01')
    expect((await grace.get(preview.path.replace(path, other.path))).text).not.toContain('Kanari')
    expect(await counted(`written_draft where encode(ciphertext, 'escape') ilike '%kanari%'`)).toBe(0)
  })
})
