import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepAllClocks } from '../../../src/concerns/index.ts'
import { openDutyKey } from '../../../src/config/index.ts'
import type { ConcernId } from '../../../src/kernel/index.ts'
import { dutyKeysOf, sealForDuty } from '../../../src/vault/index.ts'
import { sweepOf, sweepWithoutKey } from '../../support/sweep.ts'
import { mailFrom } from '../../support/smtp-server.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
let sweep: () => Promise<number>
beforeAll(async () => {
  world = await startHandlingWorld({ mailFrom })
  sweep = sweepOf(world)
}, 60_000)
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

/** The nightly job and then the sweep, as the background process runs them on this day. */
async function dayIs(day: string): Promise<number> {
  world.clock.set(`${day}T00:05:00Z`)
  await keepAllClocks(world.service)
  world.clock.set(`${day}T09:15:00Z`)
  return sweep()
}

const said = async (id: ConcernId) =>
  (await world.entries(id))
    .filter(({ kind }) => kind.startsWith('clock_') || kind === 'access_granted')
    .map(({ kind, fields }) => [kind, fields['clock'] ?? fields['reasonCode'], fields['step'] ?? null, fields['stepOn'] ?? null])

const aliasOf = (person: Parameters<HandlingWorld['as']>[0]) => world.as(person).person.alias

async function escalatedFor(person: 'executive' | 'nonExecutive'): Promise<ReadonlyMap<string, boolean>> {
  const { items } = await world.concerns.viewEscalated(await world.contextOf(person), null)
  return new Map(items.map((item) => [item.id, item.mayOpen]))
}

async function lettersSince(since: Temporal.Instant): Promise<string[]> {
  const { rows } = await world.database.asSuperuser.query<{ cause: string; address: string }>(
    'select cause, address from outbox_letter where written_at >= $1 order by cause, address',
    [since.toString()],
  )
  return rows.map(({ cause, address }) => `${cause} ${address}`)
}

describe('a concern that nobody answers', () => {
  it('is warned of, goes up to the executive and then to the non-executive lead, each once and by its dates alone', async () => {
    world.clock.set('2026-11-24T15:00:00Z')
    const { id } = await world.raise()
    // The day it came is not over, and nothing is written beside what its reporter did
    world.clock.set('2026-11-24T16:00:00Z')
    expect(await sweep()).toBe(0)

    expect(await dayIs('2026-11-25')).toBe(1)
    expect(await sweep()).toBe(0)
    expect(await said(id)).toEqual([['clock_warned', 'T1', null, '2026-11-25']])
    const [warned] = (await world.entries(id)).filter(({ kind }) => kind === 'clock_warned')
    expect(warned).toMatchObject({ actor: { role: 'system' }, fields: { dueOn: '2026-11-26' } })
    expect(new Set(warned?.fields['person'] as string[])).toEqual(new Set([aliasOf('guardian'), aliasOf('deputy')]))

    await dayIs('2026-11-26')
    expect(await escalatedFor('executive')).toEqual(new Map([[id, false]]))
    await dayIs('2026-11-27')
    await dayIs('2026-11-30')
    expect(await escalatedFor('nonExecutive')).toEqual(new Map())
    const before = world.clock.now()
    await dayIs('2026-12-01')
    expect(await escalatedFor('nonExecutive')).toEqual(new Map([[id, false]]))
    expect(await refusalOf(world.concerns.viewConcern(await world.contextOf('nonExecutive'), id))).toBe('permission_denied')
    expect((await said(id)).filter(([, clock]) => clock === 'T1')).toEqual([
      ['clock_warned', 'T1', null, '2026-11-25'],
      ['clock_escalated', 'T1', 'executive_lead', '2026-11-27'],
      ['clock_escalated', 'T1', 'non_executive_lead', '2026-12-01'],
    ])
    expect(await lettersSince(before)).toContain('escalated nonexecutive@demo.test')
    for (let again = 0; again < 3; again += 1) expect(await sweep()).toBe(0)
  })

  it('goes no further once somebody has answered', async () => {
    world.clock.set('2027-01-11T10:00:00Z')
    const { id } = await world.raise()
    await dayIs('2027-01-12')
    await world.act('guardian', id, 'acknowledge', { message: 'Thank you.' })
    await world.act('guardian', id, 'assign', { userId: world.id('deputy') })
    for (const day of ['2027-01-13', '2027-01-14', '2027-01-15', '2027-01-20']) {
      // Here every day: an owner who is silent would be stood in for
      await world.contextOf('deputy')
      await dayIs(day)
    }
    expect((await said(id)).filter(([, clock]) => clock === 'T1')).toEqual([['clock_warned', 'T1', null, '2027-01-12']])
    // A later warning is for its owner alone
    const [later] = (await world.entries(id)).filter(({ kind, fields }) => kind === 'clock_warned' && fields['clock'] !== 'T1')
    expect(later?.fields['person']).toEqual([aliasOf('deputy')])
  })

  it('is made up for after a standstill: the same steps, each with the day on which it fell due', async () => {
    world.clock.set('2027-03-01T10:00:00Z')
    const { id } = await world.raise()
    await dayIs('2027-03-31')
    expect((await said(id)).filter(([, clock]) => clock === 'T1')).toEqual([
      ['clock_warned', 'T1', null, '2027-03-02'],
      ['clock_escalated', 'T1', 'executive_lead', '2027-03-04'],
      ['clock_escalated', 'T1', 'non_executive_lead', '2027-03-08'],
    ])
  })
})

