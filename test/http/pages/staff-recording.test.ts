import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Fields, HttpClient } from '../../support/http-client.ts'
import { openStaffStage, pressOn, type StaffStage } from './staff-stage.ts'

let stage: StaffStage
let grace: HttpClient
let daniel: HttpClient
beforeAll(async () => {
  stage = await openStaffStage()
  grace = await stage.staff('guardian')
  daniel = await stage.staff('deputy')
})
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const count = async () =>
  Number((await stage.app.database.asSuperuser.query<{ n: string }>('select count(*) as n from concern')).rows[0]!.n)
const told: Fields = { channel: 'phone', text: 'The lamp over the sluice is broken.', openness: 'confidential' }
const talk: Fields = {
  title: 'Broken lamp',
  text: 'She asked whom to tell.',
  message: 'I told her whom to ring.',
  settled: ['lowRisk', 'notTreatedBadly', 'agreed'],
}
const codesOn = ({ text }: Answer): string[] =>
  [...text.matchAll(/<ol class="app-code"[\s\S]*?<\/ol>/g)].map(([list]) =>
    [...list.matchAll(/<li>([^<]*)<\/li>/g)].map(([, group]) => group).join(''),
  )
const fill = (fields: Fields, client = grace) => client.submit('/concerns/new', { ...told, ...fields })
/** Fills in the form, reads it back, saves it, and goes where that leads. */
const record = async (fields: Fields = {}, client = grace) =>
  client.follow(await pressOn(client, await fill(fields, client), {}, '/concerns/new/save'))
/** Presses "I have handed it over". */
const handOver = async (client = grace) => client.follow(await pressOn(client, await client.get('/concerns/new/cards'), {}))
const inbox = async (token: string) => {
  const ctx = { requestId: 'test', now: stage.app.clock.now() }
  return stage.app.service.concerns.readInbox(await stage.app.service.concerns.openByToken(ctx, token))
}

