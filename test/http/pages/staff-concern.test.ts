import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseInput } from '../../../src/concerns/index.ts'
import type { Answer, HttpClient } from '../../support/http-client.ts'
import { inboxOf, openStaffStage, pressOn, signIn, triaged, type RaisedCase, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient

beforeAll(async () => {
  stage = await openStaffStage()
  grace = await stage.staff('guardian')
})
afterAll(async () => {
  await stage?.close()
  expect(stage?.app.unexpected).toEqual([])
})

const hostile = 'Erste Zeile\n  <b>zwei</b> & "drei" 🙂 שלום\n<script>alert(1)</script>'
const escaped = 'Erste Zeile\n  &lt;b&gt;zwei&lt;/b&gt; &amp; &quot;drei&quot; 🙂 שלום'

/** Sends a form and goes where it leads: every form of these pages is answered by a redirect. */
async function taken(client: HttpClient, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await client.submit(path, fields)
  expect(answer.status).toBe(303)
  return client.follow(answer)
}

async function reporterWrites({ token }: RaisedCase, body: string): Promise<void> {
  const { service, clock } = stage.app
  const reporter = await service.concerns.openByToken({ requestId: 'test', now: clock.now() }, token)
  await service.concerns.writeFromInbox(reporter, { body }, null)
}

describe('a concern’s page', () => {
  test('shows what was said as it was sent, in its own direction, as text', async () => {
    const raised = await stage.raise('01', { narrative: hostile, happened: hostile, site: '<i>Ward</i>' })
    const { text } = await grace.get(raised.path)
    expect(text).toContain(`<div class="app-user-text" dir="auto">${escaped}`)
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('<i>Ward')
  })

  test('says what came with it, how it stands in time and where the limit comes from', async () => {
    const { path } = await stage.raise('01')
    const { words } = (await grace.get(path)).page
    for (const said of [
      'Main hospital',
      'Registered nurses and midwives',
      'senior sister',
      'Anonymously',
      '26 November 2026 2 working days left',
      'Local limit',
    ])
      expect(words).toContain(said)
  })

  test('says in one line what was not said', async () => {
    const { service, clock } = stage.app
    const ctx = { requestId: 'test', now: clock.now() }
    const { token } = await service.concerns.raise(ctx, raiseInput.parse({ narrative: 'The alarm was off.', site: 'Ward 7' }), null)
    const { concernId } = await service.concerns.openByToken(ctx, token)
    const { words } = (await grace.get(`/concerns/${concernId}`)).page
    expect(words.match(/Not said/g)).toHaveLength(1)
    expect(words).toContain('Not said About; Professional group; When it happened; Known since; ')
    expect(words).toContain('Place Ward 7')
  })

  test('keeps the title it was given out of the browser’s history', async () => {
    const raised = await stage.raise('01')
    await grace.submit(`${raised.path}/actions/acknowledge`, { message: 'Thank you.' })
    await grace.submit(`${raised.path}/actions/triage`, { ...triaged, title: 'Sister Smith and the clock' })
    for (const page of ['', '/messages', '/notes', '/records', '/history', '/actions/refer']) {
      const answer = await grace.get(raised.path + page)
      expect(answer.page.title).toMatch(/^F-[0-9A-Z]{4}-[0-9A-Z]{4}: [\w ]+ – Staff form$/)
      expect(answer.page.title).not.toContain('Smith')
    }
    expect((await grace.get(raised.path)).page.heading).toBe('Sister Smith and the clock')
  })

  test.each(['', '/messages', '/notes', '/records', '/history', '/identity', '/actions/acknowledge'])(
    'is not there for a guardian it is about, with the same bytes as one that never was: %s',
    async (page) => {
      const { path } = await stage.raise('01', { about: ['Daniel Reid'] })
      const daniel = await stage.staff('deputy')
      const [excluded, unknown] = [await daniel.get(path + page), await daniel.get(`/concerns/00000000-0000-4000-8000-000000000000${page}`)]
      expect([excluded.status, unknown.status]).toEqual([404, 404])
      const bare = (text: string) => text.replaceAll(/name="_csrf" value="[^"]*"/g, '')
      expect(bare(excluded.text)).toBe(bare(unknown.text))
      expect((await daniel.get('/concerns')).text).not.toContain(path)
    },
  )

  test('is not there under an address that is no id', async () => {
    for (const id of ['x', '..%2f..', "1' or '1'='1", '00000000-0000-0000-0000-000000000000']) {
      expect((await grace.get(`/concerns/${encodeURIComponent(id)}`)).status).toBe(404)
    }
  })

  test('is kept by no browser and no proxy', async () => {
    const { path } = await stage.raise('01')
    expect((await grace.get(path)).headers.get('cache-control')).toBe('no-store, no-transform')
  })
})

describe('messages and team notes', () => {
  test('a message is shown with its readers before it goes, and goes only from there', async () => {
    const raised = await stage.raise('01')
    const preview = await taken(grace, `${raised.path}/messages`, { body: hostile })
    expect(preview.page.heading).toBe('Check before you send')
    expect(preview.page.words).toContain('The person who raised the concern, when they come back with their code')
    expect(preview.page.words).toContain('Daniel Reid, Guardian')
    expect(preview.page.words).not.toContain('Grace Okafor, Guardian')
    expect(preview.text).toContain(escaped)
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toHaveLength(0)

    const changed = await pressOn(grace, preview, { change: 'yes' }, `${raised.path}/messages/preview`)
    expect((await grace.follow(changed)).page.forms.at(-1)!.fields.find(([name]) => name === 'body')?.[1]).toBe(hostile)
    const sent = await pressOn(grace, preview, {
      body: hostile,
      key: preview.page.forms.at(-1)!.fields.find(([name]) => name === 'key')![1],
    })
    expect(sent.location).toBe(`${raised.path}/messages?done=sent`)
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages.map(({ body }: { body: string }) => body)).toEqual([hostile])
  })

  test('two presses of Send are one message', async () => {
    const raised = await stage.raise('01')
    const preview = await taken(grace, `${raised.path}/messages`, { body: 'Once' })
    const key = preview.page.forms.at(-1)!.fields.find(([name]) => name === 'key')![1]
    const answers = await Promise.all([1, 2, 3].map(() => pressOn(grace, preview, { body: 'Once', key })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(JSON.parse(await inboxOf(stage.app, raised.token)).messages).toHaveLength(1)
  })

  test('the check points out people it is about, ways to reach somebody, and an answer that is late', async () => {
    const raised = await stage.raise('01', { about: ['Sister Okonkwo', 'ward manager'] })
    stage.app.clock.advance({ hours: 24 * 7 })
    await signIn(grace, stage.app, 'guardian')
    const body = 'The ward manager and Okonkwo were asked. Ring 0113 496 0000 or write to me@example.org.'
    const { words } = (await taken(grace, `${raised.path}/messages`, { body })).page
    expect(words).toContain('It names somebody the concern is about: Sister Okonkwo.')
    expect(words).not.toContain('ward manager. ')
    expect(words).toContain('looks like an e-mail address')
    expect(words).toContain('looks like a phone number')
    expect(words).toContain('You promised this by 26 November 2026: Acknowledge. That day has passed.')
    const calm = (await taken(grace, `${(await stage.raise('01')).path}/messages`, { body: 'Thank you for the 3 dates.' })).page.words
    expect(calm).not.toContain('Look at these first')
  })

  test('a team note never reaches the person, a message always does, and nothing of their form is alike', async () => {
    const raised = await stage.raise('01')
    const note = await grace.submit(`${raised.path}/notes`, { body: 'A note for colleagues alone' })
    expect(note.location).toBe(`${raised.path}/notes?done=noted`)
    const preview = await taken(grace, `${raised.path}/messages`, { body: 'A message for the person' })
    await pressOn(grace, preview, { body: 'A message for the person', key: '' })
    const inbox = await inboxOf(stage.app, raised.token)
    expect(inbox).toContain('A message for the person')
    expect(inbox).not.toContain('colleagues alone')

    const [notes, messages] = [await grace.get(`${raised.path}/notes`), await grace.get(`${raised.path}/messages`)]
    expect(notes.page.words).toContain('A note for colleagues alone')
    expect(messages.page.words).not.toContain('A note for colleagues alone')
    expect(notes.page.words).not.toContain('A message for the person')
    for (const [page, heading, button, space] of [
      [notes, 'Team note', 'Save team note', 'app-space--team'],
      [messages, 'To the person who raised this', 'Check the message', 'app-space--reporter'],
      [preview, 'Your message, as it will be read', 'Send to the person who raised this', 'app-space--reporter'],
    ] as const) {
      expect(page.page.words).toContain(heading)
      expect(page.text).toContain(button)
      expect(page.text).toContain(space)
    }
  })

  test('two presses of Save are one note', async () => {
    const raised = await stage.raise('01')
    const form = await grace.get(`${raised.path}/notes`)
    await pressOn(grace, form, { body: 'Twice pressed' })
    await pressOn(grace, form, { body: 'Twice pressed' })
    expect((await grace.get(`${raised.path}/notes`)).text.match(/Twice pressed/g)).toHaveLength(1)
  })

  test('nothing empty and nothing too long is sent, and the text stays', async () => {
    const raised = await stage.raise('01')
    expect((await taken(grace, `${raised.path}/messages`, { body: ' ' })).page.faults).toEqual(['Write your message'])
    expect((await taken(grace, `${raised.path}/notes`, { body: '' })).page.faults).toEqual(['Write the note'])
    const long = 'é'.repeat(10_025)
    const answer = await taken(grace, `${raised.path}/messages`, { body: long })
    expect(answer.page.faults).toEqual(['Your text is too long: cut about 25 characters.'])
    expect(answer.page.forms.at(-1)!.fields.find(([name]) => name === 'body')?.[1]).toBe(long)
  })

  test('a new message is shown on whichever page looks first, since that look takes its mark away', async () => {
    for (const page of ['', '/notes', '/records', '/actions/assign']) {
      const raised = await stage.raise('01')
      await reporterWrites(raised, 'It happened again last night.')
      const first = await grace.get(raised.path + page)
      expect(first.page.words).toContain('New from the person who raised this')
      expect(first.page.words).toContain('It happened again last night.')
      expect((await grace.get(raised.path)).page.words).not.toContain('New from the person')
    }
  })
})

describe('history', () => {
  test('tells the newest first, in words, with a time for staff and none for the person who raised it', async () => {
    const raised = await stage.raise('01')
    await grace.submit(`${raised.path}/actions/acknowledge`, { message: 'Thank you.' })
    await grace.submit(`${raised.path}/actions/triage`, { ...triaged, riskGrade: 'high' })
    await grace.submit(`${raised.path}/notes`, { body: 'x' })
    const { words } = (await grace.get(`${raised.path}/history`)).page
    const told = ['Wrote a team note', 'Triaged the concern', 'Acknowledged the concern', 'Raised the concern'].map((each) =>
      words.indexOf(each),
    )
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told).not.toContain(-1)
    expect(words).toContain('Risk: High')
    expect(words).toContain('In time: Yes')
    expect(words).toMatch(/Raised the concern \d+ \w+ 2026 , The person who raised it/)
    expect(words).toMatch(/Triaged the concern \d+ \w+ 2026 at \d\d:\d\d , Grace Okafor, guardian/)
  })
})

describe('somebody who only investigates', () => {
  test('reads the terms, and is told that there is more rather than that there is nothing', async () => {
    const raised = await stage.raise('01')
    await grace.submit(`${raised.path}/actions/acknowledge`, { message: 'Thank you.' })
    await grace.submit(`${raised.path}/actions/triage`, triaged)
    const { investigators } = await stage.app.service.concerns.listChoices(await stage.app.contextOf('guardian'), raised.id)
    const end = { 'expectedEnd-day': '18', 'expectedEnd-month': '12', 'expectedEnd-year': '2026' }
    const terms = { terms: 'Read the rota.', maskedCopy: 'Times were changed.', message: 'We look.' }
    await grace.submit(`${raised.path}/actions/start_investigation`, { investigatorId: investigators[0]!.id, ...terms, ...end })
    const priya = await stage.staff('investigator')
    const overview = await priya.get(raised.path)
    expect(overview.page.heading).toBe('A concern you investigate')
    expect(overview.page.words).toContain('You do not hold the key to the person’s own words.')
    expect(overview.page.words).not.toContain('Not said')
    expect(overview.page.words).not.toContain('emergency department')
    expect((await priya.get(`${raised.path}/records`)).page.words).toContain('Times were changed.')
    for (const page of ['messages', 'notes']) {
      const { words } = (await priya.get(`${raised.path}/${page}`)).page
      expect(words).toContain('You do not hold the key')
      expect(words).not.toContain('yet.')
    }
    const queue = (await priya.get('/concerns')).page.words
    expect(queue).toContain('A concern you investigate')
    expect(queue).toContain('Not shown to you')
    expect(queue).not.toMatch(/Not said|No title yet/)
    expect((await priya.get(`${raised.path}/actions/record_findings`)).status).toBe(200)
  })
})

describe('the name of a person who raised something confidentially', () => {
  const ask = (client: HttpClient, { path }: RaisedCase, fields: Record<string, string>) => client.submit(`${path}/identity`, fields)
  const freshCode = (): string => {
    stage.app.clock.advance({ seconds: 30 })
    return stage.app.codeOf('guardian')
  }

  test('opens once, for a reason and a fresh code, and is on no other page', async () => {
    const raised = await stage.raise('04', { identity: { name: 'Tomasz Quill', contact: 'tq@home.test' } })
    for (const page of ['', '/messages', '/notes', '/records', '/history', '/identity']) {
      expect((await grace.get(raised.path + page)).text).not.toContain('Quill')
    }
    const shown = await ask(grace, raised, { reason: 'To arrange a meeting', otp: freshCode() })
    expect([shown.status, shown.location]).toEqual([200, null])
    expect(shown.page.words).toContain('Tomasz Quill')
    expect(shown.page.words).toContain('tq@home.test')
    expect(shown.page.words).toContain('is recorded')
    expect((await grace.get(`${raised.path}/identity`)).text).not.toContain('Quill')
    const history = (await grace.get(`${raised.path}/history`)).page.words
    expect(history).toContain('Opened the name of the person')
    expect(history).not.toContain('Quill')
    expect((await grace.get(`${raised.path}/records`)).page.words).toContain('To arrange a meeting')
  })

  test('stays closed without either, and the reason stays in its box', async () => {
    const raised = await stage.raise('04', { identity: { name: 'Tomasz Quill' } })
    expect((await ask(grace, raised, { reason: '', otp: '' })).page.faults).toEqual([
      'Say why you need the name',
      'Give the six-digit code',
    ])
    const wrong = await ask(grace, raised, { reason: 'To meet <b>them</b>', otp: '000000' })
    expect([wrong.status, wrong.page.faults]).toEqual([422, ['This code is not right. Type the one your app shows now']])
    expect(wrong.page.forms.at(-1)!.fields.find(([name]) => name === 'reason')?.[1]).toBe('To meet <b>them</b>')
    expect(wrong.text).not.toContain('000000')
    const code = freshCode()
    await ask(grace, raised, { reason: 'To meet', otp: code })
    expect((await ask(grace, raised, { reason: 'To meet', otp: code })).page.faults).toEqual([
      'This code has been used. Wait for the next one in your app',
    ])
  })

  test.each(['01', '10'])('has no page where there is none to open: case %s', async (number) => {
    const raised = await stage.raise(number)
    expect((await grace.get(`${raised.path}/identity`)).status).toBe(404)
    expect((await grace.get(raised.path)).text).not.toContain('/identity')
  })
})

describe('a record that is not genuine', () => {
  test('is shown as a warning in place of its text, and the rest of the page stands', async () => {
    const raised = await stage.raise('01')
    await grace.submit(`${raised.path}/notes`, { body: 'The first note' })
    await grace.submit(`${raised.path}/notes`, { body: 'The second note' })
    const preview = await taken(grace, `${raised.path}/messages`, { body: 'A message' })
    await pressOn(grace, preview, { body: 'A message', key: '' })
    // One byte of a signature, as somebody with the database could change it
    await stage.app.database.asSuperuser.query('alter table staff_item disable trigger all')
    await stage.app.database.asSuperuser.query(
      `update staff_item set signature = set_byte(signature, 0, get_byte(signature, 0) # 1)
       where concern_id = $1 and kind in ('note', 'message') and number = (select min(number) from staff_item where concern_id = $1 and kind = 'note')
          or concern_id = $1 and kind = 'message'`,
      [raised.id],
    )
    const notes = (await grace.get(`${raised.path}/notes`)).page.words
    expect(notes).toContain('This record is not genuine')
    expect(notes).not.toContain('The first note')
    expect(notes).toContain('The second note')
    const messages = (await grace.get(`${raised.path}/messages`)).page.words
    expect(messages).toContain('This record is not genuine')
  })

  test('a narrative somebody changed is a warning too', async () => {
    const raised = await stage.raise('01')
    await stage.app.database.asSuperuser.query('alter table reporter_item disable trigger all')
    await stage.app.database.asSuperuser.query(
      `update reporter_item set ciphertext = set_byte(ciphertext, 40, get_byte(ciphertext, 40) # 1) where concern_id = $1 and kind = 'narrative'`,
      [raised.id],
    )
    const { words } = (await grace.get(raised.path)).page
    expect(words).toContain('This record is not genuine')
    expect(words).not.toContain('emergency department')
  })
})
