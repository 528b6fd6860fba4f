import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDutySweep, dutyBeginning, dutyDone, type DutyReading } from '../../../src/duties/index.ts'
import { addDays, londonDate, type DateText } from '../../../src/kernel/index.ts'
import type { PersonName } from '../../support/app.ts'
import { mailFrom } from '../../support/smtp-server.ts'
import { sweepOf } from '../../support/sweep.ts'
import { verdictOfLog } from '../../support/verified-log.ts'
import { startHandlingWorld, type HandlingWorld } from '../concerns/handling-world.ts'

let app: HandlingWorld
let sweep: () => Promise<number>
beforeAll(async () => {
  app = await startHandlingWorld({ mailFrom })
  sweep = createDutySweep({ ...app.service, directory: app.service.accounts.directory })
}, 60_000)
afterAll(async () => {
  expect(app.unexpected).toEqual([])
  await app.close()
})
// Nothing of one test is open in the next. Each is later than the one before it, as days are.
beforeEach(async () => {
  for (const { id, open, startedAt } of await app.service.duties.list(app.as('guardian'))) if (open.length > 0) await finish(id, startedAt)
  await sweep()
})

const finish = async (id: string, startedAt: unknown) =>
  app.service.duties.done(
    app.as('guardian'),
    id,
    dutyDone.parse(startedAt === null ? { doneOn: londonDate(app.clock.now()) } : { doneAt: app.clock.now().toString() }),
  )
const begin = async (input: object) => app.service.duties.begin(app.as('guardian'), dutyBeginning.parse(input))
const aliasOf = (person: PersonName) => app.as(person).person.alias
const at = async (instant: string) => {
  app.clock.set(instant)
  return sweep()
}

interface Said {
  readonly kind: string
  readonly role: string
  readonly fields: Readonly<Record<string, unknown>>
}

async function said({ id }: DutyReading): Promise<Said[]> {
  const { rows } = await app.database.asSuperuser.query<{ text: string }>(
    `select text from staff_entry where kind in ('duty_warned', 'duty_escalated') order by happened_at, kind desc`,
  )
  return rows
    .map(({ text }) => JSON.parse(text) as { kind: string; actor: { role: string }; fields: Record<string, unknown> })
    .filter(({ fields }) => fields['duty'] === id)
    .map(({ kind, actor, fields }) => ({ kind, role: actor.role, fields }))
}
const shortly = async (duty: DutyReading) => (await said(duty)).map(({ kind, fields }) => [kind, fields['step'] ?? null, fields['stepOn']])
const toldIn = ({ fields }: Said) => new Set(fields['person'] as string[])

async function lettersAt(now: string): Promise<string[]> {
  const { rows } = await app.database.asSuperuser.query<{ cause: string; address: string }>(
    'select cause, address from outbox_letter where written_at = $1 order by cause, address',
    [now],
  )
  return rows.map(({ cause, address }) => `${cause} ${address}`)
}

describe('a duty that nobody does', () => {
  test('is warned of, then passed up by the chain of its rule: each once, in working hours, with a letter without content', async () => {
    app.clock.set('2027-03-01T10:00:00Z')
    // Thirty days later is Wednesday 31 March, and five working days before, without the two holidays of Easter, Monday 22
    const complaint = await begin({ code: 'T18', startedOn: '2027-03-01' })
    expect(complaint.dueOn).toBe('2027-03-31')
    expect(await at('2027-03-21T17:45:00Z')).toBe(0)
    expect(await at('2027-03-22T07:45:00Z')).toBe(0)
    expect(await at('2027-03-22T08:00:00Z')).toBe(1)
    expect(await sweep()).toBe(0)
    const [warned] = await said(complaint)
    expect(warned).toMatchObject({ kind: 'duty_warned', role: 'system' })
    expect(warned?.fields).toEqual({
      ...{ duty: complaint.id, code: 'T18', dueOn: '2027-03-31', stepOn: '2027-03-22' },
      person: expect.any(Array),
    })
    expect(toldIn(warned!)).toEqual(new Set([aliasOf('guardian'), aliasOf('deputy'), aliasOf('administrator')]))
    expect(await lettersAt('2027-03-22T08:00:00Z')).toEqual(
      ['admin', 'deputy', 'guardian'].map((name) => `deadline_near ${name}@demo.test`),
    )

    expect(await at('2027-03-31T17:45:00Z')).toBe(0)
    // The day after, in summer time by now: 8:00 in London is 7:00
    expect(await at('2027-04-01T06:45:00Z')).toBe(0)
    expect(await at('2027-04-01T07:00:00Z')).toBe(1)
    expect(await shortly(complaint)).toEqual([
      ['duty_warned', null, '2027-03-22'],
      ['duty_escalated', 'executive_lead', '2027-04-01'],
    ])
    expect(toldIn((await said(complaint))[1]!)).toEqual(new Set([aliasOf('executive')]))
    expect(await lettersAt('2027-04-01T07:00:00Z')).toEqual(['escalated executive@demo.test'])
    expect(await at('2027-05-20T09:00:00Z')).toBe(0)
    const read = (await app.service.duties.list(app.as('auditor'))).find(({ id }) => id === complaint.id)
    expect(read?.notices).toEqual([
      { step: 'warning', on: '2027-03-22' },
      { step: 'executive_lead', on: '2027-04-01' },
    ])
  })

  test('in months too, and everything is made up for where nobody looked', async () => {
    app.clock.set('2027-06-01T10:00:00Z')
    const report = await begin({ code: 'T15', startedOn: '2026-05-31' })
    expect(report).toMatchObject({ dueOn: '2027-05-31', state: 'overdue' })
    // 31 May is a bank holiday: the next working day is 1 June, and the 31st has twenty working days after 29 April
    expect(await at('2027-06-20T10:00:00Z')).toBe(2)
    expect(await shortly(report)).toEqual([
      ['duty_warned', null, '2027-04-29'],
      ['duty_escalated', 'executive_lead', '2027-06-01'],
    ])
  })

  test('is said no more of once it is done, and waits while its clock stands still', async () => {
    app.clock.set('2027-07-01T10:00:00Z')
    const request = await begin({ code: 'T17', startedOn: '2027-07-01' })
    app.clock.set('2027-07-20T10:00:00Z')
    await app.service.duties.pause(app.as('guardian'), request.id, { reasonCode: 'clarification_awaited' })
    expect(await at('2027-07-26T10:00:00Z')).toBe(0)
    expect(await at('2027-08-05T10:00:00Z')).toBe(0)
    await app.service.duties.resume(app.as('guardian'), request.id)
    const due = (await app.service.duties.list(app.as('guardian'))).find(({ id }) => id === request.id)!.dueOn
    expect(due > '2027-08-05').toBe(true)
    app.clock.set('2027-08-06T10:00:00Z')
    await finish(request.id, null)
    expect(await at('2027-08-30T10:00:00Z')).toBe(0)
    expect(await said(request)).toEqual([])
  })
})

