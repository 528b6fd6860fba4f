import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import type { HttpClient } from '../../support/http-client.ts'
import { ofEveryChange, openSettingsStage, type SettingsStage } from './settings-stage.ts'
import { pressOn } from './staff-stage.ts'

let stage: SettingsStage
beforeAll(async () => {
  stage = await openSettingsStage()
}, 60_000)
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const today = () => londonDate(stage.app.clock.now())
const boxes = (name: string, date: string) => {
  const [year, month, day] = date.split('-') as [string, string, string]
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}

/** A reporter who has come as far as "What is it about?". */
async function atElements(): Promise<HttpClient> {
  const person = stage.stranger()
  await person.follow(await person.submit('/s/1', {}))
  await person.submit('/s/2', { immediateDanger: 'no' })
  return person
}

describe('categories', () => {
  const medicines = {
    label: 'Medicines',
    hint: 'Drugs, doses and storage.',
    element: 'patient_safety_quality',
    source: 'Local list, decided 20 November 2026',
  }

  test('are offered from their day on, count under their element, and stay with the concern when they end', async () => {
    expect((await stage.save('/settings/categories/new', { ...medicines, ...boxes('validFrom', today()) })).location).toBe(
      '/settings/categories?done=added',
    )
    const person = await atElements()
    const page = await person.get('/s/3')
    expect(page.text).toContain('Medicines')
    expect(page.text).toContain('Drugs, doses and storage.')
    const [code] = /c-[0-9a-z]{6}/.exec(page.text)!
    await person.submit('/s/3', { elements: code })
    await person.submit('/s/4', { narrative: 'The fridge is warm.' })
    expect((await person.get('/s/13')).text).toContain('Medicines')
    await person.submit('/s/13', {})
    const grace = await stage.app.contextOf('guardian')
    const { items } = await stage.app.service.concerns.viewQueue(grace, { limit: 25 })
    const [raised] = items.filter(({ elements }) => elements.includes('patient_safety_quality'))
    const content = await stage.app.service.concerns.viewContent(grace, raised!.id)
    expect([content.elements, content.categories]).toEqual([['patient_safety_quality'], [{ code, label: 'Medicines' }]])

    const list = await stage.sam.get('/settings/categories')
    const href = list.page.links.find(({ text }) => text.includes('Medicines'))!.href
    expect((await stage.save(href, boxes('validTo', addDays(today(), -1)))).location).toBe('/settings/categories?done=ended')
    expect((await (await atElements()).get('/s/3')).text).not.toContain('Medicines')
    expect((await stage.app.service.concerns.viewContent(grace, raised!.id)).categories).toEqual([{ code, label: 'Medicines' }])
    const dump = await stage.app.database.asSuperuser.query('select * from concern')
    expect(JSON.stringify(dump.rows)).not.toContain(code)
  })

  test('that a person ticked before they ended still count, and a code nobody knows is refused', async () => {
    const { raise } = stage.app.service.concerns
    const ctx = { requestId: 'test', now: stage.app.clock.now() }
    const { categories } = await stage.app.service.settings.current()
    const ended = categories.find(({ label }) => label === 'Medicines')!
    const input = { narrative: 'x', openness: 'anonymous', elements: [], about: [], recipient: 'guardians', deputyMayRead: true } as const
    expect((await raise(ctx, { ...input, elements: [], about: [], categories: [ended.code] }, null)).token).toMatch(/./)
    await expect(raise(ctx, { ...input, elements: [], about: [], categories: ['c-nobody'] }, null)).rejects.toMatchObject({
      faults: [{ pointer: '/categories' }],
    })
  })

  test.each([
    [
      'from yesterday',
      () => ({ ...medicines, label: 'Rotas', ...boxes('validFrom', addDays(today(), -1)) }),
      'Choose today or a later day',
    ],
    [
      'that end before they begin',
      () => ({ ...medicines, label: 'Rotas', ...boxes('validFrom', addDays(today(), 2)), ...boxes('validTo', today()) }),
      'The last day has to come after the first',
    ],
    [
      'without a source',
      () => ({ ...medicines, label: 'Rotas', source: ' ', ...boxes('validFrom', today()) }),
      'Say where this category comes from',
    ],
    ['without a label', () => ({ ...medicines, label: '', ...boxes('validFrom', today()) }), 'Give it a label'],
    [
      'of a label that is offered',
      () => ({ ...medicines, label: 'Bullying or Harassment', ...boxes('validFrom', today()) }),
      'There is one with this label at that time',
    ],
    ['from no real day', () => ({ ...medicines, label: 'Rotas', ...boxes('validFrom', '2026-02-30') }), 'Write a real date'],
  ])('%s are refused, and nothing is stored', async (_what, fields, words) => {
    const before = (await stage.app.service.settings.refresh()).categories.length
    const answer = await stage.save('/settings/categories/new', fields())
    expect([answer.status, answer.text.includes(words)]).toEqual([422, true])
    expect((await stage.app.service.settings.refresh()).categories.length).toBe(before)
  })

  test('cannot all end: somebody has to have something to tick', async () => {
    const ctx = { ...(await stage.app.contextOf('administrator')), steppedUp: true }
    const { settingsAdministration: settings, settings: inForce } = stage.app.service
    const open = (await inForce.refresh()).categories.filter(({ validTo }) => validTo === null)
    const end = async (id: string) =>
      settings.endCategory(ctx, id, { validTo: today(), reason: 'x', seen: (await settings.viewCategories(ctx)).seen })
    for (const { id } of open.slice(1)) await end(id)
    await expect(end(open[0]!.id)).rejects.toMatchObject({ faults: [{ code: 'none_left' }] })
  })
})

