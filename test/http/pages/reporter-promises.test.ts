import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { answerAndGoOn, sent, setReporterStage, type ReporterStage } from './reporter-stage.ts'

let stage: ReporterStage
beforeAll(async () => {
  stage = await setReporterStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

async function opened(code: string): Promise<HttpClient> {
  const person = stage.person()
  await answerAndGoOn(person, '/b', { code, minutes: '180' })
  return person
}
/** A concern that nobody has answered for a week. */
async function late(): Promise<{ code: string; person: HttpClient }> {
  stage.test.clock.set('2026-11-24T09:00:00Z')
  const code = await sent(stage.person())
  stage.test.clock.set('2026-12-01T09:00:00Z')
  return { code, person: await opened(code) }
}
const count = async (kind: string): Promise<number> => {
  const { rows } = await stage.test.database.asSuperuser.query<{ count: string }>(`select count(*) from reporter_entry where kind = $1`, [
    kind,
  ])
  return Number(rows[0]?.count)
}

describe('the inbox', () => {
  test('says the next promise first, and offers no way past people who are in time', async () => {
    stage.test.clock.set('2026-11-24T09:00:00Z')
    const person = await opened(await sent(stage.person()))
    const { page, text } = await person.get('/b/1')
    expect(page.words).toContain('No reply yet. We will write by 26 November 2026.')
    expect(page.words).toContain('Where these dates come from')
    expect(text).toContain('Local limit.')
    expect(text).not.toContain('href="/b/16"')
    expect((await person.get('/b/16')).location).toBe('/b/1')
    expect((await person.get('/b/17')).location).toBe('/b/1')
  })

  test('says that we are late and sorry, when it is very late that nobody has to wait, and who is next', async () => {
    const { person, code } = await late()
    const { page } = await person.get('/b/1')
    expect(page.words).toContain('We said we would write to you by 26 November 2026. We are late. We are sorry.')
    expect(page.words).not.toContain('This has gone on too long.')
    expect(page.words).toMatch(/You can send your concern to [A-Z][^.]*, executive/)
    stage.test.clock.set('2026-12-14T09:00:00Z')
    expect((await (await opened(code)).get('/b/1')).page.words).toContain('This has gone on too long.')
  })

  test('sends it on once from one page, says so, and then offers the next', async () => {
    const { person } = await late()
    const before = await count('concern_sent_on')
    const asked = await person.get('/b/16')
    expect(asked.page.heading).toBe('Send it on')
    const long = { ...Object.fromEntries(asked.page.forms.at(-1)!.fields), comment: 'I am tired. '.repeat(400) }
    const told = await person.post('/b/16', long)
    expect([told.status, told.page.words.includes('cut about 800 characters'), told.text.includes(long.comment.trim())]).toEqual([
      422,
      true,
      true,
    ])
    const fields = Object.fromEntries(asked.page.forms.at(-1)!.fields)
    const both = await Promise.all([1, 2].map(() => person.post('/b/16', { ...fields, comment: 'Nobody <b>answers</b>' })))
    expect(both.map(({ location }) => location)).toEqual(['/b/3?n=7', '/b/3?n=7'])
    expect(await count('concern_sent_on')).toBe(before + 1)
    const done = await person.get('/b/3?n=7')
    expect(done.page.words).toContain('We have sent it on.')
    expect(done.page.words).toMatch(/You sent it on to .* on 1 December 2026\./)
    expect(done.text).toContain('Nobody &lt;b&gt;answers&lt;/b&gt;')
    expect(done.page.words).toMatch(/You can send your concern to .*, non-executive/)
    const stale = await person.post('/b/16', { ...fields, secret: 'A'.repeat(22) })
    expect([stale.status, stale.page.faults]).toEqual([422, ['Someone else would get it now. Look at who it is, then send it.']])
    await answerAndGoOn(person, '/b/16')
    const last = await person.get('/b/1')
    expect(last.page.words).toContain('There is no one else here to send it to.')
    expect((await person.get('/b/16')).location).toBe('/b/1')
  })

  test('outlives the time that was chosen: the code is asked for and it is sent on once', async () => {
    const { code, person } = await late()
    const fields = Object.fromEntries((await person.get('/b/16')).page.forms.at(-1)!.fields)
    const before = await count('concern_sent_on')
    stage.test.clock.advance({ hours: 4 })
    const asked = await person.post('/b/16', { ...fields, comment: 'Still nothing' })
    expect([asked.status, asked.page.heading]).toEqual([401, 'Enter your code'])
    const kept = Object.fromEntries(asked.page.forms.find(({ action }) => action === '/b/16a')!.fields)
    expect((await person.post('/b/16a', { ...kept, code })).location).toBe('/b/3?n=7')
    expect(await count('concern_sent_on')).toBe(before + 1)
  })
})

describe('without a cookie', () => {
  test('one page shows the same promises and sends it on with a tick', async () => {
    const { code } = await late()
    const person = stage.person()
    const read = await person.submit('/f/2', { code })
    expect(read.page.words).toContain('We are late. We are sorry.')
    const fields = Object.fromEntries(read.page.forms.at(-1)!.fields)
    const before = await count('concern_sent_on')
    const said = { ...fields, code, body: 'Please look.', sendOn: 'yes' }
    const both = [await person.post('/f/2', said), await person.post('/f/2', said)]
    expect(both[0]!.page.words).toContain('We have sent it on.')
    expect(await count('concern_sent_on')).toBe(before + 1)
    expect(both[1]!.page.words).toMatch(/You sent it on to/)
  })

  test('nothing is sent on without the tick', async () => {
    const { code } = await late()
    const person = stage.person()
    const before = await count('concern_sent_on')
    const fields = Object.fromEntries((await person.submit('/f/2', { code })).page.forms.at(-1)!.fields)
    const read = await person.post('/f/2', { ...fields, code, body: 'Only words.' })
    expect(read.page.words).toContain('Only words.')
    expect(await count('concern_sent_on')).toBe(before)
  })
})
