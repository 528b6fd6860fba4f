import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dutyBeginning, dutyDone, type DutyReading } from '../../../src/duties/index.ts'
import { addDays, londonDate, type DateText } from '../../../src/kernel/index.ts'
import type { PersonName } from '../../support/app.ts'
import { verdictOfLog } from '../../support/verified-log.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from '../concerns/handling-world.ts'

let app: HandlingWorld
beforeAll(async () => {
  app = await startHandlingWorld()
}, 60_000)
afterAll(() => app.close())
beforeEach(() => app.clock.set('2026-11-23T10:00:00Z'))

const as = async (person: PersonName) => app.as(person)
const duties = () => app.service.duties
const today = () => londonDate(app.clock.now())
const begin = async (input: object, person: PersonName = 'guardian') => duties().begin(await as(person), dutyBeginning.parse(input))
const done = async ({ id }: DutyReading, input: object) => duties().done(await as('guardian'), id, dutyDone.parse(input))
const read = async ({ id }: DutyReading) => (await duties().list(await as('auditor'))).find((duty) => duty.id === id)!
const fieldsOf = async (kind: string) => {
  const { rows } = await app.database.asSuperuser.query<{ text: string }>(
    'select text from staff_entry where kind = $1 order by happened_at',
    [kind],
  )
  return rows.map(({ text }) => (JSON.parse(text) as { fields: Record<string, unknown> }).fields)
}

describe('a subject access request', () => {
  test('is due in a month, stands still while clarification is awaited, and has two months more once', async () => {
    const request = await begin({ code: 'T17', startedOn: '2026-11-16' })
    expect(request).toMatchObject({ dueOn: '2026-12-16', state: 'running', force: 'STATUTORY', open: ['done', 'pause', 'extend'] })
    expect(await fieldsOf('duty_began')).toEqual([{ duty: request.id, code: 'T17', startedOn: '2026-11-16', dueOn: '2026-12-16' }])

    await duties().pause(await as('administrator'), request.id, { reasonCode: 'clarification_awaited' })
    expect(await read(request)).toMatchObject({ state: 'paused', open: ['done', 'resume', 'extend'] })
    app.clock.set('2026-11-30T10:00:00Z')
    const resumed = await duties().resume(await as('guardian'), request.id)
    expect(resumed).toMatchObject({ state: 'running', pausedDays: 5, dueOn: '2026-12-23', firstDueOn: '2026-12-16' })

    const extend = async (until: string) =>
      duties().extend(await as('guardian'), request.id, { until: until as DateText, reasonCode: 'complex' })
    expect(await refusalOf(extend('2026-12-23'))).toEqual({ invalid_input: ['/until not_later'] })
    expect(await refusalOf(extend('2027-02-24'))).toEqual({ invalid_input: ['/until too_late'] })
    expect(await extend('2027-02-23')).toMatchObject({ dueOn: '2027-02-23', extensions: 1 })
    expect(await refusalOf(extend('2027-03-01'))).toBe('transition_not_allowed')

    expect(await done(request, { doneOn: '2026-11-30' })).toMatchObject({ state: 'met', open: [] })
    expect(await refusalOf(done(request, { doneOn: '2026-11-30' }))).toBe('transition_not_allowed')
    expect(await fieldsOf('duty_extended')).toEqual([
      { duty: request.id, code: 'T17', number: 3, before: '2026-12-23', until: '2027-02-23', reasonCode: 'complex' },
    ])
  })

  test('that is late is neither stopped nor extended any more, and stays missed when it is done', async () => {
    const late = await begin({ code: 'T17', startedOn: '2026-10-01' })
    expect(late).toMatchObject({ state: 'overdue', open: ['done'] })
    const pause = duties().pause(await as('guardian'), late.id, { reasonCode: 'identity_awaited' })
    expect(await refusalOf(pause)).toBe('transition_not_allowed')
    expect(await done(late, { doneOn: today() })).toMatchObject({ state: 'missed' })
    expect((await fieldsOf('duty_done')).find(({ duty }) => duty === late.id)).toMatchObject({ doneOn: today(), state: 'missed' })
  })
})

describe('a breach of personal data', () => {
  test('is counted in hours from the moment somebody became aware, at weekends too', async () => {
    app.clock.set('2026-11-27T18:00:00Z')
    const breach = await begin({ code: 'T19', startedAt: '2026-11-27T17:30:00Z' })
    expect(breach).toMatchObject({ state: 'running', words: '71 hours left' })
    expect(breach.dueAt?.toString()).toBe('2026-11-30T17:30:00Z')
    app.clock.set('2026-11-30T17:31:00Z')
    expect(await read(breach)).toMatchObject({ state: 'overdue' })
    // On the last day, and after the last hour
    expect(await done(breach, { doneAt: '2026-11-30T17:31:00Z' })).toMatchObject({ state: 'missed' })
    const second = await begin({ code: 'T19', startedAt: '2026-11-29T08:00:00Z' })
    expect(await done(second, { doneAt: '2026-11-30T17:00:00Z' })).toMatchObject({ state: 'met', words: 'Done in time' })
  })
})

