import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerAndGoOn, begin, codeIn, sent, sessionCookie, setReporterStage, written, type ReporterStage } from './reporter-stage.ts'

let stage: ReporterStage
beforeAll(async () => {
  stage = await setReporterStage()
})
afterAll(async () => {
  expect(stage.test.unexpected).toEqual([])
  await stage.close()
})

describe('a concern raised on pages', () => {
  test('reaches its guardian with every answer as it was given', async () => {
    const person = stage.person()
    const narrative = 'Line one <b>bold</b> & "quoted"\nLine two 🙂 שלום'
    await begin(person)
    await answerAndGoOn(person, '/s/2', { immediateDanger: 'yes' })
    await answerAndGoOn(person, '/s/3', { elements: ['patient_safety_quality', 'bullying_harassment', 'something_else'] })
    await answerAndGoOn(person, '/s/4', { narrative })
    await answerAndGoOn(person, '/s/5', { site: 'Main hospital', happened: 'Last winter', day: '', month: 'October', year: '2025' })
    await answerAndGoOn(person, '/s/6', { professionalGroup: 'estates_ancillary' })
    await answerAndGoOn(person, '/s/7', { treatedBadly: 'worried' })
    await answerAndGoOn(person, '/s/8', { about: 'ward manager' })
    await answerAndGoOn(person, '/s/9', { recipient: 'guardians', deputyMayRead: 'no' })
    await answerAndGoOn(person, '/s/11', { openness: 'open' })
    await answerAndGoOn(person, '/s/12', { name: 'Jo Bloggs', contact: 'Own phone\nafter six' })
    const check = await answerAndGoOn(person, '/s/12a')
    for (const shown of [
      'Main hospital',
      'October 2025',
      'Estates and ancillary',
      'Something else',
      'ward manager',
      'Grace Okafor, guardian',
      'Jo Bloggs',
    ])
      expect(check.page.words).toContain(shown)
    expect(check.page.words).not.toContain('Daniel Reid')
    await answerAndGoOn(person, '/s/13')

    const { item, content } = await stage.newest()
    expect(item).toMatchObject({ danger: true, openness: 'open', status: 'raised' })
    expect(content).toMatchObject({
      narrative,
      elements: ['patient_safety_quality', 'bullying_harassment'],
      site: 'Main hospital',
      happened: 'Last winter',
      awareSince: '2025-10',
      professionalGroup: 'estates_ancillary',
      treatedBadly: 'worried',
      immediateDanger: 'yes',
      about: ['ward manager'],
      identity: { name: 'Jo Bloggs', contact: 'Own phone\nafter six' },
    })
  })

  test('needs nothing but what happened', async () => {
    const person = stage.person()
    await begin(person)
    await answerAndGoOn(person, '/s/2', { immediateDanger: 'not_sure' })
    await answerAndGoOn(person, '/s/3')
    await answerAndGoOn(person, '/s/4', { narrative: 'Only this.' })
    for (const path of ['/s/5', '/s/6', '/s/7', '/s/8', '/s/9', '/s/11', '/s/13']) await answerAndGoOn(person, path)
    const { item, content } = await stage.newest()
    expect(item.openness).toBe('anonymous')
    expect(content).toMatchObject({
      narrative: 'Only this.',
      elements: [],
      site: null,
      happened: null,
      about: [],
      identity: null,
      treatedBadly: null,
    })
  })

  test('carries no name once the person has gone back to being unknown', async () => {
    const person = stage.person()
    await written(person)
    await answerAndGoOn(person, '/s/11', { openness: 'open' })
    await answerAndGoOn(person, '/s/12', { name: 'Jo Bloggs' })
    await answerAndGoOn(person, '/s/11', { openness: 'anonymous' })
    const check = await person.get('/s/13')
    expect(check.page.words).not.toContain('Jo Bloggs')
    await answerAndGoOn(person, '/s/13')
    expect((await stage.newest()).content.identity).toBeNull()
  })

  test('takes a wish for notes with it, chosen by nobody beforehand, and shows it before Send', async () => {
    const person = stage.person()
    await written(person)
    await answerAndGoOn(person, '/s/11', { openness: 'confidential' })
    const asked = await answerAndGoOn(person, '/s/12', { name: 'Jo' })
    expect([asked.page.heading, /checked/.test(asked.text.replaceAll('aria-checked', ''))]).toEqual(['Get a note when we write', false])
    expect(asked.page.words).toContain('Anyone who can see your mail may guess.')
    const half = await person.follow(await person.submit('/s/12a', { address: 'jo@home.example' }))
    expect([half.status, half.page.faults]).toEqual([422, ['Choose yes or no']])
    const more = await person.follow(await person.submit('/s/12a', { wants: 'yes', address: 'jo@home.example' }))
    expect(more.page.faults).toEqual(['Choose when we may send it', 'Tick the box to show that you know'])
    const no = await answerAndGoOn(person, '/s/12a', { wants: 'no', address: 'not finished' })
    expect(no.page.words).toContain('A note when we write No')
    const wish = { wants: 'yes', address: 'jo@home.example', part: 'evening', understood: 'yes' }
    const check = await answerAndGoOn(person, '/s/12a', wish)
    expect(check.page.words).toContain('A note when we write Yes, to jo@home.example In the evening, at 19:00')
    expect((await person.get('/s/12a')).text).toContain('value="jo@home.example"')
    const code = codeIn(await answerAndGoOn(person, '/s/13'))
    const { content } = await stage.newest()
    expect(JSON.stringify(content)).not.toContain('home.example')
    await person.submit('/b', { code })
    const notes = await person.get('/b/18')
    expect([notes.page.words.includes('Notes are on.'), notes.text.includes('home.example')]).toEqual([true, false])
  })

  test('asks nobody unknown for an address, takes none that is posted all the same, and lets one given before go', async () => {
    const person = stage.person()
    await written(person)
    const wish = { wants: 'yes', address: 'jo@home.example', part: 'evening', understood: 'yes' }
    expect((await person.get('/s/12a')).location).toBe('/s/11')
    expect((await person.post('/s/12a', wish)).location).toBe('/s/11')
    await answerAndGoOn(person, '/s/11', { openness: 'open' })
    await answerAndGoOn(person, '/s/12a', wish)
    const check = await answerAndGoOn(person, '/s/11', { openness: 'anonymous' })
    expect(check.page.words).not.toContain('A note when we write')
    const wishes = async () => (await stage.test.database.asSuperuser.query('select 1 from notice_wish')).rowCount
    const before = await wishes()
    await answerAndGoOn(person, '/s/13')
    expect([(await stage.newest()).item.openness, await wishes()]).toEqual(['anonymous', before])
  })

  test('comes back to the check page from Change, with the other answers kept', async () => {
    const person = stage.person()
    await written(person)
    const check = await person.get('/s/13')
    const change = check.page.links.find(({ text }) => text.includes('Where'))?.href ?? ''
    const next = await answerAndGoOn(person, change, { happened: 'In May' })
    expect([next.page.heading, next.page.words.includes('In May'), next.page.words.includes('Two people fell')]).toEqual([
      'Check what you will send',
      true,
      true,
    ])
  })

  test('is checked for what may show who somebody is, and sent all the same', async () => {
    const person = stage.person()
    await written(person, 'My name is Jo Bloggs. I am the only porter here. Ring 07700 900123.')
    const check = await person.get('/s/13')
    expect(check.page.words).toContain('Things that may show who you are')
    for (const seen of [
      'A phone number: 07700 900123',
      'Words that fit only one person: I am the only porter here',
      'A name: My name is Jo Bloggs',
    ])
      expect(check.page.words).toContain(seen)
    expect(codeIn(await answerAndGoOn(person, '/s/13'))).toHaveLength(28)
  })
})

