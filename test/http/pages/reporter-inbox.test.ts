import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { answerAndGoOn, sent, setReporterStage, type ReporterStage } from './reporter-stage.ts'

let stage: ReporterStage
let code: string
beforeAll(async () => {
  stage = await setReporterStage()
  code = await sent(stage.person(), 'The lift has been broken since May.')
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

const groups = (): string[] => code.match(/.{4}/g) ?? []

async function opened(minutes = '15', typed = code): Promise<HttpClient> {
  const person = stage.person()
  await answerAndGoOn(person, '/b', { code: typed, minutes })
  return person
}

describe('coming back with a code', () => {
  test.each([
    ['as it is', () => code],
    ['in small letters', () => code.toLowerCase()],
    ['with spaces', () => groups().join(' ')],
    ['with hyphens', () => groups().join('-')],
    ['over seven lines', () => groups().join('\r\n')],
    [
      'as a numbered list',
      () =>
        groups()
          .map((group, at) => `${at + 1}. ${group}`)
          .join('\r\n'),
    ],
    ['with O for 0 and l for 1', () => code.replaceAll('0', 'O').replaceAll('1', 'l')],
    ['with i for 1', () => code.replaceAll('1', 'i').toLowerCase()],
  ])('opens it typed %s', async (_how, spell) => {
    const person = await opened('15', spell())
    const inbox = await person.get('/b/1')
    expect([inbox.status, inbox.page.heading]).toEqual([200, 'Messages'])
    expect(inbox.page.words).toContain('The lift has been broken since May.')
  })

  test('names the group of a typing error, and keeps what was typed', async () => {
    const person = stage.person()
    const wrong = code.slice(0, 9) + (code[9] === '7' ? '8' : '7') + code.slice(10)
    const refused = await person.submit('/b', { code: wrong })
    expect([refused.status, refused.page.title]).toEqual([422, 'Error: Enter your code – Staff form'])
    expect(refused.page.faults.join()).toContain('3')
    expect(refused.page.forms[0]?.fields).toContainEqual(['code', wrong])
    expect(person.cookies.size).toBe(0)
  })

  test.each([
    ['nothing', '', 'Enter your code'],
    ['a word', 'hello', 'This is not a whole code. A code has 7 groups of 4.'],
    ['a book', 'x'.repeat(50_000), 'This is not a whole code. A code has 7 groups of 4.'],
  ])('asks again for %s', async (_what, typed, fault) => {
    const refused = await stage.person().submit('/b', { code: typed })
    expect([refused.status, refused.page.faults]).toEqual([422, [fault]])
  })

  test('says one and the same of every code that is whole and opens nothing', async () => {
    const answers = await Promise.all([wholeCode('A'), wholeCode('B')].map((typed) => stage.person().submit('/b', { code: typed })))
    const told = answers.map(({ status, text }) => [status, text.length, text.replaceAll(/[AB]{26}../g, '')])
    expect(told[0]).toEqual(told[1])
    expect(answers[0]?.status).toBe(404)
  })

  test('puts the code into no later page, address, title or header', async () => {
    const person = stage.person()
    const answers = [await person.submit('/b', { code })]
    for (const path of ['/b/1', '/b/2', '/b', '/b/3', '/leave']) answers.push(await person.get(path))
    for (const { text, headers, location } of answers)
      expect(text + JSON.stringify([...headers]) + (location ?? '')).not.toContain(code.slice(0, 8))
  })
})

/** A code whose check symbols are right and that nobody has: 26 times one symbol, then its remainder modulo 1021. */
function wholeCode(symbol: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let remainder = 0
  for (let place = 0; place < 26; place += 1) remainder = (remainder * 32 + alphabet.indexOf(symbol)) % 1021
  return symbol.repeat(26) + (alphabet[remainder >> 5] ?? '') + (alphabet[remainder & 31] ?? '')
}

describe('the inbox', () => {
  test('says where it stands, what is promised, and shows both sides oldest first', async () => {
    const person = await opened()
    const first = await person.get('/b/1')
    expect(first.page.words).toContain('We have your concern. Nobody has answered it yet.')
    expect(first.page.words).toContain('No reply yet. We will write by 26 November 2026.')
    expect(first.page.words).toContain('There are no messages yet.')

    await answerAndGoOn(person, '/b/2', { body: 'It is worse <i>now</i>.\nMuch.' })
    const { item } = await stage.newest()
    const guardian = await stage.test.contextOf('guardian')
    const { concerns } = stage.test.service
    await concerns.act(guardian, item.id, 'acknowledge', { expectedVersion: item.version, message: 'Thank you. I am on it.' })
    const { page } = await person.get('/b/1')
    expect(page.words).toContain('A person has read your concern and answered you.')
    expect(page.words).toContain('We said we would write to you by 26 November 2026. We did so in time.')
    expect(page.words).toContain('2 messages')
    const [mine, theirs] = ['It is worse <i>now</i>. Much.', 'Thank you. I am on it.'].map((text) => page.words.indexOf(text)) as [
      number,
      number,
    ]
    expect([mine > 0, theirs > mine]).toEqual([true, true])
    expect(page.words).toContain('Grace Okafor wrote, 24 November 2026')
  })

  test('admits it when we are late, says sorry, and says who else there is', async () => {
    const late = await sent(stage.person(), 'Nobody answers.')
    stage.test.clock.advance({ hours: 24 * 7 })
    const person = await opened('15', late)
    const { words } = (await person.get('/b/1')).page
    expect(words).toContain('We said we would write to you by 26 November 2026. We are late. We are sorry.')
    expect(words).toContain('You can also contact these people')
    expect(words).toContain('Protect')
  })

  test.each([
    ['15', 14, 16],
    ['180', 179, 181],
    ['', 14, 16],
  ])('chosen for %j minutes is open at %d and closed at %d', async (minutes, open, closed) => {
    const person = await opened(minutes)
    stage.test.clock.advance({ minutes: open })
    expect((await person.get('/b/1')).status).toBe(200)
    stage.test.clock.advance({ minutes: closed - open })
    const over = await person.get('/b/1')
    expect([over.status, over.page.heading]).toEqual([401, 'Enter your code'])
    expect(over.page.words).toContain('The time you chose is over')
    expect(person.cookies.size).toBe(0)
  })

  test('leaves no record that anybody read it', async () => {
    const rowsOf = async (): Promise<string> => {
      const { rows } = await stage.test.database.asSuperuser.query(
        'select (select count(*) from staff_entry) || $1 || (select count(*) from reporter_entry) || $1 || (select string_agg(version::text, $1) from concern) as all',
        [' '],
      )
      return String(rows[0].all)
    }
    const before = await rowsOf()
    const person = await opened()
    await person.get('/b/1')
    expect(await rowsOf()).toBe(before)
  })
})

describe('a reply', () => {
  const messagesIn = async (person: HttpClient, text: string): Promise<number> => (await person.get('/b/1')).text.split(text).length - 1

  test('that is sent twice from one page is one message', async () => {
    const person = await opened()
    const { page } = await person.get('/b/2')
    const secret = page.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'secret')?.[1] ?? ''
    const fields = { body: 'Only once, please', secret }
    const [one, two] = await Promise.all([person.post('/b/2', fields), person.post('/b/2', fields)])
    expect([one.location, two.location]).toEqual(['/b/3', '/b/3'])
    expect(await messagesIn(person, 'Only once, please')).toBe(1)
    const done = await person.get('/b/3')
    expect(done.page.words).toContain('Your message has been sent.')
  })

  test('with other words from the same page asks before it is sent too', async () => {
    const person = await opened()
    const { page } = await person.get('/b/2')
    const secret = page.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'secret')?.[1] ?? ''
    await person.post('/b/2', { body: 'First thought', secret })
    const asked = await person.post('/b/2', { body: 'Second thought', secret })
    expect([asked.status, asked.page.faults.length]).toEqual([422, 1])
    const again = Object.fromEntries(asked.page.forms[0]?.fields ?? [])
    expect([again['body'], again['secret'] === secret]).toEqual(['Second thought', false])
    expect((await person.post('/b/2', again)).location).toBe('/b/3')
    expect(await messagesIn(person, 'Second thought')).toBe(1)
  })

  test('that is empty or too long is asked for again, with the text kept', async () => {
    const person = await opened()
    expect((await person.submit('/b/2', { body: ' ' })).page.faults).toEqual(['Write your message'])
    const long = 'x'.repeat(20_001)
    const refused = await person.submit('/b/2', { body: long })
    expect([refused.page.faults, refused.page.forms[0]?.fields.some(([, value]) => value === long)]).toEqual([
      ['Your text is too long: cut about 1 character.'],
      true,
    ])
  })

  test('outlives the time that was chosen: the code is asked for, the text stays, and it is sent once', async () => {
    const person = await opened()
    const { page } = await person.get('/b/2')
    const secret = page.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'secret')?.[1] ?? ''
    stage.test.clock.advance({ minutes: 20 })
    const asked = await person.post('/b/2', { body: 'Typed <b>slowly</b>\nover two lines', secret })
    expect([asked.status, asked.page.heading]).toEqual([401, 'Enter your code'])
    const form = Object.fromEntries(asked.page.forms[0]?.fields ?? [])
    expect([form['body'], form['secret']]).toEqual(['Typed <b>slowly</b>\nover two lines', secret])

    const mistyped = await person.post('/b/4', { ...form, code: 'nonsense' })
    expect([mistyped.status, Object.fromEntries(mistyped.page.forms[0]?.fields ?? [])['body']]).toEqual([
      422,
      'Typed <b>slowly</b>\nover two lines',
    ])

    const right = { ...form, code }
    expect((await person.post('/b/4', right)).location).toBe('/b/3')
    expect((await person.post('/b/4', right)).location).toBe('/b/3')
    expect(await messagesIn(person, 'Typed &lt;b&gt;slowly')).toBe(1)
  })
})
