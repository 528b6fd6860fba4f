import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import type { Answer, HttpClient } from '../../support/http-client.ts'
import { blocksOf, readingOf } from './reading-grade.ts'
import { quietInbox, staff, startFakeWeb, token, type FakeWeb } from './reporter-fake.ts'

let fake: FakeWeb
let person: HttpClient

beforeEach(async () => {
  fake = await startFakeWeb()
  person = fake.web.someoneElse()
})
afterEach(async () => {
  expect(fake.unexpected).toEqual([])
  await fake.web.close()
})

const codeOn = (answer: Answer): string =>
  [...(/<ol class="app-code"[\s\S]*?<\/ol>/.exec(answer.text)?.[0] ?? '').matchAll(/<li>([^<]*)<\/li>/g)].map(([, group]) => group).join('')

const secretOn = (answer: Answer): string => /name="secret" value="([^"]*)"/.exec(answer.text)?.[1] ?? ''

function readable(answer: Answer): void {
  const reading = readingOf(blocksOf(answer.text, ['app-source', 'app-code', 'app-user-text', 'nhsuk-u-visually-hidden']))
  expect([reading.longest.words <= 20, reading.longest.sentence]).toEqual([true, reading.longest.sentence])
  expect(reading.grade).toBeLessThanOrEqual(5)
}

const said = { narrative: 'Two people fell at night.' }