describe('what was typed and can not be taken', () => {
  test('nothing at all is asked for in the same words twice, and the title says so', async () => {
    const person = stage.person()
    await begin(person)
    const refused = await person.follow(await person.submit('/s/4', { narrative: '   ' }))
    expect([refused.status, refused.page.title, refused.page.faults]).toEqual([
      422,
      'Error: What happened? – Staff form',
      ['Tell us what happened'],
    ])
    expect(refused.text.match(/Tell us what happened/g)?.length).toBe(2)
  })

  test('too much says how much to cut, and the text is kept whole', async () => {
    const person = stage.person()
    await begin(person)
    const narrative = `${'x'.repeat(19_990)}<b>🙂</b>${'y'.repeat(30)}`
    const refused = await person.follow(await person.submit('/s/4', { narrative }))
    expect(refused.status).toBe(422)
    expect(refused.page.faults).toEqual(['Your text is too long: cut about 28 characters.'])
    expect(refused.page.forms[0]?.fields).toContainEqual(['narrative', narrative])
  })

  test.each([
    ['a control character', '/s/4', { narrative: 'one\u0007two' }],
    ['NUL', '/s/4', { narrative: 'one\u0000two' }],
    ['an element nobody offered', '/s/3', { elements: 'pay' }],
    ['a danger nobody offered', '/s/2', { immediateDanger: 'perhaps' }],
    ['no answer about danger', '/s/2', {}],
    ['a group nobody offered', '/s/6', { professionalGroup: 'boss' }],
    ['a treatment nobody offered', '/s/7', { treatedBadly: 'often' }],
    ['a date that is none', '/s/5', { day: '30', month: '2', year: '2025' }],
    ['a place over many lines', '/s/5', { site: 'a\nb' }],
    ['a door that is not there', '/s/9', { recipient: 'press' }],
    ['an openness nobody offered', '/s/11', { openness: 'loud' }],
  ])('%s is refused on its page, and nothing is saved', async (_what, path, fields) => {
    const person = stage.person()
    await begin(person)
    const refused = await person.follow(await person.post(path, fields))
    expect(refused.status).toBe(422)
    expect(refused.page.faults).not.toEqual([])
    expect(refused.page.title).toMatch(/^Error: /)
    expect((await person.get('/s/13')).location).toBe('/s/4')
  })

  test('a line that is too long is said beside its box', async () => {
    const person = stage.person()
    await begin(person)
    const refused = await person.follow(await person.submit('/s/8', { about: `ward manager\n${'x'.repeat(201)}` }))
    expect(refused.page.faults).toEqual(['Keep each line under 200 characters'])
    expect(refused.page.links).toContainEqual({ href: '#about', text: 'Keep each line under 200 characters' })
    expect(refused.text).toContain('id="about"')
  })

  test('is shown by a page that can be reloaded and come back to, until it is mended', async () => {
    const person = stage.person()
    await begin(person)
    const narrative = `Too long ${'x'.repeat(20_000)}`
    const { location } = await person.submit('/s/4', { narrative })
    expect(location).toBe('/s/4?again=yes')
    for (let looks = 0; looks < 2; looks += 1) expect((await person.get('/s/4?again=yes')).status).toBe(422)
    expect((await person.submit('/s/4', { narrative: 'Short enough.' })).location).toBe('/s/5')
    const back = await person.get('/s/4?again=yes')
    expect([back.status, back.text.includes('Short enough.')]).toEqual([200, true])
  })

  test('a name is not asked from somebody who wants to stay unknown', async () => {
    const person = stage.person()
    await written(person)
    expect((await person.get('/s/12')).location).toBe('/s/11')
    expect((await person.post('/s/12', { name: 'Jo' })).location).toBe('/s/11')
  })
})