describe('texts', () => {
  const path = '/settings/texts/local.danger'
  const line = {
    heading: 'In this trust',
    body: 'On a ward, call 2222.\n\nSay where you are.',
    source: 'Resuscitation policy',
    sourceDate: '2026-03',
    checked: 'yes',
  }

  test('of one’s own are written, shown to reporters as text, and taken away again', async () => {
    expect((await stage.save(path, line)).location).toBe('/settings/texts?done=published')
    const person = await atElements()
    await person.submit('/s/2', { immediateDanger: 'yes' })
    expect((await person.get('/s/2a')).text).toMatch(/<p>On a ward, call 2222\.<\/p>\s*<p>Say where you are\.<\/p>/)
    await stage.save(path, { body: '' })
    expect((await person.get('/s/2a')).text).not.toContain('2222')
    const history = await stage.sam.get(path)
    expect(history.text).toContain('On a ward, call 2222.')
    expect(history.text).toContain('Version 2')
  })

  test('without a source are refused, and nothing is stored', async () => {
    const answer = await stage.save('/settings/texts/local.start', { ...line, source: '' })
    expect([answer.status, answer.text.includes('A text without a source is not shown to anybody')]).toEqual([422, true])
    expect(answer.text).toContain('On a ward, call 2222.')
    const { rows } = await stage.app.database.asSuperuser.query("select 1 from text_version where key = 'local.start'")
    expect(rows).toEqual([])
    await expect(
      stage.app.database.asSuperuser.query(
        `insert into text_version select gen_random_uuid(), key, language, 99, kind, heading, body, quote, ' ', source_date, read_on, mark, wording, valid_from, entered_on, entered_by, digest from text_version limit 1`,
      ),
    ).rejects.toThrow(/text_version_has_source/)
  })

  test.each([
    ['with tags', { body: 'See <a href="//x">here</a>' }, 'Write plain text'],
    ['from yesterday', () => boxes('validFrom', addDays(today(), -1)), 'what people saw before can not change'],
    ['read tomorrow', () => boxes('readOn', addDays(today(), 1)), 'Nobody has read it on a day that is still to come'],
    ['of law without words', { body: '' }, 'Its page can not do without it'],
    ['of law without a heading', { heading: '' }, 'Give it a heading'],
    ['with a source of no date', { sourceDate: 'last winter' }, 'Write a year, a year and month, or a date'],
  ])('%s are refused', async (_what, given, words) => {
    const fields = typeof given === 'function' ? given() : given
    const answer = await stage.save('/settings/texts/law.gagging', fields)
    expect([answer.status, answer.text.includes(words)]).toEqual([422, true])
  })

  test('of law change from their day on, and the version of every day before can still be read', async () => {
    const { texts } = stage.app.service
    const [before] = await texts.textsInForce(['law.gagging'], today())
    const from = addDays(today(), 3)
    await stage.save('/settings/texts/law.gagging', { body: 'No deal can stop you.', ...boxes('validFrom', from) })
    expect((await texts.textsInForce(['law.gagging'], today()))[0]).toEqual(before)
    const [after] = await texts.textsInForce(['law.gagging'], from)
    expect([after!.body, after!.version]).toEqual(['No deal can stop you.', before!.version + 1])
    expect((await texts.textsInForce(['law.gagging'], addDays(from, -1)))[0]!.body).toBe(before!.body)
  })

  test('show how hard they are to read, beside the form and before anything is saved', async () => {
    const form = await stage.sam.get('/settings/texts/local.help')
    const body =
      'Notwithstanding the aforementioned organisational provisions, employees experiencing psychological difficulties are encouraged to contact occupational health professionals immediately, whereupon confidential arrangements are facilitated.'
    const answer = await pressOn(stage.sam, form, { ...line, body, check: 'yes' }, '/settings/texts/local.help')
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(/Reading grade (2|3)\d\.\d/)
    expect(answer.text).toMatch(/The longest sentence has 2\d words/)
    expect(answer.text).toContain('This is hard to read')
    const easy = await pressOn(stage.sam, answer, { body: 'You can talk to us. We listen.', check: 'yes' }, '/settings/texts/local.help')
    expect(easy.text).not.toContain('This is hard to read')
  })

  test('that nobody knows are not found', async () => {
    expect((await stage.sam.get('/settings/texts/law.none')).status).toBe(404)
  })
})