describe('readiness', () => {
  it('says so where nobody looked at the clocks for a day, and no more once somebody did', async () => {
    world.clock.set('2027-03-31T17:45:00Z')
    await sweep()
    world.clock.set('2027-03-31T20:00:00Z')
    const warnings = async () => (await world.service.health.ready()).warnings
    expect(await warnings()).not.toContain('sweep_late')
    world.clock.set('2027-04-01T19:00:00Z')
    expect(await warnings()).toContain('sweep_late')
    await sweep()
    expect(await warnings()).not.toContain('sweep_late')
  })
})

describe('who is kept from a concern', () => {
  it('is not told of it by the clock, whether it is about them or they declared a conflict', async () => {
    world.clock.set('2027-04-05T10:00:00Z')
    const about = await world.raise({ about: [world.id('executive')] })
    const conflicted = await world.raise()
    await dayIs('2027-04-08')
    await world.act('guardian', conflicted.id, 'escalate', { to: 'non_executive_lead', reason: 'Look.', shareContent: false })
    await world.concerns.declareConflict(await world.contextOf('nonExecutive'), conflicted.id, {
      expectedVersion: await world.version(conflicted.id),
    })
    await dayIs('2027-04-20')
    expect((await escalatedFor('executive')).has(about.id)).toBe(false)
    expect((await escalatedFor('nonExecutive')).has(conflicted.id)).toBe(false)
    expect((await escalatedFor('nonExecutive')).has(about.id)).toBe(true)
    const told = async (id: ConcernId, step: string) =>
      (await world.entries(id)).find(({ fields }) => fields['clock'] === 'T1' && fields['step'] === step)?.fields['person']
    expect(await told(about.id, 'executive_lead')).toEqual([])
    expect(await told(conflicted.id, 'executive_lead')).toEqual([aliasOf('executive')])
    expect(await told(conflicted.id, 'non_executive_lead')).toEqual([])
  })

  it('is not told of it by the clock either where a later report of bad treatment is about them', async () => {
    world.clock.set('2027-04-26T10:00:00Z')
    const { id, token } = await world.raise({ standby: true })
    const reporter = await world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
    const about = [world.as('nonExecutive').person.name]
    await world.concerns.reportDetriment(reporter, { kinds: ['moved'], description: 'Off the ward.', about }, null)
    await dayIs('2027-05-07')
    const told = (await world.entries(id)).filter(({ kind }) => kind === 'clock_escalated').flatMap(({ fields }) => fields['person'])
    expect(new Set(told)).toEqual(new Set([aliasOf('executive')]))
    expect((await escalatedFor('nonExecutive')).has(id)).toBe(false)
    expect((await said(id)).filter(([kind]) => kind === 'access_granted')).toEqual([])
  })
})