describe('recording a concern for somebody', () => {
  it('reads it back before anything is saved, and then gives a card to hand over', async () => {
    const before = await count()
    const back = await fill({ site: 'Ward 7', about: 'The matron' })
    expect(back.status).toBe(200)
    expect(back.page.title).toContain('Read this back to the person')
    expect(back.text).toContain('The lamp over the sluice is broken.')
    expect(back.text).toContain('Grace Okafor')
    expect(await count()).toBe(before)
    const cards = await grace.follow(await pressOn(grace, back, {}, '/concerns/new/save'))
    expect(await count()).toBe(before + 1)
    expect(cards.page.title).toContain('Paper to hand over')
    const [code] = codesOn(cards)
    expect((await inbox(code!)).narrative).toBe('The lamp over the sluice is broken.')
    // A reload shows it again; once it is handed over nothing does
    expect(codesOn(await grace.get('/concerns/new/cards'))).toEqual([code])
    const after = await handOver()
    expect(after.text).toContain('This code is not yet theirs alone')
    expect((await grace.get('/concerns/new/cards')).text).toContain('Nothing to hand over')
    expect(after.text).not.toContain(code)
  })

  it('saves what the person corrected while it was read back', async () => {
    const cards = await grace.follow(await pressOn(grace, await fill({}), { text: 'No: the lamp over the bath.' }, '/concerns/new/save'))
    expect((await inbox(codesOn(cards)[0]!)).narrative).toBe('No: the lamp over the bath.')
    await handOver()
  })

  it('puts no code in an address, a title or a header', async () => {
    const saved = await pressOn(grace, await fill({}), {}, '/concerns/new/save')
    const cards = await grace.follow(saved)
    const [code] = codesOn(cards)
    for (const answer of [saved, cards]) {
      const headers = [...answer.headers].map(([, value]) => value).join(' ')
      expect(`${answer.location ?? ''} ${answer.page.title} ${headers}`).not.toContain(code)
    }
    const [card] = /<section class="app-hand-over"[\s\S]*?<\/section>/.exec(cards.text)!
    expect(card).not.toMatch(/concern|speak|Staff form|Grace|lamp|guardian/i)
    await handOver()
  })

  it('shows a card to its recorder alone, though a colleague uses the same browser', async () => {
    const cards = await record({}, daniel)
    const [code] = codesOn(cards)
    await daniel.post('/sign-out', {})
    stage.app.clock.advance({ seconds: 30 })
    await daniel.submit('/sign-in', { email: 'guardian@demo.test', password: 'demonstration only 2026', otp: stage.app.codeOf('guardian') })
    expect((await daniel.get('/concerns/new/cards')).text).not.toContain(code!.slice(0, 4))
    daniel = await stage.staff('deputy')
  })

  it('keeps every card that was not handed over, the newest first', async () => {
    const [first] = codesOn(await record())
    const [second] = codesOn(await record({ people: '1' }))
    expect(codesOn(await grace.get('/concerns/new/cards'))).toEqual([second])
    expect((await grace.get('/concerns/new/cards')).text).toContain('1 earlier set of cards still waits')
    const next = await handOver()
    expect(codesOn(next)).toEqual([first])
    await handOver()
  })

  it('makes no second concern of a form that is sent again, before and after the card is handed over', async () => {
    const back = await fill({})
    const before = await count()
    const save = () => pressOn(grace, back, {}, '/concerns/new/save')
    const [first] = codesOn(await grace.follow(await save()))
    expect(codesOn(await grace.follow(await save()))).toEqual([first])
    await handOver()
    expect(codesOn(await grace.follow(await save()))).toEqual([])
    expect(await count()).toBe(before + 1)
    const changed = await pressOn(grace, back, { text: 'In other words.' }, '/concerns/new/save')
    expect([changed.status, changed.page.faults]).toEqual([
      422,
      ['You have saved this before, in other words. Look for it in your queue. If this is another concern, check it again and save it'],
    ])
    const again = await pressOn(grace, changed, {}, '/concerns/new')
    expect(codesOn(await grace.follow(await pressOn(grace, again, {}, '/concerns/new/save')))).toHaveLength(1)
    expect(await count()).toBe(before + 2)
    await handOver()
  })

  it('loses no card to a session that ended: it is shown again, and not taken as handed over', async () => {
    const [code] = codesOn(await record())
    const [key] = (await grace.get('/concerns/new/cards')).page.forms.flatMap(({ fields }) =>
      fields.filter(([name]) => name === 'key').map(([, value]) => value),
    )
    expect(codesOn(await grace.follow(await grace.post('/concerns/new/cards', { key: key!, change: 'yes' })))).toEqual([code])
    await handOver()
  })

  it('is the person’s alone once they have used the code', async () => {
    const [code] = codesOn(await record())
    const concern = (await handOver()).text
    expect(concern).toContain('This code is not yet theirs alone')
    const reporter = stage.stranger()
    const first = await reporter.follow(await reporter.submit('/b', { code: code!, minutes: '15' }))
    const shown = await reporter.follow(await pressOn(reporter, first, {}))
    const [fresh] = codesOn(shown)
    expect(fresh).not.toBe(code)
    expect((await inbox(fresh!)).narrative).toBe('The lamp over the sluice is broken.')
    await expect(inbox(code!)).rejects.toMatchObject({ code: 'token_not_recognised' })
    const { rows } = await stage.app.database.asSuperuser.query<{ concern_id: string }>(
      `select concern_id from reporter_entry where kind = 'token_replaced'`,
    )
    expect((await grace.get(`/concerns/${rows[0]!.concern_id}`)).text).not.toContain('This code is not yet theirs alone')
  })

  it('gives each of several people a card', async () => {
    const before = await count()
    const codes = codesOn(await record({ people: '4' }))
    expect(new Set(codes).size).toBe(4)
    expect(await count()).toBe(before + 4)
    await handOver()
  })

  it('shows no card where none is wanted', async () => {
    const page = await record({ wantsCode: 'no' })
    expect(page.text).toContain('No code was kept')
    expect(codesOn(page)).toEqual([])
  })

  it('cuts the headers of a pasted e-mail, shows what was cut, and lets a part be put back', async () => {
    const text = 'From: Jane Kanari\r\nSent: Monday\r\nSubject: Lamps\r\n\r\nThe lamp is broken.\r\n\r\nKind regards\r\nJane Kanari'
    const back = await fill({ channel: 'email', text })
    expect(back.text).toContain('What was cut from the e-mail')
    expect(back.text).toContain('From: Jane Kanari')
    const kept = /<textarea[^>]*name="text"[^>]*>([\s\S]*?)<\/textarea>/.exec(back.text)![1]
    expect(kept).toBe('The lamp is broken.')
    const cards = await grace.follow(await pressOn(grace, back, { text: 'The lamp is broken.\nFrom: the sluice' }, '/concerns/new/save'))
    expect((await inbox(codesOn(cards)[0]!)).narrative).toBe('The lamp is broken.\nFrom: the sluice')
    await handOver()
  })

  it.each([
    [
      'nothing',
      { channel: '', text: '', openness: '' },
      ['Choose how it reached you', 'Write down what they said', 'Choose how they want to be known'],
    ],
    ['a day in the future', { 'receivedOn-day': '25' }, ['The day it was received cannot be in the future']],
    ['an earlier day without a reason', { 'receivedOn-day': '20' }, ['Say why it is recorded later than it was received']],
    ['no day', { 'receivedOn-day': '', 'receivedOn-month': '', 'receivedOn-year': '' }, ['Write the day it was received as a real date']],
    ['half a person', { people: '1.5' }, ['Write a whole number from 1 to 20']],
    ['a crowd', { people: '21' }, ['Write a number from 1 to 20']],
    [
      'a name on an anonymous one',
      { openness: 'anonymous', name: 'A' },
      ['They want to stay anonymous: take name and contact out, or choose how they want to be known'],
    ],
    ['themselves', { about: 'Grace Okafor' }, ['This is about you. Somebody else has to record it']],
  ])('says what is wrong with %s, keeps what was typed and saves nothing', async (_what, fields, faults) => {
    const before = await count()
    const page = await fill({ site: 'Ward <7>', ...fields })
    expect([page.status, page.page.faults]).toEqual([422, faults])
    expect(page.text).toContain('Ward &lt;7&gt;')
    expect(await count()).toBe(before)
  })

  it('goes back to the form with everything in it', async () => {
    const page = await pressOn(grace, await fill({ site: 'Ward 7' }), { change: 'yes' }, '/concerns/new')
    expect([page.status, page.page.title.startsWith('Record a concern')]).toEqual([200, true])
    expect(page.text).toContain('The lamp over the sluice is broken.')
    expect(page.text).toContain('<option value="Ward 7" selected>Ward 7</option>')
  })
})