describe('the other ways to speak up', () => {
  test('are added at a place, changed, moved and taken off, and reporters see them so', async () => {
    const contact = { name: 'Chaplaincy', detail: '', way: 'Ask at the main desk', source: 'Agreed with the chaplain', place: '1' }
    expect((await stage.save('/settings/contacts/new', contact)).location).toBe('/settings/contacts?done=added')
    const shown = async () => (await stage.app.service.settings.current()).contacts.map(({ name }) => name)
    expect((await shown())[0]).toBe('Chaplaincy')
    await stage.save('/settings/contacts/1', { place: '3' })
    expect((await shown())[2]).toBe('Chaplaincy')
    expect((await stage.stranger().get('/talk')).text).toContain('Ask at the main desk')
    await stage.save('/settings/contacts/3', { keep: 'no' })
    expect(await shown()).not.toContain('Chaplaincy')
  })

  test('without a way or a source are refused, each beside its box', async () => {
    const answer = await stage.save('/settings/contacts/new', { name: 'Chaplaincy', way: '', source: '', place: '1' })
    expect(answer.status).toBe(422)
    expect(answer.page.links.map(({ href }) => href)).toEqual(expect.arrayContaining(['#way', '#source']))
  })

  test('are never none: people go there when the form is closed', async () => {
    const ctx = { ...(await stage.app.contextOf('administrator')), steppedUp: true }
    const { contactsInput } = await import('../../../src/settings/index.ts')
    const { seen } = await stage.app.service.settingsAdministration.viewContacts(ctx)
    expect(contactsInput.safeParse({ items: [], seen, reason: 'x' }).success).toBe(false)
    expect((await stage.sam.get('/settings/contacts/99')).status).toBe(404)
  })
})

describe('who gets the daily checkpoint', () => {
  const path = '/settings/checkpoint-readers'
  const reader = { role: 'Staff side', name: 'Tom O’Neill', address: 'tom@union.example' }

  test('is added and taken off, with what that does said before', async () => {
    expect((await stage.sam.get(path)).page.words).toContain('No mail is sent from here')
    expect((await stage.save(`${path}/new`, reader)).location).toBe(`${path}?done=added`)
    const listed = await stage.sam.get(path)
    for (const text of [...Object.values(reader), 'One person is not enough']) expect(listed.page.words).toContain(text)
    const { href } = listed.page.links.find(({ href: to }) => to.startsWith(`${path}/`) && !to.endsWith('/new'))!
    expect((await stage.sam.get(href)).page.words).toContain('the address is forgotten')
    expect((await stage.save(href, {})).location).toBe(`${path}?done=removed`)
    expect((await stage.sam.get(path)).page.words).toContain('Nobody gets it.')
    expect((await stage.sam.get(href)).status).toBe(404)
  })

  test('is refused without an address that mail can go to, or twice, beside the box', async () => {
    for (const address of ['', 'tom', 'tom@union', 'tom@union.example, ann@union.example'])
      expect((await stage.save(`${path}/new`, { ...reader, address })).page.links.map(({ href }) => href)).toContain('#address')
    await stage.save(`${path}/new`, reader)
    const twice = await stage.save(`${path}/new`, { ...reader, address: 'TOM@union.example' })
    expect([twice.status, twice.page.words.includes('gets the checkpoint already')]).toEqual([422, true])
  })

  test('is nobody’s business but an administrator’s', async () => {
    const grace = await stage.staff('guardian')
    expect((await grace.get(path)).status).toBe(403)
  })
})

describe('a form that was filled in when the session ended', () => {
  test('is given back after signing in', async () => {
    const person = await stage.staff('administrator')
    const form = await person.get('/settings/sites')
    const given = ofEveryChange(stage.app, form)
    stage.app.clock.advance({ minutes: 20 })
    expect((await pressOn(person, form, { ...given, name: 'Lost wing' }, '/settings/sites')).location).toBe('/sign-in?kept=yes')
  })
})