describe('the form on one page, to a browser that keeps no cookie', () => {
  test('asks every question, sets no cookie, and carries a secret of ours of 128 random bits, new with every page', async () => {
    const first = await person.get('/f')
    const second = await person.get('/f')
    expect(first.headers.getSetCookie()).toEqual([])
    expect(secretOn(first)).toMatch(/^[\w-]{22}$/)
    expect(secretOn(second)).not.toBe(secretOn(first))
    const fields = first.page.forms.find(({ action }) => action === '/f')?.names ?? new Set()
    for (const name of [
      'immediateDanger',
      'narrative',
      'elements',
      'site',
      'happened',
      'day',
      'month',
      'year',
      'professionalGroup',
      'treatedBadly',
    ])
      expect([name, fields.has(name)]).toEqual([name, true])
    for (const name of ['readers', 'about', 'recipient', 'deputyMayRead', 'standby', 'openness', 'name', 'contact'])
      expect([name, fields.has(name)]).toEqual([name, true])
  })

  test('is offered where the cookie did not come back, and from the help', async () => {
    await person.submit('/s/1', {})
    person.cookies.clear()
    expect((await person.get('/s/1a')).text).toContain('href="/f"')
    expect((await person.get('/help')).text).toContain('href="/f"')
    expect((await person.get('/b')).text).toContain('href="/f/2"')
  })

  test('left empty asks for what happened, and for nothing else, with focus on the summary', async () => {
    const answer = await person.submit('/f', {})
    expect([answer.status, answer.page.title.startsWith('Error:')]).toEqual([422, true])
    expect(answer.page.faults).toEqual(['Tell us what happened'])
    expect(answer.text).toMatch(/nhsuk-error-summary"[^>]*autofocus/)
    expect(answer.text).toContain('href="#narrative"')
    expect(answer.text.match(/Tell us what happened/g)).toHaveLength(2)
    expect(fake.service.sent).toBe(0)
    readable(answer)
  })

  test('keeps everything that was typed or chosen when something is wrong, as text and not as tags', async () => {
    const narrative = 'A <b>bold</b> one 🙂 "quoted" & שלום'
    const answer = await person.submit('/f', {
      narrative,
      immediateDanger: 'not_sure',
      elements: ['bullying_harassment', 'not_sure'],
      happened: 'Last <i>winter</i>',
      day: '31',
      month: 'June',
      year: '2026',
      professionalGroup: 'medical_dental',
      treatedBadly: 'worried',
      readers: [staff.daniel.id],
      about: 'The ward manager',
      recipient: 'guardians',
      deputyMayRead: 'no',
      openness: 'anonymous',
      name: 'Jo',
      contact: 'Ring <me>',
    })
    expect(answer.status).toBe(422)
    expect(answer.page.faults).toEqual(['Write a year like 2025. You can add a month, then a day'])
    expect(answer.text).toContain('A &lt;b&gt;bold&lt;/b&gt; one 🙂 &quot;quoted&quot; &amp; שלום')
    const form = answer.page.forms.find(({ action }) => action === '/f')
    const held = (name: string) => form?.fields.filter(([field]) => field === name).map(([, value]) => value)
    expect([held('immediateDanger'), held('elements'), held('day'), held('month'), held('year')]).toEqual([
      ['not_sure'],
      ['bullying_harassment', 'not_sure'],
      ['31'],
      ['June'],
      ['2026'],
    ])
    expect([held('professionalGroup'), held('treatedBadly'), held('readers'), held('deputyMayRead'), held('openness')]).toEqual([
      ['medical_dental'],
      ['worried'],
      [staff.daniel.id],
      ['no'],
      ['anonymous'],
    ])
    expect([held('name'), held('happened')]).toEqual([['Jo'], ['Last <i>winter</i>']])
  })

  test('names every fault at once, in the order of the page', async () => {
    const answer = await person.submit('/f', { day: '4', about: 'x'.repeat(201), recipient: 'somebody' })
    expect(answer.page.faults).toEqual([
      'Tell us what happened',
      'Add the year, like 2025',
      'Keep each line under 200 characters',
      'Choose who should read it',
    ])
  })

  test('does not send a name by mistake: who gives one without saying who may know it is asked', async () => {
    const answer = await person.submit('/f', { ...said, name: 'Jo' })
    expect([answer.status, answer.page.faults]).toEqual([
      422,
      ['You gave a name or a way to reach you. Take it out, or choose who may know you'],
    ])
    const sent = await person.submit('/f', { ...said, name: 'Jo', openness: 'confidential' })
    expect(codeOn(sent)).toBe(token)
    expect(JSON.parse([...fake.service.raised.values()][0] ?? '')).toMatchObject({ openness: 'confidential', identity: { name: 'Jo' } })
  })

  test('sends by the one schema what the questions one by one would send', async () => {
    await person.submit('/f', {
      ...said,
      elements: ['patient_safety_quality', 'something_else'],
      month: 'May',
      year: '2026',
      treatedBadly: 'no',
    })
    expect(JSON.parse([...fake.service.raised.values()][0] ?? '')).toEqual({
      narrative: said.narrative,
      openness: 'anonymous',
      elements: ['patient_safety_quality'],
      awareSince: '2026-05',
      treatedBadly: 'no',
      about: [],
      recipient: 'guardians',
      deputyMayRead: true,
      standby: false,
    })
  })
})

describe('a second look before it is sent', () => {
  test('is asked for where something may show who wrote it, and once is enough', async () => {
    const form = await person.get('/f')
    const fields = { narrative: 'I am the only porter here. jo@example.org', secret: secretOn(form) }
    const look = await person.post('/f', fields)
    expect([look.status, fake.service.sent]).toEqual([200, 0])
    expect(look.text).toContain('Things that may show who you are')
    expect(look.text).toContain('jo@example.org')
    expect(secretOn(look)).toBe(fields.secret)
    readable(look)
    const seen =
      look.page.forms.find(({ action }) => action === '/f')?.fields.flatMap(([name, value]) => (name === 'seen' ? [value] : [])) ?? []
    expect(seen.length).toBeGreaterThan(0)
    expect(codeOn(await person.post('/f', { ...fields, seen }))).toBe(token)
  })

  test('comes again when something else was added since', async () => {
    const look = await person.submit('/f', { narrative: 'My number is 07700 900123.' })
    const seen =
      look.page.forms.find(({ action }) => action === '/f')?.fields.flatMap(([name, value]) => (name === 'seen' ? [value] : [])) ?? []
    const again = await person.submit('/f', { narrative: 'My number is 07700 900123. I am the only porter.' })
    expect(again.text).toContain('I am the only porter')
    const added = await person.post('/f', { narrative: 'My number is 07700 900123. I am the only porter.', seen, secret: secretOn(look) })
    expect([codeOn(added), fake.service.sent]).toEqual(['', 0])
  })

  test('works for a text full of numbers: its form can still be sent', async () => {
    const narrative = Array.from({ length: 600 }, (_, at) => `a${at}@example.org`).join(' ')
    const look = await person.submit('/f', { narrative })
    const seen =
      look.page.forms.find(({ action }) => action === '/f')?.fields.flatMap(([name, value]) => (name === 'seen' ? [value] : [])) ?? []
    expect(seen.length).toBeLessThan(200)
    expect(codeOn(await person.post('/f', { narrative, seen, secret: secretOn(look) }))).toBe(token)
  })

  test('names those who will read it where the person kept somebody out', async () => {
    const look = await person.submit('/f', { ...said, readers: [staff.grace.id] })
    expect(look.text).toContain('When you send it, these people can open it')
    expect(/<li>Daniel Reid, deputy guardian<\/li>/.test(look.text)).toBe(true)
    expect(/<li>Grace Okafor, guardian<\/li>/.test(look.text)).toBe(false)
    expect(fake.service.sent).toBe(0)
  })

  test('is not asked of somebody who wants to be known', async () => {
    expect(codeOn(await person.submit('/f', { narrative: 'jo@example.org', openness: 'open' }))).toBe(token)
  })

  test('says so, and keeps the text, where nobody is left to read it', async () => {
    const answer = await person.submit('/f', { ...said, readers: Object.values(staff).map(({ id }) => id) })
    expect([answer.status, answer.page.faults.length]).toEqual([422, 1])
    expect(answer.page.faults[0]).toMatch(/^From what you said, it is about everyone who could read it/)
    expect(answer.text).toContain(said.narrative)
  })
})

describe('after Send', () => {
  const send = async (narrative = said.narrative) => {
    const form = await person.get('/f')
    const fields = { narrative, secret: secretOn(form) }
    return { fields, sent: await person.post('/f', fields) }
  }

  test('a page sent twice, or reloaded, is one concern with the same code', async () => {
    const { fields, sent } = await send()
    expect(codeOn(sent)).toBe(token)
    readable({ ...sent, text: sent.text.replaceAll(/Local limit\.[^<]*/g, '') })
    expect(codeOn(await person.post('/f', fields))).toBe(token)
    expect(fake.service.sent).toBe(1)
  })

  test('somebody in danger now is told what to do before anything else, for nobody reads this at night', async () => {
    const quiet = await person.submit('/f', said)
    expect(quiet.text).not.toContain('Get help first')
    const urgent = await person.submit('/f', { ...said, immediateDanger: 'yes' })
    expect(urgent.text).toMatch(/Get help first[\s\S]*Nobody reads this form day and night[\s\S]*app-code/)
    readable({ ...urgent, text: urgent.text.replaceAll(/Local limit\.[^<]*/g, '') })
  })

  test('changed by Back and sent again it raises nothing, shows the code, and says that the change was not sent', async () => {
    const { fields } = await send()
    const again = await person.post('/f', { ...fields, narrative: 'Something else.' })
    expect(codeOn(again)).toBe(token)
    expect(again.text).toContain('What you changed since was not sent')
    expect(fake.service.sent).toBe(1)
  })

  test('two groups are checked on the page with the code; a wrong one shows it again and keeps what was typed', async () => {
    const { fields } = await send()
    const wrong = await person.post('/f/1', { secret: fields.secret, second: token.slice(4, 8), fifth: 'WRNG' })
    expect([wrong.status, wrong.page.faults]).toEqual([422, ['Group 5 does not match. Look at your code again.']])
    expect(codeOn(wrong)).toBe(token)
    const right = await person.post('/f/1', { secret: fields.secret, second: token.slice(4, 8).toLowerCase(), fifth: token.slice(16, 20) })
    expect([right.status, right.page.title.startsWith('What happens next')]).toEqual([200, true])
    expect(right.text).toContain('By 26 November 2026')
  })

  test.each([
    ['checked', { second: token.slice(4, 8), fifth: token.slice(16, 20) }],
    ['skipped', { skip: 'yes' }],
  ])('once %s, no page shows the code again, whatever is sent again, and nothing is raised twice', async (_how, given) => {
    const { fields } = await send()
    await person.post('/f/1', { secret: fields.secret, ...given })
    const pages = await Promise.all([
      person.post('/f/1', { secret: fields.secret, ...given }),
      person.post('/f/1', { secret: fields.secret, second: 'AAAA', fifth: 'BBBB' }),
      person.post('/f', fields),
      person.post('/f', { ...fields, narrative: 'Something else.' }),
    ])
    for (const page of pages) expect([page.status, page.text.includes(token.slice(0, 4)), codeOn(page)]).toEqual([200, false, ''])
    expect(fake.service.sent).toBe(1)
  })

  test('without the secret, or with one of nobody’s, there is nothing to see', async () => {
    await send()
    for (const secret of ['', 'short', 'A'.repeat(22)]) {
      const answer = await person.post('/f/1', { secret, skip: 'yes' })
      expect([answer.status, codeOn(answer)]).toEqual([200, ''])
      expect(answer.page.title).toMatch(/^We cannot show this page again/)
    }
  })
})

describe('a door that is closed', () => {
  test('since somebody sent takes no code away from them', async () => {
    const fields = { ...said, secret: secretOn(await person.get('/f')) }
    await person.post('/f', fields)
    fake.service.closed = true
    expect(codeOn(await person.post('/f', fields))).toBe(token)
  })

  test('says so before anything is written, and gives back what was', async () => {
    const form = await person.get('/f')
    fake.service.closed = true
    expect((await person.get('/f')).status).toBe(503)
    const answer = await person.post('/f', { ...said, secret: secretOn(form) })
    expect(answer.status).toBe(503)
    expect(answer.text).toContain(said.narrative)
  })
})

describe('messages on one page', () => {
  test('are read with the code, which stands on no page after', async () => {
    fake.service.inbox = quietInbox
    const answer = await person.submit('/f/2', { code: token })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('What I saw.')
    expect(answer.text).not.toContain(token.slice(0, 8))
    expect(answer.headers.getSetCookie()).toEqual([])
    readable(answer)
  })

  test('show questions and how it ended too, and warn of a code that somebody else has seen', async () => {
    fake.service.inbox = {
      ...quietInbox,
      newCodeFirst: true,
      questions: [{ id: '1', from: 'staff', author: 'Grace Okafor', body: 'Which ward?', genuine: true, sentOn: '2026-11-25' as DateText }],
      outcome: { code: 'investigated_action_taken', feedbackShared: 'summary', on: '2026-11-25' as DateText },
    }
    const answer = await person.submit('/f/2', { code: token })
    for (const text of ['Which ward?', 'We looked into it, and something will change.', 'The person who gave you this code has seen it'])
      expect([text, answer.text.includes(text)]).toEqual([text, true])
    readable(answer)
    fake.service.inbox = quietInbox
  })

  test('are written with the code, once for each page however often it is sent', async () => {
    const form = await person.get('/f/2')
    const fields = { code: token, body: 'One more thing.', secret: secretOn(form) }
    const first = await person.post('/f/2', fields)
    await person.post('/f/2', fields)
    expect(fake.service.messages.map(({ body }) => body)).toEqual(['One more thing.'])
    expect(first.text).toContain('Your message has been sent.')
    expect(first.text).not.toContain('One more thing.</textarea>')
    const other = await person.post('/f/2', { ...fields, body: 'Another.' })
    expect([other.status, other.page.faults]).toEqual([
      422,
      ['You have sent a message from this page before. Press the button once more to send this one too.'],
    ])
    await person.post('/f/2', { code: token, body: 'Another.', secret: secretOn(other) })
    expect(fake.service.messages.map(({ body }) => body)).toEqual(['One more thing.', 'Another.'])
  })

  test('keep message and code in their boxes where the code was wrong, and send nothing', async () => {
    const wrong = await person.submit('/f/2', { code: 'AAAA', body: 'Kept.' })
    expect([wrong.status, wrong.page.faults]).toEqual([422, ['This is not a whole code. A code has 7 groups of 4.']])
    expect(wrong.text).toMatch(/AAAA<\/textarea>/)
    expect(wrong.text).toMatch(/Kept\.<\/textarea>/)
    const unknown = await person.submit('/f/2', { code: token.replace('T', 'A'), body: 'Kept.' })
    expect([unknown.status, unknown.page.faults.length]).toEqual([404, 1])
    expect((await person.submit('/f/2', { body: 'Kept.' })).page.faults).toEqual(['Enter your code'])
    expect(fake.service.messages).toEqual([])
  })

  test('that are too long are kept, with the code', async () => {
    const answer = await person.submit('/f/2', { code: token, body: 'x'.repeat(20_001) })
    expect([answer.status, answer.page.faults]).toEqual([422, ['Your text is too long: cut about 1 character.']])
    expect(answer.text).toContain('x'.repeat(20_001))
  })
})

describe('what the page with one form says of danger', () => {
  test('is what the page of its own says: who to call, and that sending the form calls somebody', async () => {
    expect((await person.get('/f')).page.words).toContain('It may be days before someone sees it')
    const people = [{ name: 'Site manager', number: '2222', email: '', days: 'every_day' as const, from: '00:00', until: '00:00' }]
    const { settings } = fake.service
    fake.service.settings = { ...settings, values: { ...settings.values, onCall: { people, outside: '', patience: 30 } } }
    const page = await person.get('/f')
    expect(page.page.words).toMatch(
      /Who to call now.*Site manager.*2222.*They will know that something was sent, within a quarter of an hour/s,
    )
    readable(page)
  })
})

describe('the check of three and six months, without a cookie', () => {
  const asked = async () => {
    fake.service.inbox = { ...quietInbox, followUp: 3 }
    return person.submit('/f/2', { code: token })
  }

  test('is asked on the page, answered once with the code, and worse leads on to what has happened', async () => {
    const page = await asked()
    expect(page.page.words).toContain('It is about three months since we told you how it ended.')
    readable(page)
    const secret = secretOn(page)
    const answered = await person.post('/f/2', { code: token, secret, months: '3', answer: 'worse' })
    expect(fake.service.followUps).toEqual([{ months: 3, answer: 'worse', secret: `${secret}-check` }])
    expect(answered.page.words).toContain('Please write what has happened in the box below')
    readable(answered)
  })

  test('is no part of reading or writing where nothing was chosen, and is carried along where the code was wrong', async () => {
    const secret = secretOn(await asked())
    await person.post('/f/2', { code: token, secret, months: '3', body: 'Hello' })
    expect([fake.service.followUps, fake.service.messages.length]).toEqual([[], 1])
    const wrong = await person.post('/f/2', { code: 'XX', secret, months: '3', answer: 'fine' })
    expect([wrong.status, /name="answer" value="fine"/.test(wrong.text)]).toEqual([422, true])
    const strange = await person.post('/f/2', { code: token, secret, months: '3', answer: 'great' })
    expect([strange.status, fake.service.followUps]).toEqual([200, []])
  })
})
