import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { answerAndGoOn, codeIn, sent, setReporterStage, type ReporterStage } from './reporter-stage.ts'

let stage: ReporterStage
beforeAll(async () => {
  stage = await setReporterStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

async function opened(code: string, minutes = '15'): Promise<HttpClient> {
  const person = stage.person()
  await answerAndGoOn(person, '/b', { code, minutes })
  return person
}

const fieldsOn = async (person: HttpClient, path: string): Promise<Record<string, string>> =>
  Object.fromEntries((await person.get(path)).page.forms.flatMap(({ fields }) => fields))

const idOf = async (code: string) =>
  (await stage.test.service.concerns.openByToken({ requestId: 'test', now: stage.test.clock.now() }, code)).concernId

const count = async (sql: string): Promise<number> => {
  const { rows } = await stage.test.database.asSuperuser.query<{ count: string }>(sql)
  return Number(rows[0]?.count)
}

describe('every form of the inbox', () => {
  const forms = [
    {
      path: '/b/6',
      again: '/b/6a',
      fields: { openness: 'open', name: 'Jo <b>Bloggs</b>', sure: 'yes' },
      done: '/b/3?n=2',
      kind: 'openness_changed',
    },
    { path: '/b/7', again: '/b/7a', fields: { reason: 'My manager <b>knows</b>' }, done: '/b/3?n=6', kind: 'withdrawal_asked' },
    { path: '/b/8', again: '/b/8a', fields: { speakUpAgain: 'no', comment: 'Slow <i>work</i>' }, done: '/b/3?n=3', kind: 'feedback_given' },
    {
      path: '/b/9',
      again: '/b/9a',
      fields: { kinds: ['moved', 'other'], description: 'Moved\nat once' },
      done: '/b/3?n=4',
      kind: 'detriment_reported',
    },
  ] as const
  const entriesOf = (kind: string) => count(`select count(*) from reporter_entry where kind = '${kind}'`)

  test.each(forms)('$path sent twice from one page is done once', async ({ path, fields, done, kind }) => {
    const person = await opened(await sent(stage.person()))
    const { secret } = await fieldsOn(person, path)
    const before = await entriesOf(kind)
    const both = await Promise.all([1, 2].map(() => person.post(path, { ...fields, secret: secret! })))
    expect(both.map(({ location }) => location)).toEqual([done, done])
    expect(await entriesOf(kind)).toBe(before + 1)
    expect((await person.get(done)).page.words).toContain('Done')
  })

  test.each(forms)(
    '$path outlives the time that was chosen: the code is asked for, everything stays, and it is done once',
    async (form) => {
      const { path, again, fields, done, kind } = form
      const code = await sent(stage.person())
      const person = await opened(code)
      const { secret } = await fieldsOn(person, path)
      const before = await entriesOf(kind)
      stage.test.clock.advance({ minutes: 16 })
      const asked = await person.post(path, { ...fields, secret: secret! })
      expect([asked.status, asked.page.heading]).toEqual([401, 'Enter your code'])
      const kept = asked.page.forms.find(({ action }) => action === again)!.fields.filter(([name]) => name !== 'code' && name !== '_csrf')
      const wanted = Object.entries({ ...fields, secret: secret! }).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
      expect(kept.toSorted().map(([name, value]) => [name, value.replaceAll('\r\n', '\n')])).toEqual(wanted.toSorted())
      expect(await entriesOf(kind)).toBe(before)

      const held: Record<string, string[]> = {}
      for (const [name, value] of kept) (held[name] ??= []).push(value)
      const mistyped = await person.post(again, { ...held, code: 'nonsense' })
      expect([mistyped.status, mistyped.page.faults]).toEqual([422, ['This is not a whole code. A code has 7 groups of 4.']])
      const right = { ...held, code }
      expect((await person.post(again, right)).location).toBe(done)
      expect([done, '/b/1']).toContain((await person.post(again, right)).location)
      expect(await entriesOf(kind)).toBe(before + 1)
      expect((await person.get(again)).location).toBe('/b/1')
    },
  )

  test.each([
    ['/b/6', { openness: '' }, 'Choose how you want to be known'],
    ['/b/6', { openness: 'open' }, 'Write your name, or how we can reach you'],
    ['/b/6', { openness: 'anonymous', name: 'Jo', sure: 'yes' }, 'You cannot become less known. What was read cannot be taken back.'],
    ['/b/8', {}, 'Choose one of the answers'],
    ['/b/8', { speakUpAgain: 'perhaps' }, 'Choose one of the answers'],
    ['/b/9', { description: 'Moved' }, 'Tick what has happened. If nothing fits, tick “Something else”.'],
    ['/b/9', { kinds: 'moved', description: ' ' }, 'Tell us what has happened to you'],
  ])('%s says what is wrong with %j and keeps nothing', async (path, fields, fault) => {
    const person = await opened(await sent(stage.person()))
    const before = await count('select count(*) from reporter_item')
    const refused = await person.post(path, { ...(await fieldsOn(person, path)), ...fields })
    expect([refused.status, refused.page.faults]).toEqual([422, [fault]])
    expect(await count('select count(*) from reporter_item')).toBe(before)
  })

  test('leaves no session behind that could be written to after Leave', async () => {
    const person = await opened(await sent(stage.person()))
    await person.get('/b/10')
    await person.get('/leave', { headers: { 'Sec-Fetch-Site': 'same-origin' } })
    for (const path of ['/b/6', '/b/8', '/b/9', '/b/10']) expect((await person.get(path)).status).toBe(401)
  })
})

describe('a note when there is an answer', () => {
  const wish = { wants: 'yes', address: 'jo@home.example', part: 'evening', understood: 'yes' }

  test('is for whoever is known: the inbox leads there, and what is missing is told', async () => {
    const person = await opened(await sent(stage.person()))
    expect((await person.get('/b/1')).text).not.toContain('/b/18')
    expect((await person.get('/b/18')).location).toBe('/b/1')
    await person.post('/b/6', { ...(await fieldsOn(person, '/b/6')), openness: 'confidential', name: 'Jo', sure: 'yes' })
    expect((await person.get('/b/1')).text).toContain('/b/18')
    const empty = await person.post('/b/18', { ...(await fieldsOn(person, '/b/18')), wants: 'yes' })
    expect([empty.status, empty.page.faults]).toEqual([
      422,
      ['Write your e-mail address', 'Choose when we may send it', 'Tick the box to show that you know'],
    ])
    const secret = (await fieldsOn(person, '/b/18'))['secret']!
    expect((await person.post('/b/18', { ...wish, secret })).location).toBe('/b/3?n=9')
    const shown = await person.get('/b/18')
    expect(shown.page.words).toContain('Notes are on.')
    expect(shown.text).not.toContain('jo@home.example')
    await person.post('/b/18', { ...(await fieldsOn(person, '/b/18')), wants: 'no' })
    expect((await person.get('/b/18')).page.words).toContain('Notes are off.')
  })
})

describe('being known', () => {
  test('is asked twice, can be changed on the way, and is then said in the inbox', async () => {
    const person = await opened(await sent(stage.person()))
    const sure = await person.submit('/b/6', { openness: 'confidential', name: 'Jo', contact: 'After six' })
    expect([sure.status, sure.page.heading]).toEqual([200, 'Are you sure?'])
    expect(sure.page.words).toContain('Only the guardians know me')
    const held = Object.fromEntries(sure.page.forms.at(-1)!.fields)
    const changed = await person.post('/b/6', { ...held, change: 'yes' })
    expect(Object.fromEntries(changed.page.forms.at(-1)!.fields)).toMatchObject({
      name: 'Jo',
      contact: 'After six',
      openness: 'confidential',
    })
    expect((await person.post('/b/6', { ...held, sure: 'yes' })).location).toBe('/b/3?n=2')
    // Only open is left to choose
    expect((await person.get('/b/6')).text).not.toContain('Only the guardians know me')
    await answerOpen(person)
    expect((await person.get('/b/6')).location).toBe('/b/1')
  })

  const answerOpen = async (person: HttpClient) =>
    person.post('/b/6', { ...(await fieldsOn(person, '/b/6')), openness: 'open', name: 'Jo', sure: 'yes' })
})

describe('a new code', () => {
  test('is shown again by reloading until it is written down; two presses give one; the old one is then unknown', async () => {
    const code = await sent(stage.person())
    const person = await opened(code)
    const form = await fieldsOn(person, '/b/10')
    const pressed = await Promise.all([1, 2].map(() => person.post('/b/10', form)))
    expect(pressed.map(({ location }) => location)).toEqual(['/b/11', '/b/11'])
    const fresh = codeIn(await person.get('/b/11'))
    expect([fresh.length, fresh === code]).toEqual([28, false])
    stage.test.clock.advance({ minutes: 20 })
    expect(codeIn(await person.get('/b/11'))).toBe(fresh)
    const old = await stage.person().submit('/b', { code })
    const never = await stage.person().submit('/b', { code: '0'.repeat(28) })
    expect([old.status, old.page.faults]).toEqual([never.status, never.page.faults])
    expect((await opened(fresh)).cookies.size).toBe(1)
    // The time of the inbox is over, and the way on is the new code
    expect((await person.submit('/b/11', {})).location).toBe('/b')
    expect((await person.get('/b/11')).location).toBe('/b/1')
  })

  test('says in the inbox that it works, and the inbox stays open', async () => {
    const person = await opened(await sent(stage.person()))
    await answerAndGoOn(person, '/b/10')
    const inbox = await person.follow(await person.submit('/b/11', {}))
    expect([inbox.status, inbox.page.words.includes('Your new code works now.')]).toEqual([200, true])
  })

  test('closes another browser that the old code had opened', async () => {
    const code = await sent(stage.person())
    const [mine, theirs] = [await opened(code), await opened(code, '180')]
    await answerAndGoOn(mine, '/b/10')
    expect((await theirs.get('/b/1')).status).toBe(401)
    expect((await theirs.post('/b/2', { body: 'Still me?', secret: 'x'.repeat(22) })).status).toBe(401)
  })

  test('that was not written down is not shown to whoever opens an inbox of their own next at the same browser', async () => {
    const person = await opened(await sent(stage.person()))
    const shown = codeIn(await answerAndGoOn(person, '/b/10'))
    const another = await sent(stage.person())
    await answerAndGoOn(person, '/b', { code: another })
    expect((await person.get('/b/11')).location).toBe('/b/1')
    const next = codeIn(await answerAndGoOn(person, '/b/10'))
    expect([next === shown, next.length]).toEqual([false, 28])
  })

  test('dies with Leave', async () => {
    const person = await opened(await sent(stage.person()))
    await answerAndGoOn(person, '/b/10')
    const cookie = person.cookies.get('__Host-draft')!
    await person.get('/leave', { headers: { 'Sec-Fetch-Site': 'same-origin' } })
    const thief = stage.person()
    thief.cookies.set('__Host-draft', cookie)
    expect((await thief.get('/b/11')).location).toBe('/b/1')
  })

  test('is asked for after the time is over: the code opens the page again', async () => {
    const code = await sent(stage.person())
    const person = await opened(code)
    await person.get('/b/10')
    stage.test.clock.advance({ minutes: 16 })
    const asked = await person.post('/b/10', {})
    expect([asked.status, asked.page.heading]).toEqual([401, 'Enter your code'])
    expect((await person.post('/b/10a', { code })).location).toBe('/b/10')
    expect(codeIn(await answerAndGoOn(person, '/b/10'))).toHaveLength(28)
  })

  test('comes first where somebody else held the code, and nothing is shown or taken before', async () => {
    const code = await sent(stage.person(), 'Told on the telephone.')
    const id = await idOf(code)
    const client = stage.test.database.asSuperuser
    await client.query('begin; set local session_replication_role = replica')
    await client.query(`update concern set channel = 'phone' where id = $1`, [id])
    await client.query('commit')
    const person = stage.person()
    const led = await answerAndGoOn(person, '/b', { code })
    expect([led.page.heading, led.page.words.includes('Told on the telephone.')]).toEqual(['Take a new code', false])
    for (const path of ['/b/1', '/b/2', '/b/6', '/b/8', '/b/9', '/b/12/1']) expect((await person.get(path)).location).toBe('/b/10')
    expect((await person.get('/b/10')).page.words).toContain('Someone else gave you this code')
    await answerAndGoOn(person, '/b/10')
    const inbox = await person.follow(await person.submit('/b/11', {}))
    expect(inbox.page.words).toContain('Told on the telephone.')
  })
})

describe('questions and dates', () => {
  test('a question waits on the inbox and is answered on its own page, once', async () => {
    const code = await sent(stage.person())
    const id = await idOf(code)
    const guardian = await stage.test.contextOf('guardian')
    await stage.test.service.concerns.sendMessage(guardian, id, { body: 'Which <ward>?', question: true }, null)
    const person = await opened(code)
    expect((await person.get('/b/1')).page.words).toContain('1 question for you')
    const page = await person.get('/b/5?q=1')
    expect(page.page.words).toContain('Which <ward>?')
    const fields = { ...Object.fromEntries(page.page.forms.at(-1)!.fields), body: 'The third.' }
    expect((await person.post('/b/5', fields)).location).toBe('/b/3?n=1')
    const inbox = await person.get('/b/1')
    expect([inbox.page.words.includes('question for you'), inbox.page.words.includes('You answered a question')]).toEqual([false, true])
    expect((await person.get('/b/5?q=1')).location).toBe('/b/1')
  })

  test('each next date is a calendar file that says a day and nothing else', async () => {
    const code = await sent(stage.person())
    const id = await idOf(code)
    const person = await opened(code)
    const [one, two] = [await person.get('/b/12/1'), await person.get('/b/12/1')]
    expect(one.headers.get('content-type')).toContain('text/calendar')
    expect(one.headers.get('content-disposition')).toBe('attachment; filename="date.ics"')
    const lines = one.text.replaceAll('\r\n ', '').split('\r\n')
    const told = lines.filter(
      (line) =>
        !/^(BEGIN|END|VERSION|PRODID|UID|SEQUENCE|X-PAD|X-MICROSOFT-CDO-ALLDAYEVENT|X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT)/.test(line),
    )
    expect(told).toEqual(['DTSTAMP:20261126T000000Z', 'DTSTART;VALUE=DATE:20261126', 'SUMMARY:Reminder', ''])
    expect(one.text).not.toMatch(new RegExp([id, code, 'trust', 'concern', 'speak'].join('|'), 'i'))
    const uidOf = (text: string) => /UID:(\S+)/.exec(text)?.[1]
    expect(uidOf(one.text)).not.toBe(uidOf(two.text))
    expect(Buffer.byteLength(one.text) % 4096).toBeLessThan(200)
    for (const number of ['2', '0', 'x', '1x']) expect((await person.get(`/b/12/${number}`)).status).toBe(404)
  })

  test('says on which days messages are read', async () => {
    const person = await opened(await sent(stage.person()))
    expect((await person.get('/b/1')).page.words).toMatch(
      /We read messages on working days\. The next are \w+day \d+ \w+, \w+day \d+ \w+ and \w+day \d+ \w+\./,
    )
  })
})
