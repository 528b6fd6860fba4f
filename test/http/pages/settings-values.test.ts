import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertBrandReadable } from '../../../src/settings/index.ts'
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

/** Writes a row as whoever has the database can, past every trigger. */
const tamper = async (sql: string) =>
  stage.app.database.asSuperuser.query(`set session_replication_role = replica; ${sql}; set session_replication_role = origin`)

describe('opening and closing the form', () => {
  test('closed, it takes nothing in by any way, says why, and lets people come back with a code', async () => {
    const ctx = { requestId: 'test', now: stage.app.clock.now() }
    const input = { narrative: 'x', openness: 'anonymous', elements: [], about: [], recipient: 'guardians', deputyMayRead: true } as const
    const { raise, openByToken } = stage.app.service.concerns
    const key = 'a'.repeat(43)
    const before = await raise(ctx, { ...input, elements: [], about: [] }, key)
    await stage.save('/settings/service', { open: 'no', notice: 'Our office moves.\n\nWe open again on Monday.' })
    const start = await stage.stranger().get('/')
    expect(start.text).toContain('<p>We open again on Monday.</p>')
    expect(start.text).not.toContain('href="/s/1"')
    const person = stage.stranger()
    expect((await person.submit('/s/1', {})).text).toMatch(/closed|other way/i)
    await expect(raise(ctx, { ...input, elements: [], about: [] }, null)).rejects.toMatchObject({ code: 'intake_closed' })
    // Whoever was answered before the door closed is answered the same again
    expect(await raise(ctx, { ...input, elements: [], about: [] }, key)).toEqual(before)
    expect((await openByToken(ctx, before.token)).concernId).toMatch(/./)
    await stage.save('/settings/service', { open: 'yes', notice: '' })
    expect((await stage.stranger().get('/')).text).toContain('href="/s/1"')
  })

  test('the notice is text, whatever is typed into it', async () => {
    await stage.save('/settings/service', { notice: 'Closed <script>alert(1)</script> on Friday' })
    const { text } = await stage.stranger().get('/')
    expect(text).not.toContain('<script>')
    expect(text).toContain('Closed &lt;script&gt;')
  })
})

describe('where Leave goes', () => {
  test.each([
    'http://example.org',
    'javascript:alert(1)',
    'example.org',
    '//example.org',
    'https://user:secret@example.org',
    'https://intranet',
    '',
    'https://10.0.0.7/weather',
    'https://[fd00::7]/weather',
    'https://forms.trust.local/',
    'https://logs.corp',
  ])('is no place like %s', async (leaveTo) => {
    const answer = await stage.save('/settings/service', { leaveTo })
    expect([answer.status, answer.page.links.some(({ href }) => href === '#leaveTo')]).toEqual([422, true])
  })

  test('is where it was set, and somewhere harmless where the row is not one of ours', async () => {
    await stage.save('/settings/service', { leaveTo: 'https://www.example.org/recipes' })
    const leave = async () => (await stage.stranger().get('/leave', { headers: { 'Sec-Fetch-Site': 'same-origin' } })).location
    expect(await leave()).toBe('https://www.example.org/recipes')
    await tamper(
      `update setting set value = '{"leaveTo":"javascript:alert(1)","teamName":"","open":true,"notice":""}' where key = 'service'`,
    )
    await stage.app.service.settings.refresh()
    expect(await leave()).toBe('https://www.bbc.co.uk/weather')
    await tamper(`delete from setting where key = 'service'`)
    await stage.app.service.settings.refresh()
  })
})

describe('name and look', () => {
  test('the header takes the colours that are set, and every page the name', async () => {
    await stage.save('/settings/brand', {
      serviceName: 'Our form',
      headerColour: '#123456',
      headerTextColour: '#FFFFFF',
      organisationName: 'Ashdown & Weald',
    })
    const page = await stage.stranger().get('/')
    expect(page.page.title).toMatch(/ – Our form$/)
    expect(page.text).toContain('Ashdown &amp; Weald')
    const css = /href="(\/static\/[^"]+\.css)"/.exec(page.text)![1]!
    expect((await stage.stranger().get(css)).text).toContain('--app-header-colour:#123456')
  })

  test.each([
    ['a header nobody can read', { headerColour: '#888888', headerTextColour: '#999999' }, /The contrast is 1\.\d\d : 1/],
    ['a contrast just under the line', { headerColour: '#777777', headerTextColour: '#ffffff' }, /The contrast is 4\.47 : 1/],
    ['a name that tells', { serviceName: 'Speak up here' }, /it stays in browser history/],
    ['no name', { serviceName: '' }, /Give the service a name/],
    ['a colour in words', { headerColour: 'red' }, /Write the colour as #/],
    ['the NHS look without an ODS code', { nhsLook: 'yes' }, /Give the organisation’s ODS code first/],
  ])('%s is refused', async (_what, fields, words) => {
    const answer = await stage.save('/settings/brand', fields)
    expect(answer.status).toBe(422)
    expect(answer.text).toMatch(words)
    expect((await stage.app.service.settings.refresh()).values.brand.headerColour).toBe('#123456')
  })

  test('can be looked at before it is saved, with its contrast', async () => {
    const form = await stage.sam.get('/settings/brand')
    const answer = await pressOn(stage.sam, form, { headerColour: '#880000', headerTextColour: '#888888', check: 'yes' }, '/settings/brand')
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('fill="#880000"')
    expect(answer.text).toContain('That is too little')
    expect((await stage.app.service.settings.refresh()).values.brand.headerColour).toBe('#123456')
  })

  test('with an ODS code the NHS look can be switched on; the code stays while it is', async () => {
    await stage.save('/settings/organisation', { odsCode: 'rx1' })
    expect((await stage.save('/settings/brand', { nhsLook: 'yes' })).status).toBe(303)
    const page = await stage.stranger().get('/')
    expect(page.text).toContain('aria-label="NHS"')
    const css = /href="(\/static\/[^"]+\.css)"/.exec(page.text)![1]!
    expect((await stage.stranger().get(css)).text).toContain('--app-header-colour:#005eb8')
    const answer = await stage.save('/settings/organisation', { odsCode: '' })
    expect([answer.status, answer.text.includes('The NHS look is on')]).toEqual([422, true])
    await stage.save('/settings/brand', { nhsLook: 'no' })
    expect((await stage.stranger().get('/')).text).not.toContain('aria-label="NHS"')
  })

  test('colours that cannot be read, written past the form, stop start-up', async () => {
    const { database } = stage.app.database
    await expect(assertBrandReadable(database)).resolves.toBeUndefined()
    const brand = { serviceName: 'x', organisationName: '', headerColour: '#777777', headerTextColour: '#ffffff', nhsLook: false }
    await tamper(`update setting set value = '${JSON.stringify(brand)}' where key = 'brand'`)
    await expect(assertBrandReadable(database)).rejects.toThrow(/contrast of 4\.47 : 1/)
    await tamper(`delete from setting where key = 'brand'`)
    await stage.app.service.settings.refresh()
  })
})

