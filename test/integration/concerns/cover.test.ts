import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepAllClocks, queueFilter } from '../../../src/concerns/index.ts'
import type { ConcernId, DateText } from '../../../src/kernel/index.ts'
import { coverInput } from '../../../src/settings/index.ts'
import { sweepOf } from '../../support/sweep.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
let sweep: () => Promise<number>
beforeAll(async () => {
  world = await startHandlingWorld()
  sweep = sweepOf(world)
}, 60_000)
afterAll(() => world.close())

async function dayIs(day: string): Promise<void> {
  world.clock.set(`${day}T00:05:00Z`)
  await keepAllClocks(world.service)
  world.clock.set(`${day}T09:15:00Z`)
  await sweep()
}

/** A concern that Grace owns. */
async function owned(day: string): Promise<ConcernId> {
  world.clock.set(`${day}T10:00:00Z`)
  const { id } = await world.raise()
  await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
  await world.act('guardian', id, 'assign', { userId: world.id('guardian') })
  return id
}

const assignments = async (id: ConcernId) =>
  (await world.entries(id))
    .filter(({ kind }) => kind === 'concern_assigned')
    .map(({ actor, fields }) => [actor.role, fields['owner'], fields['reasonCode'] ?? null])
const alias = (person: 'guardian' | 'deputy') => world.as(person).person.alias
const away = (from: string, to: string) => ({ from: from as DateText, to: to as DateText })

async function ownerShown(id: ConcernId) {
  const { items } = await world.concerns.viewQueue(await world.contextOf('deputy'), queueFilter.parse({}))
  const item = items.find((each) => each.id === id)
  const shown = [item?.owner?.name, item?.coveringFor?.name ?? null]
  const concern = await world.concerns.viewConcern(await world.contextOf('deputy'), id)
  expect([concern.owner?.name, concern.coveringFor?.name ?? null]).toEqual(shown)
  return shown
}

describe('a guardian who is away', () => {
  it('is stood in for by the deputy, who holds the keys already, from the first day to the last, and has it back after', async () => {
    const id = await owned('2026-11-30')
    const { absences } = world.service.people
    await absences.enter(await world.contextOf('guardian'), away('2026-12-02', '2026-12-04'))
    await dayIs('2026-12-01')
    expect(await ownerShown(id)).toEqual(['Grace Okafor', null])
    await dayIs('2026-12-02')
    await sweep()
    expect(await ownerShown(id)).toEqual(['Daniel Reid', 'Grace Okafor'])
    await dayIs('2026-12-04')
    expect(await ownerShown(id)).toEqual(['Daniel Reid', 'Grace Okafor'])
    await dayIs('2026-12-05')
    await sweep()
    expect(await ownerShown(id)).toEqual(['Grace Okafor', null])
    expect(await assignments(id)).toEqual([
      ['guardian', alias('guardian'), null],
      ['system', alias('deputy'), 'absence'],
      ['system', alias('guardian'), 'cover_ended'],
    ])
  })

  it('is not stood in for by somebody who has no key, and what a colleague gave to somebody else stays there', async () => {
    world.clock.set('2027-01-11T10:00:00Z')
    const { id: alone } = await world.raise({ deputyMayRead: false })
    await world.act('guardian', alone, 'assign', { userId: world.id('guardian') })
    const given = await owned('2027-01-11')
    const { absences } = world.service.people
    const absence = await absences.enter(await world.contextOf('administrator'), {
      ...away('2027-01-12', '2027-01-15'),
      person: world.id('guardian'),
    })
    await dayIs('2027-01-12')
    expect((await assignments(alone)).length).toBe(1)
    // The deputy stands in, and gives it back by hand before the end
    await world.act('deputy', given, 'assign', { userId: world.id('guardian') })
    await absences.remove(await world.contextOf('administrator'), absence)
    await dayIs('2027-01-13')
    expect(await assignments(given)).toEqual([
      ['guardian', alias('guardian'), null],
      ['system', alias('deputy'), 'absence'],
      ['guardian', alias('guardian'), null],
    ])
  })

  it('is refused days that cannot be, and days of somebody else', async () => {
    world.clock.set('2027-01-20T10:00:00Z')
    const { absences } = world.service.people
    const enter = async (person: 'guardian' | 'auditor', input: Parameters<typeof absences.enter>[1]) =>
      refusalOf(absences.enter(await world.contextOf(person), input))
    expect(await enter('guardian', away('2027-02-02', '2027-02-01'))).toEqual({ invalid_input: ['/to before_the_first'] })
    expect(await enter('guardian', away('2027-01-02', '2027-01-19'))).toEqual({ invalid_input: ['/to in_the_past'] })
    expect(await enter('guardian', away('2027-02-02', '2072-02-01'))).toEqual({ invalid_input: ['/to too_far'] })
    expect(await enter('guardian', away('1927-01-18', '2027-02-01'))).toEqual({ invalid_input: ['/from too_long_ago'] })
    expect(await enter('guardian', { ...away('2027-02-02', '2027-02-03'), person: world.id('deputy') })).toEqual({
      invalid_input: ['/person not_an_option'],
    })
    expect(await enter('auditor', away('2027-02-02', '2027-02-03'))).toBe('permission_denied')
    const other = await absences.enter(await world.contextOf('deputy'), away('2027-02-02', '2027-02-03'))
    expect(await refusalOf(absences.remove(await world.contextOf('guardian'), other))).toBe('not_found')
  })
})