describe('what recurs', () => {
  test('begins anew on the day it was done, and never twice at once', async () => {
    const report = await begin({ code: 'T15', startedOn: '2026-05-29' })
    expect(report).toMatchObject({ dueOn: '2027-05-29', force: 'NATIONAL_POLICY' })
    expect(await refusalOf(begin({ code: 'T15', startedOn: '2026-06-01' }))).toEqual({ invalid_input: ['/code running_already'] })
    await done(report, { doneOn: '2026-11-20' })
    const open = (await duties().list(await as('executive'))).filter((duty) => duty.code === 'T15' && duty.open.length > 0)
    expect(open).toMatchObject([{ startedOn: '2026-11-20', dueOn: '2027-11-20' }])
    expect((await fieldsOf('duty_began')).filter(({ code }) => code === 'T15').map(({ startedOn }) => startedOn)).toEqual([
      '2026-05-29',
      '2026-11-20',
    ])
  })

  test('has the date of its window, where that is published each time', async () => {
    expect(await begin({ code: 'T14', startedOn: '2026-09-30', dueOn: '2026-12-04' })).toMatchObject({
      dueOn: '2026-12-04',
      state: 'running',
    })
  })
})

describe('the register', () => {
  test.each<[string, object, string]>([
    ['no day', { code: 'T18' }, '/startedOn required'],
    ['a day to come', { code: 'T18', startedOn: '2026-11-24' }, '/startedOn in_the_future'],
    ['a day before any limit held', { code: 'T18', startedOn: '1999-01-01' }, '/startedOn too_long_ago'],
    ['a date that follows from the law', { code: 'T18', startedOn: '2026-11-20', dueOn: '2027-11-20' }, '/dueOn not_here'],
    ['a return without its window', { code: 'T14', startedOn: '2026-09-30' }, '/dueOn required'],
    ['a window before the quarter’s end', { code: 'T14', startedOn: '2026-09-30', dueOn: '2026-09-30' }, '/dueOn before_it_began'],
    ['a breach without a time', { code: 'T19', startedOn: '2026-11-20' }, '/startedAt required'],
    ['a breach to come', { code: 'T19', startedAt: '2026-11-23T10:00:01Z' }, '/startedAt in_the_future'],
  ])('refuses %s', async (_what, input, fault) => {
    const before = (await fieldsOf('duty_began')).length
    expect(await refusalOf(begin(input))).toEqual({ invalid_input: [fault] })
    expect((await fieldsOf('duty_began')).length).toBe(before)
  })

  test('refuses an end before the beginning, or one to come', async () => {
    const complaint = await begin({ code: 'T18', startedOn: '2026-11-20' })
    expect(complaint.dueOn).toBe(addDays('2026-11-20' as DateText, 30))
    expect(await refusalOf(done(complaint, { doneOn: '2026-11-19' }))).toEqual({ invalid_input: ['/doneOn before_it_began'] })
    expect(await refusalOf(done(complaint, { doneOn: '2026-11-24' }))).toEqual({ invalid_input: ['/doneOn in_the_future'] })
    expect(await refusalOf(duties().pause(await as('guardian'), complaint.id, { reasonCode: 'identity_awaited' }))).toBe(
      'transition_not_allowed',
    )
  })

  test('is written by guardians and administrators, seen by leads and auditors too, and by nobody else', async () => {
    for (const person of ['executive', 'nonExecutive', 'auditor', 'investigator'] as const)
      expect(await refusalOf(begin({ code: 'T18', startedOn: '2026-11-20' }, person))).toBe('permission_denied')
    for (const person of ['executive', 'nonExecutive', 'auditor', 'administrator'] as const)
      expect((await duties().list(await as(person))).length).toBeGreaterThan(0)
    expect(await refusalOf(duties().list(await as('investigator')))).toBe('permission_denied')
  })

  test('has what is due next first, and what is done at the end', async () => {
    const all = await duties().list(await as('guardian'))
    const open = all.filter((duty) => duty.open.length > 0)
    expect(all.slice(0, open.length)).toEqual(open)
    expect(open.map(({ dueOn }) => dueOn)).toEqual(open.map(({ dueOn }) => dueOn).toSorted())
    expect(open.length).toBeGreaterThan(2)
  })

  test('is recorded by two at once one after the other: one is done, the other hears of it', async () => {
    const complaint = await begin({ code: 'T18', startedOn: '2026-11-20' })
    const both = await Promise.allSettled([done(complaint, { doneOn: today() }), done(complaint, { doneOn: today() })])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('leaves a log that is whole', async () => {
    expect(await verdictOfLog(app)).toMatchObject({ verdict: 'whole', findings: [] })
  })
})
