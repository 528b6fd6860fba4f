import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createAuditedTransaction } from '../../../src/audit/index.ts'
import { CannotStart, createDatabase } from '../../../src/database/index.ts'
import { Refusal, systemRandom, type Clock, type DateText } from '../../../src/kernel/index.ts'
import {
  checkStamp,
  completeSettings,
  createSettings,
  demonstrationOrganisation,
  firstTexts,
  officialElements,
  publishRules,
  seedSettings,
  type FirstSettings,
} from '../../../src/settings/index.ts'
import { firstRules } from '../../../src/timeliness/index.ts'
import { freshDatabase } from '../../support/database.ts'

const fresh = await freshDatabase()
const { database, asSuperuser } = fresh
afterAll(() => fresh.drop())

let now = Temporal.Instant.from('2026-11-23T09:00:00Z')
const clock: Clock = { now: () => now }
const depsOn = (of: typeof database) => ({ database: of, audited: createAuditedTransaction(of, systemRandom), clock, random: systemRandom })
const deps = depsOn(database)
const real: FirstSettings = { ...demonstrationOrganisation, stamp: 'real', organisation: 'A trust' }

const count = async (table: string) => Number((await asSuperuser.query(`select count(*) from ${table}`)).rows[0]['count'])
const counts = async () => {
  const found: number[] = []
  for (const table of tables) found.push(await count(table))
  return found
}
const tables = [
  'organisation',
  'intake_group',
  'site',
  'speak_up_contact',
  'bank_holiday',
  'timeliness_rule',
  'category',
  'text_version',
  'staff_entry',
]

beforeEach(async () => {
  await asSuperuser.query(`set session_replication_role = replica; delete from organisation; delete from intake_group; delete from site;
    delete from speak_up_contact; delete from category; delete from setting; delete from text_version; delete from bank_holiday; delete from timeliness_rule; alter table staff_entry disable trigger all;
    delete from staff_entry; alter table staff_entry enable always trigger staff_entry_append_only;
    alter table staff_entry enable always trigger staff_entry_linked; set session_replication_role = origin`)
})

describe('opening the organisation', () => {
  test('gives groups, sites, contacts, a calendar and time limits, and says so in the log', async () => {
    const groups = await seedSettings(deps, demonstrationOrganisation)
    const settings = await createSettings(deps).current()
    expect(settings.organisation).toMatchObject({ name: 'Demonstration hospitals', stamp: 'demonstration', openedOn: '2026-11-23' })
    expect(settings.intakeGroups).toEqual(groups)
    expect(settings.sites.map(({ name }) => name)).toContain('Main hospital')
    expect(settings.rules).toEqual(firstRules)
    expect(settings.calendar.addWorkingDays('2026-12-24' as DateText, 2)).toBe('2026-12-30')
    expect(settings.holidaysPublishedUntil).toMatch(/^20\d\d-12-2\d$/)
    const entries = await asSuperuser.query<{ kind: string; text: string }>(
      "select kind, text from staff_entry order by text::json #>> '{fields,setting}'",
    )
    expect(entries.rows.map(({ kind, text }) => [kind, JSON.parse(text).fields.setting ?? JSON.parse(text).fields.stamp])).toEqual([
      ['settings_changed', 'bank_holidays'],
      ['settings_changed', 'categories'],
      ['settings_changed', 'intake_groups'],
      ['settings_changed', 'sites'],
      ['settings_changed', 'speak_up_contacts'],
      ['settings_changed', 'texts'],
      ['settings_changed', 'timeliness_rules'],
      ['organisation_opened', 'demonstration'],
    ])
    expect(JSON.stringify(entries.rows)).not.toContain('hospital')
  })

  test('twice changes nothing', async () => {
    const first = await seedSettings(deps, demonstrationOrganisation)
    const before = await counts()
    expect(await seedSettings(deps, demonstrationOrganisation)).toEqual(first)
    expect(await counts()).toEqual(before)
  })

  test('by two processes at once opens one, and both learn the same groups', async () => {
    const other = createDatabase({ connection: fresh.app, maxConnections: 2 })
    try {
      const both = await Promise.all([
        seedSettings(deps, demonstrationOrganisation),
        seedSettings(depsOn(other), demonstrationOrganisation),
      ])
      expect(both[0]).toEqual(both[1])
      expect(await count('organisation')).toBe(1)
      expect(await count('staff_entry')).toBe(8)
    } finally {
      await other.close()
    }
  })
})

describe('a database that an earlier release opened', () => {
  test('is given the categories and texts it does not have, once, with entries, and keeps what it has', async () => {
    await seedSettings(deps, real)
    await asSuperuser.query(`set session_replication_role = replica; delete from category; delete from text_version where key <> 'law.gagging';
      update text_version set body = 'Ours'; set session_replication_role = origin`)
    const before = await count('staff_entry')
    await Promise.all([completeSettings(deps), completeSettings(deps)])
    const settings = await createSettings(deps).current()
    expect(settings.categories.map(({ code }) => code).toSorted()).toEqual([...officialElements].toSorted())
    expect(settings.texts.map(({ key, version }) => `${key} ${version}`).toSorted()).toEqual(
      firstTexts.map(({ key, version }) => `${key} ${version}`).toSorted(),
    )
    expect(settings.texts.find(({ key }) => key === 'law.gagging')!.body).toBe('Ours')
    const after = await count('staff_entry')
    expect(after).toBeGreaterThan(before)
    await completeSettings(deps)
    expect(await count('staff_entry')).toBe(after)
  })

  test('that was never opened is left alone', async () => {
    await completeSettings(deps)
    expect(await counts()).toEqual(tables.map(() => 0))
  })
})