describe('an owner who is silent', () => {
  it('is stood in for once a date has passed and three working days went by without an entry of theirs, until the next', async () => {
    const id = await owned('2027-03-01')
    // Nobody grades the risk, which was to be done by the 2nd
    await dayIs('2027-03-04')
    expect(await ownerShown(id)).toEqual(['Grace Okafor', null])
    await dayIs('2027-03-05')
    await sweep()
    expect(await ownerShown(id)).toEqual(['Daniel Reid', 'Grace Okafor'])
    expect((await assignments(id)).at(-1)).toEqual(['system', alias('deputy'), 'silence'])
    world.clock.set('2027-03-08T08:00:00Z')
    await world.contextOf('guardian')
    await dayIs('2027-03-09')
    expect(await ownerShown(id)).toEqual(['Grace Okafor', null])
    expect((await assignments(id)).at(-1)).toEqual(['system', alias('guardian'), 'cover_ended'])
  })
})

describe('after how many days silence counts', () => {
  it('is a setting with bounds, a source and an entry, and holds from the next sweep on', async () => {
    const { settingsAdministration: settings, settings: inForce } = world.service
    const ctx = () => ({ ...world.as('administrator'), steppedUp: true, now: world.clock.now() })
    const change = async (silentDays: number) =>
      settings.changeCover(ctx(), {
        ...{ silentDays, source: 'Guardians, 1 June 2027', reason: 'Agreed' },
        seen: (await settings.viewCover(ctx())).seen,
      })
    const id = await owned('2027-06-07')
    await change(5)
    const changes = (await world.entries()).filter(({ kind, fields }) => kind === 'settings_changed' && fields['setting'] === 'cover')
    expect(changes).toHaveLength(1)
    await dayIs('2027-06-11')
    expect(await ownerShown(id)).toEqual(['Grace Okafor', null])
    await change(3)
    world.clock.set('2027-06-11T11:15:00Z')
    await sweep()
    expect(await ownerShown(id)).toEqual(['Daniel Reid', 'Grace Okafor'])
    expect((await inForce.current()).values.cover).toEqual({ silentDays: 3, source: 'Guardians, 1 June 2027' })
    for (const silentDays of [0, 1, 16, 2.5])
      expect(coverInput.safeParse({ silentDays, source: 'x', reason: 'x', seen: '0'.repeat(64) }).success).toBe(false)
  })
})