describe('a person who agreed that the non-executive lead may read it if nobody answers', () => {
  it('is read by that lead once the time is over, and by nobody sooner', async () => {
    world.clock.set('2027-05-10T10:00:00Z')
    const agreed = await world.raise({ standby: true })
    const silent = await world.raise()
    await dayIs('2027-05-14')
    expect((await said(agreed.id)).filter(([kind]) => kind === 'access_granted')).toEqual([])
    await dayIs('2027-05-17')
    const lead = await world.contextOf('nonExecutive')
    const seen = await escalatedFor('nonExecutive')
    expect([seen.get(agreed.id), seen.get(silent.id)]).toEqual([true, false])
    expect((await world.concerns.viewContent(lead, agreed.id)).genuine).toBe(true)
    expect((await said(agreed.id)).filter(([kind]) => kind === 'access_granted')).toEqual([['access_granted', 'standby', null, null]])
    expect((await escalatedFor('executive')).get(agreed.id)).toBe(false)
  })

  it('waits for the duty key where its file is lost, with all that leads are told: whoever looks after it is warned meanwhile', async () => {
    world.clock.set('2027-05-24T10:00:00Z')
    const { id } = await world.raise({ standby: true })
    world.clock.set('2027-06-04T00:05:00Z')
    await keepAllClocks(world.service)
    world.clock.set('2027-06-04T09:15:00Z')
    await sweepWithoutKey(world)()
    const first = (await said(id)).filter(([, clock]) => clock === 'T1')
    expect(first).toEqual([['clock_warned', 'T1', null, '2027-05-25']])
    expect(await sweepWithoutKey(world)()).toBe(0)
    await dayIs('2027-06-05')
    expect((await said(id)).filter(([kind, clock]) => clock === 'T1' || kind === 'access_granted')).toEqual([
      ...first,
      ['clock_escalated', 'T1', 'executive_lead', '2027-05-27'],
      ['clock_escalated', 'T1', 'non_executive_lead', '2027-06-01'],
      ['access_granted', 'standby', null, null],
    ])
    expect((await escalatedFor('nonExecutive')).get(id)).toBe(true)
  })

  it('is not, where that lead is who it is about', async () => {
    world.clock.set('2027-06-07T10:00:00Z')
    const { id } = await world.raise({ standby: true, about: [world.id('nonExecutive')] })
    await dayIs('2027-06-21')
    expect((await said(id)).filter(([kind]) => kind === 'access_granted')).toEqual([])
    expect((await escalatedFor('nonExecutive')).has(id)).toBe(false)
  })

  it('still is, under new keys, after a guardian declared a conflict', async () => {
    world.clock.set('2027-07-05T10:00:00Z')
    const { id } = await world.raise({ standby: true })
    world.clock.advance({ hours: 24 })
    await world.concerns.declareConflict(await world.contextOf('deputy'), id, { expectedVersion: await world.version(id) })
    await dayIs('2027-07-14')
    const lead = await world.contextOf('nonExecutive')
    expect((await world.concerns.viewConcern(lead, id)).reference).toBeTruthy()
    expect((await world.concerns.viewContent(lead, id)).genuine).toBe(true)
  })

  it('leaves rows of one size with everybody, agreed or not, about a lead or not', async () => {
    const { rows } = await world.database.asSuperuser.query<{ size: number }>(
      `select distinct length(sealed) as size from key_grant where holder = 'duty'`,
    )
    expect(rows).toHaveLength(1)
  })
})

describe('a concern whose rows somebody spoiled in the database', () => {
  const dutyKeys = () => dutyKeysOf(openDutyKey(join(world.dataDir, 'secrets')))
  const spoil = (id: ConcernId, text: string) =>
    world.tamper(`update key_grant set sealed = $2 where concern_id = $1 and holder = 'duty'`, [
      id,
      Buffer.from(sealForDuty(dutyKeys().publicKey, id, text, 1024)),
    ])
  const escalated = async (id: ConcernId) =>
    (await world.entries(id)).flatMap(({ kind, fields }) =>
      kind === 'clock_escalated' && fields['clock'] === 'T1' ? [fields['step']] : [],
    )

  it('goes up by the clock with nobody told, where nobody can read which leads may be', async () => {
    world.clock.set('2027-09-06T10:00:00Z')
    const { id } = await world.raise()
    await spoil(id, 'no list at all')
    await dayIs('2027-09-16')
    expect(await escalated(id)).toEqual(['executive_lead', 'non_executive_lead'])
    expect((await world.entries(id)).filter(({ kind }) => kind === 'clock_escalated').flatMap(({ fields }) => fields['person'])).toEqual([])
  })

  it('keeps no other from going up, and is told of as a sweep that was not made', async () => {
    world.clock.set('2027-10-04T10:00:00Z')
    const concerns = [await world.raise(), await world.raise(), await world.raise()]
    const spoiled = concerns.map(({ id }) => id).toSorted()[0]!
    const forged = { part: 'no compartment', kind: 'shared', epoch: 1, holder: world.id('nonExecutive'), sealed: 'AAAA' }
    await spoil(spoiled, JSON.stringify({ leads: [world.id('nonExecutive')], standby: [forged] }))
    await expect(dayIs('2027-10-14')).rejects.toThrow()
    for (const { id } of concerns) expect(await escalated(id)).toHaveLength(id === spoiled ? 0 : 2)
    world.clock.set('2027-10-16T09:00:00Z')
    expect((await world.service.health.ready()).warnings).toContain('sweep_late')
    await spoil(spoiled, JSON.stringify({ leads: [], standby: [] }))
    expect(await sweep()).toBeGreaterThan(0)
    expect((await world.service.health.ready()).warnings).not.toContain('sweep_late')
  })
})
