import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpClient } from '../../support/http-client.ts'
import { codeIn, setReporterStage, type ReporterStage } from './reporter-stage.ts'

const secretOn = (text: string): string => /name="secret" value="([^"]*)"/.exec(text)?.[1] ?? ''

describe('the form on one page, before the whole service', () => {
  let stage: ReporterStage
  beforeAll(async () => {
    stage = await setReporterStage()
  })
  afterAll(async () => {
    expect(stage.test.unexpected).toEqual([])
    await stage.close()
  })

  async function filled(person: HttpClient, narrative: string) {
    const { text } = await person.get('/f')
    return { secret: secretOn(text), narrative }
  }

  it('reaches the guardian as the questions one by one would bring it', async () => {
    const person = stage.person()
    const fields = {
      ...(await filled(person, 'Two people fell at night.')),
      immediateDanger: 'no',
      elements: ['patient_safety_quality'],
      site: 'Main hospital',
      happened: 'Last winter',
      month: 'May',
      year: '2026',
      professionalGroup: 'estates_ancillary',
      treatedBadly: 'worried',
      openness: 'open',
      name: 'Jo Bloggs',
    }
    expect(codeIn(await person.post('/f', fields))).toHaveLength(28)
    expect(person.cookies.size).toBe(0)
    const { item, content } = await stage.newest()
    expect([item.openness, item.elements]).toEqual(['open', ['patient_safety_quality']])
    expect(content).toMatchObject({
      narrative: 'Two people fell at night.',
      site: 'Main hospital',
      happened: 'Last winter',
      awareSince: '2026-05',
      immediateDanger: 'no',
      treatedBadly: 'worried',
      identity: { name: 'Jo Bloggs' },
    })
  })

  it('takes a wish for notes from somebody who may be known, and never from somebody unknown', async () => {
    const person = stage.person()
    const wish = { wants: 'yes', address: 'jo@home.example', part: 'evening', understood: 'yes' }
    const fields = { ...(await filled(person, 'Notes on one page.')), ...wish }
    const before = (await stage.ids()).length
    const refused = await person.post('/f', fields)
    expect(refused.page.faults).toEqual([
      'You asked for notes, and an address shows who you are. Say no to notes, or choose who may know you',
    ])
    expect([refused.text.includes('value="jo@home.example"'), (await stage.ids()).length]).toEqual([true, before])
    const half = await person.post('/f', { ...fields, openness: 'open', understood: '' })
    expect(half.page.faults).toEqual(['Tick the box to show that you know'])
    const code = codeIn(await person.post('/f', { ...fields, openness: 'open' }))
    expect(codeIn(await person.post('/f', { ...fields, openness: 'open' }))).toBe(code)
    await person.submit('/b', { code })
    expect((await person.get('/b/18')).page.words).toContain('Notes are on.')
    await stage.newest()
  })

  it('sent twice at the same moment is one concern with one code, which opens it', async () => {
    const person = stage.person()
    const before = (await stage.ids()).length
    const fields = await filled(person, 'Pressed twice.')
    const answers = await Promise.all([person.post('/f', fields), person.post('/f', fields), person.post('/f', fields)])
    const codes = new Set(answers.map(codeIn))
    expect([codes.size, (await stage.ids()).length]).toEqual([1, before + 1])
    const read = await stage.person().submit('/f/2', { code: [...codes][0] ?? '' })
    expect(read.text).toContain('Pressed twice.')
    await stage.newest()
  })

  it('shows its code no more once it was checked, though the browser sends the form again', async () => {
    const person = stage.person()
    const fields = await filled(person, 'Checked.')
    const code = codeIn(await person.post('/f', fields))
    const before = (await stage.ids()).length
    await person.post('/f/1', { secret: fields.secret, second: code.slice(4, 8), fifth: code.slice(16, 20) })
    const again = await person.post('/f', fields)
    expect([again.status, again.text.includes(code.slice(0, 4)), (await stage.ids()).length]).toEqual([200, false, before])
    await stage.newest()
  })

  it('keeps somebody out who was named, and says who is left before it sends', async () => {
    const person = stage.person()
    const fields = { ...(await filled(person, 'It is about the deputy.')), about: 'Daniel Reid' }
    const look = await person.post('/f', fields)
    expect(look.text).toContain('<li>Grace Okafor, guardian</li>')
    expect(look.text).not.toContain('<li>Daniel Reid, deputy guardian</li>')
    const seen = [...look.text.matchAll(/name="seen" value="([^"]*)"/g)].map(([, value]) => value ?? '')
    expect(codeIn(await person.post('/f', { ...fields, seen }))).toHaveLength(28)
    const { item } = await stage.newest()
    expect(await stage.queueOf('deputy')).not.toContain(item.id)
  })

  it('writes a message once, however often its page is sent', async () => {
    const person = stage.person()
    const code = codeIn(await person.post('/f', await filled(person, 'With a message.')))
    const { item } = await stage.newest()
    const { text } = await person.get('/f/2')
    const fields = { secret: secretOn(text), code, body: 'One more thing.' }
    await Promise.all([person.post('/f/2', fields), person.post('/f/2', fields)])
    const { messages } = await stage.test.service.concerns.viewContent(await stage.test.contextOf('guardian'), item.id)
    expect(messages.map(({ body }) => body)).toEqual(['One more thing.'])
  })

  it('answers an unknown code as one that was replaced: with the same words', async () => {
    const person = stage.person()
    const code = codeIn(await person.post('/f', await filled(person, 'To be replaced.')))
    await stage.newest()
    const fresh = await stage.test.service.concerns.openByToken({ requestId: 'test', now: stage.test.clock.now() }, code)
    await stage.test.database.asSuperuser.query('delete from reporter_key where concern_id = $1', [fresh.concernId])
    const answer = await person.submit('/f/2', { code })
    expect([answer.status, answer.page.faults]).toEqual([
      404,
      ['We do not know this code. Look at it again. If it is old, it may not work any more.'],
    ])
  })
})