describe('a short talk that settled it', () => {
  it('is concluded from one page, and the next can be recorded at once', async () => {
    const page = await grace.follow(await grace.submit('/concerns/new/concluded', talk))
    expect(page.text).toMatch(/Recorded and concluded as F-[0-9A-Z]{4}-[0-9A-Z]{4}/)
    expect(page.page.title).toContain('Contact, advised and concluded')
  })

  it('hands over a code where one is wanted', async () => {
    const cards = await grace.follow(await grace.submit('/concerns/new/concluded', { ...talk, wantsCode: 'yes' }))
    expect((await inbox(codesOn(cards)[0]!)).status).toBe('resolved')
    await handOver()
  })

  it.each([
    ['no tick', { settled: [] }, 3],
    ['one tick missing', { settled: ['lowRisk', 'agreed'] }, 1],
    ['patient safety', { elements: ['patient_safety_quality'] }, 1],
    ['no words', { text: '', title: '', message: '' }, 3],
  ])('is not concluded with %s, and nothing is saved', async (_what, fields, faults) => {
    const before = await count()
    const page = await grace.submit('/concerns/new/concluded', { ...talk, ...fields })
    expect([page.status, page.page.faults.length]).toEqual([422, faults])
    expect(await count()).toBe(before)
  })

  it('shows nothing that somebody else put into its address', async () => {
    expect((await grace.get('/concerns/new/concluded?done=Your+account+is+closed')).text).not.toContain('account is closed')
  })
})

describe('linked concerns', () => {
  it('are linked and taken apart on their page', async () => {
    const [one, other] = [await stage.raise('01'), await stage.raise('02')]
    const { rows } = await stage.app.database.asSuperuser.query<{ reference: string }>('select reference from concern where id = $1', [
      other.id,
    ])
    const { reference } = rows[0]!
    const empty = await grace.submit(`${one.path}/links`, { other: '' })
    expect([empty.status, empty.page.faults]).toEqual([422, ['Give the reference of the other concern']])
    const wrong = await grace.submit(`${one.path}/links`, { other: 'F-0000-0000', note: 'Kept <b>text</b>' })
    expect([wrong.status, wrong.text.includes('Kept &lt;b&gt;text&lt;/b&gt;')]).toEqual([422, true])
    const linked = await grace.follow(await grace.submit(`${one.path}/links`, { other: reference, note: 'The same ward.' }))
    expect(linked.text).toContain(reference)
    expect((await daniel.get(`${other.path}/links`)).text).toContain('The same ward.')
    const [, link] = linked.page.forms.find(({ names }) => names.has('link'))!.fields.find(([name]) => name === 'link')!
    const apart = await grace.follow(await pressOn(grace, linked, { link }))
    expect(apart.text).toContain('No linked concerns to show')
  })

  it('do not show, nor the link, to whom the other is about', async () => {
    const [near, hidden] = [await stage.raise('01'), await stage.raise('02', { about: ['Daniel Reid'] })]
    const before = await daniel.get(`${near.path}/links`)
    const { rows } = await stage.app.database.asSuperuser.query<{ reference: string }>('select reference from concern where id = $1', [
      hidden.id,
    ])
    await grace.submit(`${near.path}/links`, { other: rows[0]!.reference })
    const blot = ({ text }: Answer) => text.replaceAll(/name="_csrf" value="[^"]*"/g, '')
    expect(blot(await daniel.get(`${near.path}/links`))).toBe(blot(before))
    const history = (await daniel.get(`${near.path}/history`)).text
    expect(history.slice(history.indexOf('<ol class="app-events"'))).not.toMatch(/link/i)
  })
})