describe('pressing Send', () => {
  test('twice, or reloading, or coming back and pressing again, is one concern and one code', async () => {
    const person = stage.person()
    await written(person)
    const before = await stage.ids()
    const [one, two] = await Promise.all([person.post('/s/13', {}), person.post('/s/13', {})])
    expect([one.location, two.location]).toEqual(['/s/14', '/s/14'])
    const code = codeIn(await person.get('/s/14'))
    expect((await person.post('/s/13', {})).location).toBe('/s/14')
    expect((await person.get('/s/13')).location).toBe('/s/14')
    expect((await person.get('/s/4')).location).toBe('/s/14')
    expect((await person.post('/s/1', {})).location).toBe('/s/14')
    expect(codeIn(await person.get('/s/14'))).toBe(code)
    expect([code.length, (await stage.ids()).length - before.length]).toEqual([28, 1])
  })

  test('shows the code until it is written down, and then never again', async () => {
    const person = stage.person()
    const code = await sent(person)
    expect((await person.get('/s/15')).location).toBe('/s/14')
    expect((await person.get('/s/16')).location).toBe('/s/14')
    await answerAndGoOn(person, '/s/14')
    expect((await person.get('/s/14')).location).toBe('/s/15')
    expect((await person.get('/s/15')).text).not.toContain(code.slice(0, 4))
    expect((await person.get('/s/16')).location).toBe('/s/15')
  })

  test('lets the person check two groups, shows the code again where they differ, and then forgets everything', async () => {
    const person = stage.person()
    const code = await sent(person)
    await answerAndGoOn(person, '/s/14')
    const wrong = await person.submit('/s/15', { second: code.slice(4, 8), fifth: 'ZZZZ' })
    expect([wrong.status, wrong.page.faults, codeIn(wrong)]).toEqual([422, ['Group 5 does not match. Look at your code again.'], code])
    const kept = person.cookies.get(sessionCookie) ?? ''
    const next = await answerAndGoOn(person, '/s/15', { second: code.slice(4, 8).toLowerCase(), fifth: ` ${code.slice(16, 20)}` })
    expect(next.page.words).toContain('By 26 November 2026')
    expect(next.page.words).toContain('Grace Okafor, guardian')
    expect(person.cookies.size).toBe(0)
    person.cookies.set(sessionCookie, kept)
    for (const path of ['/s/14', '/s/15', '/s/16', '/s/4']) expect((await person.get(path)).text).not.toContain(code.slice(0, 4))
    expect((await person.get('/s/16')).page.words).not.toContain('November')
  })

  test('lets the person skip the check at once', async () => {
    const person = stage.person()
    await sent(person)
    await answerAndGoOn(person, '/s/14')
    expect((await answerAndGoOn(person, '/s/15', { skip: 'yes' })).page.heading).toBe('What happens next')
    expect(person.cookies.size).toBe(0)
  })

  test('puts the code on that page only: not into an address, a title, a header or the cookie', async () => {
    const person = stage.person()
    await written(person)
    const answers = [await person.post('/s/13', {})]
    answers.push(await person.get('/s/14'))
    const code = codeIn(answers[1]!)
    answers.push(
      await person.post('/s/14', {}),
      await person.get('/s/15'),
      await person.post('/s/15', { skip: 'yes' }),
      await person.get('/s/16'),
    )
    for (const [at, answer] of answers.entries()) {
      const headers = JSON.stringify([...answer.headers]) + (answer.location ?? '')
      for (const part of [code, code.slice(0, 4) + code.slice(4, 8)]) expect(headers + answer.page.title).not.toContain(part)
      if (at !== 1) expect(answer.text).not.toContain(code.slice(0, 4))
    }
    expect([...person.cookies.values()].join()).not.toContain(code.slice(0, 8))
  })
})