describe('the organisation', () => {
  test('says how it counts and where the rule comes from; without a source it is refused', async () => {
    const fields = {
      name: 'Ashdown and Weald NHS Trust',
      countingUnit: 'per_matter',
      countingUnitSource: 'Board decision of 3 November 2026',
    }
    expect((await stage.save('/settings/organisation', fields)).status).toBe(303)
    const settings = await stage.app.service.settings.current()
    expect([settings.organisation.name, settings.values.counting]).toEqual([
      'Ashdown and Weald NHS Trust',
      { countingUnit: 'per_matter', countingUnitSource: 'Board decision of 3 November 2026' },
    ])
    expect((await stage.save('/settings/organisation', { countingUnitSource: ' ' })).text).toContain('Say where this rule comes from.')
    expect((await stage.save('/settings/organisation', { odsCode: 'R-1' })).text).toContain(
      'An ODS code is three to ten letters and digits',
    )
  })
})

describe('how long names are kept behind the log', () => {
  const path = '/settings/names'

  test('is six years at first, said to be a local figure, and changes with a source and a reason', async () => {
    const first = (await stage.sam.get(path)).text
    expect(first).toContain('value="6"')
    expect(first).toMatch(/Local figure\. No official rule/)
    await stage.save(path, { years: '8', source: 'Agreed by the board.' })
    expect((await stage.sam.get(path)).text).toContain('value="8"')
  })

  test.each(['0', '31', '6.5', '-1', 'six', ''])('refuses %s years', async (years) => {
    expect((await stage.save(path, { years })).status).toBe(422)
  })
})

describe('bank holidays', () => {
  const day = {
    what: 'add',
    'date-day': '29',
    'date-month': '12',
    'date-year': '2026',
    title: 'Day of mourning',
    source: 'gov.uk, 23 December 2026',
    projected: 'no',
  }

  test('are changed only after it was shown which deadlines would move, and then those move', async () => {
    stage.app.clock.set('2026-12-23T10:00:00Z')
    const { id } = await stage.raise('01')
    stage.app.clock.set('2026-12-24T10:00:00Z')
    const later = await stage.raise('02')
    const sam = await stage.staff('administrator')
    const grace = await stage.app.contextOf('guardian')
    const { reference } = await stage.app.service.concerns.viewConcern(grace, id)
    const form = await sam.get('/settings/calendar/day')
    expect(form.text).not.toContain('name="reason"')
    const preview = await pressOn(sam, form, day, '/settings/calendar/day')
    expect(preview.status).toBe(200)
    expect(preview.text).toContain('2 open deadlines would move.')
    expect(preview.text).toMatch(/<td>T1<\/td><td>1<\/td><td>29 Dec 2026<\/td><td>30 Dec 2026<\/td>/)
    // Neither whose they are, nor what came today
    expect(preview.text).not.toMatch(
      new RegExp(`${reference}|${(await stage.app.service.concerns.viewConcern(grace, later.id)).reference}`),
    )
    const due = async () => (await stage.app.service.concerns.viewConcern(grace, id)).clocks.find(({ code }) => code === 'T1')!.dueOn
    expect(await due()).toBe('2026-12-29')

    // Another day typed into the same form is previewed first
    const other = await pressOn(sam, preview, { ...ofEveryChange(stage.app, preview), 'date-day': '31' }, '/settings/calendar/day')
    expect([other.status, await due()]).toEqual([200, '2026-12-29'])

    const again = await pressOn(sam, preview, { reason: '' }, '/settings/calendar/day')
    expect([again.status, again.text.includes('2 open deadlines would move.')]).toEqual([422, true])
    const saved = await pressOn(sam, again, ofEveryChange(stage.app, again), '/settings/calendar/day')
    expect(saved.location).toBe('/settings/calendar?done=calendar')
    const moved = (await stage.entries('deadline_moved')).filter(({ concernId }) => concernId === id)
    expect(moved.map(({ fields }) => fields)).toHaveLength(2)
    expect(moved.map(({ fields }) => fields)).toEqual(
      expect.arrayContaining([
        { setting: 'bank_holidays', clock: 'T1', of: null, before: '2026-12-29', after: '2026-12-30' },
        { setting: 'bank_holidays', clock: 'T3', of: null, before: '2027-01-04', after: '2027-01-05' },
      ]),
    )
  })
})
