import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { answerAndGoOn, begin, sent, sessionCookie, setReporterStage, written, type ReporterStage } from './reporter-stage.ts'

let stage: ReporterStage
beforeAll(async () => {
  stage = await setReporterStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

/** The same cookie in another browser: what a thief of it would hold. */
function withCookieOf(person: HttpClient): HttpClient {
  const other = stage.person()
  for (const [name, value] of person.cookies) other.cookies.set(name, value)
  return other
}

const publicPages = ['/', '/talk', '/help', '/how-we-protect-you', '/s/1', '/b']
const everyPage = [...publicPages, '/s/2', '/s/2a', '/s/3', '/s/4', '/s/5', '/s/6', '/s/7', '/s/8', '/s/9', '/s/10', '/s/11', '/s/13']

describe('the one cookie', () => {
  test('is not set by looking around, and comes with the first Continue', async () => {
    const person = stage.person()
    for (const path of publicPages) await person.get(path)
    expect(person.cookies.size).toBe(0)
    await person.submit('/s/1', {})
    expect([...person.cookies.keys()]).toEqual([sessionCookie])
  })

  test('is bound to our host, unseen by scripts, sent to nobody else, and dies with the browser', async () => {
    const answer = await stage.person().submit('/s/1', {})
    const line = answer.headers.getSetCookie().join()
    for (const attribute of ['__Host-', 'Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(line).toContain(attribute)
    expect(line).not.toMatch(/max-age|expires/i)
  })

  test('holds the inbox beside the draft, so that reading a reply loses nothing', async () => {
    const code = await sent(stage.person())
    const person = stage.person()
    await written(person)
    await answerAndGoOn(person, '/b', { code })
    expect([...person.cookies.keys()]).toEqual([sessionCookie])
    expect((await person.get('/s/13')).page.words).toContain('Two people fell')
    expect((await person.get('/b/1')).page.heading).toBe('Messages')
  })

  test('that the browser refuses leads to a page that says so and offers other ways', async () => {
    const person = stage.person()
    const answer = await person.submit('/s/1', {})
    person.cookies.clear()
    const page = await person.follow(answer)
    expect([page.status, page.page.heading]).toEqual([200, 'Your browser did not keep our cookie'])
    expect(page.page.words).toContain('Protect')
  })

  test.each(['', 'x', 'd.', `d.${'a'.repeat(43)}`, `c.${'a'.repeat(43)}~i.${'b'.repeat(43)}`, 'd.%00', '"', 'd.constructor__proto__'])(
    'with %j in it opens nothing and breaks nothing',
    async (value) => {
      const person = stage.person()
      person.cookies.set(sessionCookie, value)
      for (const path of ['/s/2', '/s/4', '/s/13', '/s/14', '/s/15', '/s/16', '/b/1', '/b/2'])
        expect((await person.get(path)).status).toBeLessThan(500)
      expect((await person.get('/s/4')).page.heading).toBe('Your answers are not here')
    },
  )
})

describe('a draft', () => {
  test('is there after 19 idle hours and gone after 20, with a kind page', async () => {
    const person = stage.person()
    await written(person)
    stage.test.clock.advance({ hours: 19 })
    expect((await person.get('/s/4')).text).toContain('Two people fell')
    await answerAndGoOn(person, '/s/7', { treatedBadly: 'no' })
    stage.test.clock.advance({ hours: 19, minutes: 59 })
    expect((await person.get('/s/13')).status).toBe(200)
    stage.test.clock.advance({ minutes: 2 })
    const gone = await person.get('/s/13')
    expect([gone.status, gone.page.heading]).toEqual([410, 'Your answers are not here'])
    expect(gone.page.words).toContain('You did nothing wrong')
    expect(gone.page.links.map(({ href }) => href)).toEqual(expect.arrayContaining(['/s/1', '/b', '/talk']))
  })

  test('that has gone while somebody typed gives back what they typed', async () => {
    const person = stage.person()
    await begin(person)
    stage.test.clock.advance({ hours: 21 })
    const gone = await person.post('/s/4', { narrative: 'A long story <b>of mine</b>' })
    expect([gone.status, gone.page.words.includes('A long story <b>of mine</b>')]).toEqual([410, true])
  })

  test('can be begun again over the rest of an old one', async () => {
    const person = stage.person()
    await written(person)
    stage.test.clock.advance({ hours: 21 })
    await begin(person)
    expect((await person.get('/s/4')).text).not.toContain('Two people fell')
  })

  test('is not lost by going back to the first pages and pressing Continue', async () => {
    const person = stage.person()
    await written(person)
    await answerAndGoOn(person, '/s/1')
    expect((await person.get('/s/4')).text).toContain('Two people fell')
  })
})

describe('a page that can be opened from anywhere', () => {
  test.each(['/help', '/talk', '/how-we-protect-you'])('%s leads back to what the person has open', async (path) => {
    const backOf = async (person: HttpClient) => (await person.get(path)).page.links.find(({ text }) => text === 'Back')?.href
    const person = stage.person()
    expect(await backOf(person)).toBe('/')
    const code = await sent(person)
    await person.get('/leave')
    await answerAndGoOn(person, '/b', { code })
    expect(await backOf(person)).toBe('/b/1')
    await begin(person)
    expect(await backOf(person)).toBe('/s/13')
    expect((await person.follow(await person.get('/s/13'))).page.heading).toBe('What happened?')
  })
})

describe('Leave', () => {
  test.each(everyPage)('on %s goes to the neutral site, and the old cookie opens nothing', async (path) => {
    const person = stage.person()
    await written(person)
    const thief = withCookieOf(person)
    expect((await person.get(path)).page.links).toContainEqual({ href: '/leave', text: 'Leave this site' })
    const left = await person.get('/leave')
    expect([left.status, left.location]).toEqual([303, 'https://www.bbc.co.uk/weather'])
    expect([person.cookies.size, left.headers.get('referrer-policy')]).toEqual([0, 'no-referrer'])
    expect((await thief.get('/s/4')).page.heading).toBe('Your answers are not here')
  })

  test('ends the receipt and the open inbox too', async () => {
    const person = stage.person()
    const code = await sent(person)
    await answerAndGoOn(person, '/b', { code })
    const thief = withCookieOf(person)
    await person.get('/leave', { headers: { 'Sec-Fetch-Site': 'none' } })
    expect((await thief.get('/s/14')).text).not.toContain(code.slice(0, 4))
    expect((await thief.get('/b/1')).status).toBe(401)
  })

  test.each(['cross-site', 'same-site'])('does nothing for a page of somebody else (%s)', async (site) => {
    const person = stage.person()
    await written(person)
    const answer = await person.get('/leave', { headers: { 'Sec-Fetch-Site': site } })
    expect([answer.status, answer.location]).toEqual([200, null])
    expect((await person.get('/s/4')).text).toContain('Two people fell')
  })

  test('asks for a press of a button where an old browser does not say who sent it', async () => {
    const person = stage.person()
    await written(person)
    const old = async (method: 'GET' | 'POST'): Promise<Response> => {
      const headers = { Cookie: `${sessionCookie}=${person.cookies.get(sessionCookie)}` }
      return fetch(new URL('/leave', person.origin), { method, headers, redirect: 'manual' })
    }
    const asked = await (await old('GET')).text()
    expect([asked.includes('<button'), asked.includes('Two people')]).toEqual([true, false])
    expect((await person.get('/s/4')).status).toBe(200)
    expect((await old('POST')).headers.get('location')).toBe('/')
    expect((await person.get('/s/4')).status).toBe(410)
  })

  test('works for somebody who has nothing open', async () => {
    expect((await stage.person().get('/leave', { headers: { 'Sec-Fetch-Site': 'cross-site' } })).location).toBe(
      'https://www.bbc.co.uk/weather',
    )
  })
})

describe('every page of a reporter', () => {
  test.each(everyPage)('%s is stored by no browser, padded, and holds no script, style or foreign address', async (path) => {
    const person = stage.person()
    await written(person)
    const { headers, text } = await person.get(path)
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store, no-transform', null])
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|script-src/)
    expect(Buffer.byteLength(text) % 4096).toBe(0)
    expect(text).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|https?:\/\//)
  })

  test('takes no form that another site sent', async () => {
    const person = stage.person()
    await written(person)
    for (const [path, fields] of [
      ['/s/1', {}],
      ['/s/4', { narrative: 'forged' }],
      ['/s/13', {}],
      ['/b', { code: 'x' }],
      ['/leave', {}],
    ] as const)
      expect((await person.post(path, fields, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(403)
    expect((await person.get('/s/4')).text).toContain('Two people fell')
  })
})