describe('what the log is judged by', () => {
  const workflow = { format: 'forthright-workflow/1', moves: {} }
  const published = async () => {
    const { rows } = await asSuperuser.query<{ kind: string; text: string }>(
      "select kind, text from staff_entry where kind like '%_published' order by happened_at, kind",
    )
    return rows.map(({ kind, text }) => ({ kind, fields: (JSON.parse(text) as { fields: Record<string, unknown> }).fields }))
  }

  test('is in the log from the start, once, by whichever process comes first, and in codes and dates only', async () => {
    await seedSettings(deps, real)
    await Promise.all([publishRules(deps, workflow), publishRules(deps, workflow)])
    await publishRules(deps, workflow)
    const [calendar, limits, table, ...more] = await published()
    expect(more).toEqual([])
    expect(calendar).toMatchObject({ kind: 'calendar_published', fields: { division: 'england-and-wales' } })
    expect(calendar?.fields['days']).toContain('2026-12-28')
    const rules = (limits!.fields['rules'] as string[]).map((text) => JSON.parse(text) as object)
    const told = ({ label: _label, source: _source, ...rule }: (typeof firstRules)[number]) => rule
    expect(rules).toHaveLength(firstRules.length)
    expect(rules).toEqual(expect.arrayContaining(firstRules.map(told)))
    expect(table).toEqual({ kind: 'workflow_published', fields: { table: JSON.stringify(workflow) } })
    expect(JSON.stringify([calendar, limits])).not.toMatch(/Christmas|Boxing|Acknowledge"|policy/)
  })

  test('is said again where a release brings another workflow, or somebody wrote to the calendar past the service', async () => {
    await seedSettings(deps, real)
    await publishRules(deps, workflow)
    now = now.add({ hours: 1 })
    await asSuperuser.query(
      `set session_replication_role = replica; delete from bank_holiday where date = '2026-12-28'; set session_replication_role = origin`,
    )
    await publishRules(deps, { ...workflow, moves: { acknowledge: {} } })
    const again = (await published()).slice(3)
    expect(again.map(({ kind }) => kind)).toEqual(['calendar_published', 'workflow_published'])
    expect(again[0]?.fields['days']).not.toContain('2026-12-28')
  })

  test('is nothing where no organisation was opened', async () => {
    await publishRules(deps, workflow)
    expect(await published()).toEqual([])
  })
})

describe('the stamp keeps demonstration and real apart', () => {
  test('a database that was never opened is ready for neither and refuses neither', async () => {
    expect(await checkStamp(database, 'real')).toBe(false)
    expect(await checkStamp(database, 'demonstration')).toBe(false)
  })

  test.each([
    [demonstrationOrganisation, 'demonstration', 'real', /passwords are public/],
    [real, 'real', 'demonstration', /real concerns/],
  ] as const)('%#', async (first, own, other, words) => {
    await seedSettings(deps, first)
    expect(await checkStamp(database, own)).toBe(true)
    await expect(checkStamp(database, other)).rejects.toThrow(words)
    await expect(checkStamp(database, other)).rejects.toBeInstanceOf(CannotStart)
    await expect(seedSettings(deps, first.stamp === 'real' ? demonstrationOrganisation : real)).rejects.toThrow(words)
    expect(await count('organisation')).toBe(1)
  })
})

describe('the settings in force', () => {
  test('are asked for again while there are none', async () => {
    const settings = createSettings(deps)
    await expect(settings.current()).rejects.toEqual(new Refusal('not_set_up'))
    await seedSettings(deps, demonstrationOrganisation)
    expect((await settings.current()).intakeGroups).toHaveLength(1)
  })

  test('show a change by another process after five seconds, and are not read anew before', async () => {
    await seedSettings(deps, demonstrationOrganisation)
    const settings = createSettings(deps)
    const before = await settings.current()
    await asSuperuser.query(
      `set session_replication_role = replica; update organisation set name = 'Renamed'; set session_replication_role = origin`,
    )
    now = now.add({ seconds: 4 })
    expect(await settings.current()).toBe(before)
    now = now.add({ seconds: 1 })
    expect((await settings.current()).organisation.name).toBe('Renamed')
  })

  test('cannot be changed without an entry, not even by our own login', async () => {
    await seedSettings(deps, demonstrationOrganisation)
    await expect(
      createAuditedTransaction(
        database,
        systemRandom,
      )(async (tx) => {
        await tx.$executeRaw`update timeliness_rule set limit_value = 99`
        await tx.$executeRaw`set constraints all immediate`
        throw new Error('got through')
      }),
    ).rejects.toThrow(/changed without an entry|FR004|permission denied/)
  })
})

describe('the people one can talk to instead', () => {
  test('each say who, what for, how and where we have that from, and no telephone number is without a source of the body itself', () => {
    for (const contact of demonstrationOrganisation.contacts) {
      for (const part of [contact.name, contact.detail, contact.way, contact.source]) expect(part.trim()).not.toBe('')
      if (/\d{5,}|\d{3} \d{3,}/.test(contact.way)) expect(contact.source).toMatch(/^[a-z.-]+\.(uk|org)/)
    }
  })
})
