import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unloggedTransaction } from '../../../src/database/index.ts'
import { Prisma } from '../../../src/database/generated/client.ts'
import { pressOn } from './staff-stage.ts'
import { ofEveryChange, openSettingsStage, type SettingsStage } from './settings-stage.ts'

let stage: SettingsStage
beforeAll(async () => {
  stage = await openSettingsStage()
}, 60_000)
afterAll(async () => {
  expect(stage.app.unexpected).toEqual([])
  await stage.close()
})

const hrefOf = async (list: string, name: string) => (await stage.sam.get(list)).page.links.find(({ text }) => text.includes(name))!.href

describe('an administrator’s settings', () => {
  test('are one press away from where an administrator begins, each page with its own title', async () => {
    expect((await stage.sam.get('/administration')).page.links.map(({ href }) => href)).toContain('/settings')
    const overview = await stage.sam.get('/settings')
    const pages = [...new Set(overview.page.links.map(({ href }) => href).filter((href) => href.startsWith('/settings/')))]
    expect(pages.length).toBe(18)
    const titles = await Promise.all(
      pages.map(async (path) => [(await stage.sam.get(path)).status, (await stage.sam.get(path)).page.title] as const),
    )
    expect(titles.filter(([status]) => status !== 200)).toEqual([])
    expect(new Set(titles.map(([, title]) => title)).size).toBe(18)
  })

  test('ask for a reason and a fresh code together with whatever else is missing, and store nothing', async () => {
    const form = await stage.sam.get('/settings/sites')
    const answer = await pressOn(stage.sam, form, { name: '', reason: '', otp: '' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Give it a name.')
    expect(answer.text).toContain('Say why you change this.')
    expect(answer.text).toContain('Give the six-digit code')
    expect((await stage.entries('settings_changed')).filter(({ fields }) => 'change' in fields)).toEqual([])
  })

  test('refuse a wrong code, and keep what was typed', async () => {
    const form = await stage.sam.get('/settings/sites')
    const answer = await pressOn(stage.sam, form, { name: 'North wing', reason: 'It has opened', otp: '000000' })
    expect([answer.status, answer.text.includes('This code is not right')]).toEqual([422, true])
    expect(answer.text).toContain('value="North wing"')
    expect((await stage.sam.get('/settings/sites')).text).not.toContain('North wing')
  })
})

describe('sites', () => {
  test('are added, offered to reporters, renamed and taken out of use, and never deleted', async () => {
    expect((await stage.save('/settings/sites', { name: 'Chapel Lane clinic' })).location).toBe('/settings/sites?done=added')
    const offered = async () => (await stage.app.service.settings.current()).sites.map(({ name }) => name)
    expect(await offered()).toContain('Chapel Lane clinic')
    const href = await hrefOf('/settings/sites', 'Chapel Lane clinic')
    expect((await stage.save(href, { name: 'Chapel Road clinic' })).location).toBe('/settings/sites?done=changed')
    expect((await stage.save(href, { inUse: 'no' })).location).toBe('/settings/sites?done=changed')
    expect(await offered()).not.toContain('Chapel Road clinic')
    const list = await stage.sam.get('/settings/sites?done=changed')
    expect(list.text).toContain('Saved.')
    expect(list.text).toMatch(/Not since/)
    expect((await stage.save(href, { inUse: 'yes' })).status).toBe(303)
    expect(await offered()).toContain('Chapel Road clinic')
  })

  test('of a name that is there, also one that is out of use or written otherwise, are refused', async () => {
    const answer = await stage.save('/settings/sites', { name: 'main  HOSPITAL' })
    expect([answer.status, answer.text.includes('There is one of this name already.')]).toEqual([422, true])
  })

  test('keep the name an old concern was raised with', async () => {
    const raised = await stage.raise('01', { site: 'Main hospital' })
    await stage.save(await hrefOf('/settings/sites', 'Main hospital'), { name: 'Royal Infirmary' })
    const grace = await stage.app.contextOf('guardian')
    expect((await stage.app.service.concerns.viewContent(grace, raised.id)).site).toBe('Main hospital')
  })

  test('that do not exist are not found', async () => {
    expect((await stage.sam.get('/settings/sites/00000000-0000-4000-8000-000000000000')).status).toBe(404)
    expect((await stage.sam.get('/settings/sites/none')).status).toBe(404)
  })

  test('where nothing is different from before, nothing is recorded', async () => {
    const before = (await stage.entries('settings_changed')).length
    const answer = await stage.save(await hrefOf('/settings/sites', 'Royal Infirmary'), {})
    expect([answer.status, answer.text.includes('Nothing is different from what it was')]).toEqual([422, true])
    expect((await stage.entries('settings_changed')).length).toBe(before)
  })
})

describe('intake groups', () => {
  test('are added and renamed, and reporters can then choose', async () => {
    expect((await stage.save('/settings/intake-groups', { name: 'Community team' })).location).toBe('/settings/intake-groups?done=added')
    const href = await hrefOf('/settings/intake-groups', 'Community team')
    expect((await stage.save(href, { name: 'Community services' })).location).toBe('/settings/intake-groups?done=changed')
    expect((await stage.app.service.settings.current()).intakeGroups.map(({ name }) => name)).toEqual([
      'Speak up team',
      'Community services',
    ])
    expect((await stage.save('/settings/intake-groups', { name: 'speak up team' })).text).toContain('There is one of this name already.')
    expect((await stage.save(href, { name: 'Speak up team' })).status).toBe(422)
  })
})

describe('a concern whose writer is not sure where it belongs', () => {
  const readers = async () => {
    const ctx = { requestId: 'test', now: stage.app.clock.now() }
    return (await stage.app.service.concerns.listReaders(ctx, {})).map(({ name }) => name)
  }

  test('still goes to the guardians it went to when a group with nobody in it is added, whatever its name', async () => {
    const before = await readers()
    expect(before).toContain('Grace Okafor')
    await stage.save('/settings/intake-groups', { name: 'AAA new group' })
    expect(await readers()).toEqual(before)
    expect((await stage.sam.get('/settings/intake-groups')).text).toContain('Nobody yet: its concerns go to the non-executive lead')
  })

  test('goes elsewhere only where an administrator says so, and renaming moves nothing', async () => {
    const href = await hrefOf('/settings/intake-groups', 'AAA new group')
    await stage.save(href, { takesUnsure: 'yes' })
    expect(await readers()).not.toContain('Grace Okafor')
    await stage.save(await hrefOf('/settings/intake-groups', 'Speak up team'), { takesUnsure: 'yes' })
    expect(await readers()).toContain('Grace Okafor')
    await stage.save(await hrefOf('/settings/intake-groups', 'Speak up team'), { name: 'Zzz renamed team' })
    expect(await readers()).toContain('Grace Okafor')
  })
})

describe('two administrators at once', () => {
  test('one is saved; the other is told, keeps what they wrote, and can save it after looking', async () => {
    const other = await stage.staff('administrator')
    const hers = await other.get('/settings/sites')
    await stage.save('/settings/sites', { name: 'West wing' })
    const answer = await pressOn(other, hers, { name: 'East wing', ...ofEveryChange(stage.app, hers) }, '/settings/sites')
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Somebody changed this while you were writing')
    expect(answer.text).toContain('value="East wing"')
    expect(answer.text).toContain('West wing')
    const again = await pressOn(other, answer, {}, '/settings/sites')
    expect(again.location).toBe('/settings/sites?done=added')
    expect((await stage.app.service.settings.current()).sites.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['West wing', 'East wing']),
    )
  })
})

describe('what the log says', () => {
  test('is codes, counts and digests: each state follows on the one before, and no name stands in it', async () => {
    const changes = (await stage.entries('settings_changed')).filter(({ fields }) => fields['setting'] === 'sites')
    expect(changes.length).toBeGreaterThan(4)
    // Their order within one instant of the test's clock is not known
    const states = new Set(changes.map(({ fields }) => fields['digest']))
    for (const { fields } of changes.filter(({ fields }) => 'change' in fields)) expect(states).toContain(fields['before'])
    expect(states).toContain((await stage.app.service.settingsAdministration.viewSites(await stage.app.contextOf('administrator'))).seen)
    expect(JSON.stringify(changes)).not.toMatch(/Chapel|wing|Infirmary|Agreed/)
  })

  test('has its opening: the account of changes shows before and after, who and why', async () => {
    const account = await stage.sam.get('/settings/changes')
    expect(account.text).toContain('Agreed at the meeting of the speaking-up group')
    expect(account.text).toContain('Name: Chapel Road clinic')
    expect(account.text).toContain('Sam Whitlock')
  })

  test('every way to write a setting without an entry is refused by the database', async () => {
    const silently = [
      "insert into category (id, code, label, hint, source, valid_from) values (gen_random_uuid(), 'c-000000', 'x', '', 'x', '2026-01-01')",
      "update site set retired_on = '2026-01-01'",
      "insert into setting (key, value) values ('service', '{}')",
      'delete from speak_up_contact',
      'delete from bank_holiday',
    ]
    const { database } = stage.app.database
    for (const sql of silently)
      await expect(unloggedTransaction(database, (tx) => tx.$executeRaw(Prisma.raw(sql)))).rejects.toThrow(/without an entry/)
  })

  test('texts and the account of changes are only ever added to', async () => {
    for (const sql of [
      "update text_version set body = 'x'",
      'delete from text_version',
      "update setting_change set reason = 'x'",
      'delete from category',
    ])
      await expect(unloggedTransaction(stage.app.database.database, (tx) => tx.$executeRaw(Prisma.raw(sql)))).rejects.toThrow(
        /permission denied|denied/,
      )
  })
})