describe('who is away', () => {
  const away = async (person: PersonName, from: DateText) =>
    app.service.people.absences.enter(await app.contextOf(person), { from, to: addDays(from, 4) })

  test('is passed over while somebody else is there', async () => {
    app.clock.set('2027-09-06T10:00:00Z')
    const complaint = await begin({ code: 'T18', startedOn: '2027-09-06' })
    app.clock.set('2027-09-28T10:00:00Z')
    await away('guardian', '2027-09-28' as DateText)
    expect(await at('2027-09-29T10:00:00Z')).toBe(1)
    expect(toldIn((await said(complaint))[0]!)).toEqual(new Set([aliasOf('deputy'), aliasOf('administrator')]))
  })
})

describe('whatever happens beside it', () => {
  test('two sweeps at once take each step once, and one that fails leaves nothing behind', async () => {
    app.clock.set('2027-11-01T10:00:00Z')
    const both = [await begin({ code: 'T18', startedOn: '2027-09-01' }), await begin({ code: 'T18', startedOn: '2027-09-02' })]
    const failing = createDutySweep({
      ...app.service,
      directory: app.service.accounts.directory,
      outbox: { ...app.service.outbox, put: () => Promise.reject(new Error('killed')) },
    })
    await expect(failing()).rejects.toThrow('killed')
    expect(await said(both[0]!)).toEqual([])
    const counts = await Promise.all([sweep(), sweep(), sweep()])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4)
    for (const duty of both) expect((await shortly(duty)).map(([kind]) => kind)).toEqual(['duty_warned', 'duty_escalated'])
  })

  test('readiness says so where nobody looked at duties for a day, though somebody did at concerns', async () => {
    const warnings = async () => (await app.service.health.ready()).warnings
    await sweepOf(app)()
    expect(await warnings()).not.toContain('sweep_late')
    app.clock.advance({ hours: 26 })
    await sweepOf(app)()
    expect(await warnings()).toContain('sweep_late')
    await sweep()
    expect(await warnings()).not.toContain('sweep_late')
  })

  test('the first pages are told how many are late and how many near, and who may not see duties is told nothing', async () => {
    app.clock.set('2027-11-03T10:00:00Z')
    await begin({ code: 'T18', startedOn: '2027-09-10' })
    await begin({ code: 'T18', startedOn: '2027-10-05' })
    await begin({ code: 'T18', startedOn: '2027-11-01' })
    expect(await app.service.duties.standing(app.as('executive'))).toEqual({ late: 1, near: 1 })
    expect(await app.service.duties.standing(app.as('investigator'))).toBeNull()
  })
})

describe('a breach of personal data', () => {
  test('is warned of a day before its 72 hours are over and passed up the moment they are: at night, and at a weekend', async () => {
    app.clock.set('2028-03-23T22:40:00Z')
    const breach = await begin({ code: 'T19', startedAt: '2028-03-23T22:35:00Z' })
    expect(await at('2028-03-25T22:30:00Z')).toBe(0)
    expect(await at('2028-03-25T22:45:00Z')).toBe(1)
    // Clocks go forward in this night; seventy-two hours are seventy-two hours
    expect(await at('2028-03-26T22:35:00Z')).toBe(0)
    expect(await at('2028-03-26T22:45:00Z')).toBe(1)
    expect(await at('2028-03-27T09:00:00Z')).toBe(0)
    expect((await said(breach)).map(({ kind, fields: { person: _person, ...fields } }) => ({ kind, ...fields }))).toEqual([
      {
        ...{ kind: 'duty_warned', duty: breach.id, code: 'T19', dueOn: '2028-03-26', dueAt: '2028-03-26T22:35:00Z' },
        ...{ stepOn: '2028-03-25', stepAt: '2028-03-25T22:35:00Z' },
      },
      {
        ...{ kind: 'duty_escalated', duty: breach.id, code: 'T19', dueOn: '2028-03-26', dueAt: '2028-03-26T22:35:00Z' },
        ...{ stepOn: '2028-03-26', stepAt: '2028-03-26T22:35:01Z', step: 'executive_lead' },
      },
    ])
    expect(await lettersAt('2028-03-26T22:45:00Z')).toEqual(['escalated executive@demo.test'])
  })
})

test('the log is whole', async () => {
  expect(await verdictOfLog(app)).toMatchObject({ verdict: 'whole', findings: [] })
})