describe('who will read it', () => {
  const idBeside = (page: string, name: string): string =>
    new RegExp(`name="readers" type="checkbox" value="([^"]+)">\\s*<label[^>]*>\\s*${name}`).exec(page)?.[1] ?? 'nobody'

  test('is shown before sending; a person who is ticked is not there, and does not see that it exists', async () => {
    const person = stage.person()
    await written(person)
    const grace = idBeside((await person.get('/s/8')).text, 'Grace Okafor')
    const nobody = await answerAndGoOn(person, '/s/8', { about: 'the ward manager' })
    expect(nobody.page.words).not.toContain('We left out')
    const door = await answerAndGoOn(person, '/s/8', { readers: grace })
    expect(door.page.words).toContain('We left out people you said it is about.')
    expect([door.page.words.includes('Daniel Reid'), door.page.words.includes('Grace Okafor')]).toEqual([true, false])
    const list = await answerAndGoOn(person, '/s/9', { recipient: 'guardians' })
    expect(list.page.words).toContain('Daniel Reid, deputy guardian')
    expect(list.page.words).not.toContain('Grace Okafor')
    expect((await person.get('/s/8')).page.forms[0]?.fields).toContainEqual(['readers', grace])

    const before = await stage.ids()
    await answerAndGoOn(person, '/s/13')
    const raised = (await stage.ids()).find((id) => !before.includes(id)) ?? ''
    expect([(await stage.queueOf('guardian')).includes(raised), (await stage.queueOf('deputy')).includes(raised)]).toEqual([false, true])
  })

  test('is called by the same role before sending, after it, and in the inbox', async () => {
    const person = stage.person()
    await written(person)
    const roles = ['Grace Okafor, guardian', 'Daniel Reid, deputy guardian']
    const hasAll = (words: string) => roles.map((role) => words.includes(role))
    expect(hasAll((await person.get('/s/13')).page.words)).toEqual([true, true])
    const code = codeIn(await answerAndGoOn(person, '/s/13'))
    await answerAndGoOn(person, '/s/14')
    const next = await answerAndGoOn(person, '/s/15', { second: code.slice(4, 8), fifth: code.slice(16, 20) })
    expect(hasAll(next.page.words)).toEqual([true, true])
    await answerAndGoOn(person, '/b', { code })
    expect(hasAll((await person.get('/b/1')).page.words)).toEqual([true, true])
  })

  test('is the lead whose door was chosen', async () => {
    const person = stage.person()
    await written(person)
    const list = await answerAndGoOn(person, '/s/9', { recipient: 'non_executive_lead' })
    expect(list.page.words).toContain('Owen Price, non-executive lead')
    expect(list.page.words).not.toContain('Grace Okafor')
  })

  test('names, before sending, whoever may open it only if nobody answers in time', async () => {
    const person = stage.person()
    await written(person)
    const later = 'If nobody answers in time: Owen Price, non-executive lead'
    const without = await answerAndGoOn(person, '/s/9', { recipient: 'guardians', standby: 'no' })
    expect([without.page.words, (await person.get('/s/13')).page.words].filter((words) => words.includes('Owen Price'))).toEqual([])
    const list = await answerAndGoOn(person, '/s/9', { recipient: 'guardians', standby: 'yes' })
    expect(list.page.words).toContain(later)
    expect((await person.get('/s/13')).page.words).toContain(later)
    // Who reads it anyway is named once
    const door = await answerAndGoOn(person, '/s/9', { recipient: 'non_executive_lead', standby: 'yes' })
    expect([door.page.words.includes('Owen Price'), door.page.words.includes('If nobody answers in time')]).toEqual([true, false])
  })

  test('is told no date for the decision that a late first reply would break', async () => {
    const person = stage.person()
    await written(person)
    const code = codeIn(await answerAndGoOn(person, '/s/13'))
    await answerAndGoOn(person, '/s/14')
    const next = await answerAndGoOn(person, '/s/15', { second: code.slice(4, 8), fifth: code.slice(16, 20) })
    expect(next.page.words).toMatch(/By \d+ \w+ 20\d\d, if our first reply is in time/)
    expect(next.page.words).not.toContain('at the latest')
  })

  test('is named where a person tells them, and no one else, who they are', async () => {
    const person = stage.person()
    await written(person)
    expect((await person.get('/s/11')).page.words).toContain(
      'Only the guardians know me Only Grace Okafor and Daniel Reid will see your name.',
    )
    await answerAndGoOn(person, '/s/9', { recipient: 'executive_lead' })
    expect((await person.get('/s/11')).page.words).toContain('Only the person who reads it knows me Only Helen Marsh will see your name.')
    const next = await answerAndGoOn(person, '/s/11', { openness: 'confidential' })
    expect(next.page.words).toContain('Only Helen Marsh will see this.')
    expect((await person.get('/s/13')).page.words).toContain('Only the person who reads it knows me')
    await answerAndGoOn(person, '/s/9', { recipient: 'guardians' })
    expect((await person.get('/s/13')).page.words).toContain('Only the guardians know me')
    await answerAndGoOn(person, '/s/9', { recipient: 'guardians', deputyMayRead: 'no' })
    expect((await person.get('/s/11')).page.words).toContain('Only the guardian knows me Only Grace Okafor will see your name.')
    expect((await person.get('/s/13')).page.words).toContain('Only the guardian knows me')
  })

  test('may be nobody: then the page says so, keeps the answers and shows the other ways', async () => {
    const person = stage.person()
    await written(person)
    const refused = await person.follow(await person.post('/s/8', { about: 'Okafor\nReid\nMarsh\nPrice' }))
    expect([refused.status, refused.page.heading]).toEqual([422, 'Nobody here could read this'])
    expect(refused.page.words).toContain('Protect')
    expect((await person.post('/s/13', {})).status).toBe(422)
    await answerAndGoOn(person, '/s/8', { about: '' })
    expect((await person.get('/s/13')).page.words).toContain('Two people fell')
  })
})
