import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConcernView, StepName } from '../../../src/concerns/index.ts'
import { addDays, londonDate, type ConcernId } from '../../../src/kernel/index.ts'
import { dateInWords } from '../../../src/web/layout/index.ts'
import type { PersonName } from '../../support/app.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
/** Under investigation from the first day. */
let old: ConcernId
beforeAll(async () => {
  world = await startHandlingWorld()
  old = (await world.raise()).id
  await world.bring(old, 'investigating')
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

const inDays = (days: number) => addDays(londonDate(world.clock.now()), days)
const view = (id: ConcernId) => world.concerns.viewConcern(world.as('guardian'), id)
const clockOf = async (id: ConcernId, code: string) => (await view(id)).clocks.find((clock) => clock.code === code)
const act = (id: ConcernId, action: StepName, body: object, person: PersonName = 'guardian'): Promise<ConcernView> =>
  world.act(person, id, action, body)
const police = () => ({ clock: 'T7', until: inDays(7), reasonCode: 'police_hold', reason: 'They asked us in writing.' })
const later = () => ({ clock: 'T7', until: inDays(50), reasonCode: 'people_unavailable', reason: 'Two people are away until then.' })
const lastEntry = async (id: ConcernId, kind: string) => (await world.entries(id)).findLast((entry) => entry.kind === kind)?.fields

/** Every place that tells a due date tells the same one: page and API, the row of each clock, the list's column, the person's inbox. */
async function expectOneAnswer(id: ConcernId, token: string): Promise<void> {
  const { clocks } = await view(id)
  const { rows } = await world.database.asSuperuser.query<{ key: string; due: string }>(
    `select code || ' ' || cycle || ' ' || of || ' ' || round as key, due_on::text as due from concern_clock where concern_id = $1`,
    [id],
  )
  const kept = new Map(rows.map(({ key, due }) => [key, due]))
  for (const { code, cycle, of, round, dueOn } of clocks)
    expect([code, kept.get(`${code} ${cycle} ${of ?? ''} ${round}`)]).toEqual([code, dueOn])
  const inbox = await world.inbox(token)
  for (const { code, dueOn, state } of inbox.clocks)
    expect(clocks.find((clock) => clock.code === code && clock.dueOn === dueOn && clock.state === state)).toBeDefined()
  const first = clocks.filter(({ state }) => ['running', 'paused', 'overdue'].includes(state)).map(({ dueOn }) => dueOn)
  const column = await world.database.asSuperuser.query<{ due: string }>('select next_clock_due::text as due from concern where id = $1', [
    id,
  ])
  expect(column.rows[0]?.due).toBe(first.toSorted()[0])
  const next = await inQueue(id)
  if (next !== null) expect(clocks.filter(({ code }) => code === next.code)).toContainEqual(expect.objectContaining(next))
}

const inQueue = async (id: ConcernId) =>
  (await world.concerns.viewQueue(world.as('guardian'), { limit: 100 })).items.find((item) => item.id === id)?.nextClock ?? null

describe('the look for immediate risk', () => {
  test('stops its clock before triage, and its grade is the concern’s', async () => {
    const { id, token } = await world.raise({ immediateDanger: 'yes' })
    expect(await clockOf(id, 'T2d')).toMatchObject({ state: 'running', dueOn: inDays(0) })
    const after = await act(id, 'screen_risk', { riskGrade: 'high', note: 'The oxygen is low on two wards.' })
    expect(after).toMatchObject({ status: 'raised', riskGrade: 'high' })
    expect(await clockOf(id, 'T2d')).toMatchObject({ state: 'met' })
    expect(await lastEntry(id, 'risk_screened')).toEqual({ riskGrade: 'high', item: expect.any(String) })
    expect((await world.concerns.viewContent(world.as('guardian'), id)).records).toMatchObject([
      { kind: 'screening', genuine: true, content: { riskGrade: 'high', note: 'The oxygen is low on two wards.' } },
    ])
    await expectOneAnswer(id, token)
  })

  test('is for handlers, until triage', async () => {
    const { id } = await world.raise()
    expect(await refusalOf(act(id, 'screen_risk', { riskGrade: 'low' }, 'executive'))).toBe('not_found')
    await world.bring(id, 'investigating')
    expect(await refusalOf(act(id, 'screen_risk', { riskGrade: 'low' }, 'investigator'))).toBe('permission_denied')
    expect(await refusalOf(act(id, 'screen_risk', { riskGrade: 'low' }))).toBe('transition_not_allowed')
  })
})

describe('the first contact', () => {
  test('is on record once all four parts are, some of them with the answer itself', async () => {
    const { id, token } = await world.raise()
    await act(id, 'acknowledge', { message: 'Thank you.', firstContact: ['thanked', 'wellbeing'] })
    expect(await clockOf(id, 'T3')).toMatchObject({ state: 'running' })
    expect(await refusalOf(act(id, 'record_first_contact', { parts: [] }))).toEqual({ invalid_input: ['/parts empty'] })
    await act(id, 'record_first_contact', { parts: ['understood', 'consent'], note: 'We spoke for an hour.' })
    expect(await clockOf(id, 'T3')).toMatchObject({ state: 'met' })
    await expectOneAnswer(id, token)
  })
})

describe('a pause', () => {
  test('stops the clock, tells the person why in their own thread, and moves the date by its working days alone', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'investigating')
    const before = await clockOf(id, 'T7')
    const news = await clockOf(id, 'T6')
    const after = await act(id, 'pause_clock', police())
    const paused = await clockOf(id, 'T7')
    expect(paused).toMatchObject({ state: 'paused', firstDueOn: before!.dueOn, pause: { from: inDays(0), until: inDays(7) } })
    expect(paused!.dueOn > before!.dueOn).toBe(true)
    expect(await clockOf(id, 'T6')).toMatchObject({ state: 'running', dueOn: news!.dueOn })
    expect(after.allowedActions).toEqual(expect.arrayContaining(['pause_clock', 'resume_clock', 'extend_clock']))
    const { messages } = await world.inbox(token)
    expect(messages.at(-1)).toMatchObject({ from: 'staff', genuine: true })
    expect(messages.at(-1)!.body).toMatch(
      new RegExp(
        `^We have stopped the clock .* at the latest\\. Our date for it is then ${dateInWords(paused!.dueOn)}\\. .*asked us to wait\\.\n\nThey asked us in writing\\.$`,
      ),
    )
    const entry = await lastEntry(id, 'clock_paused')
    expect(entry).toMatchObject({ clock: 'T7', of: null, until: inDays(7), reasonCode: 'police_hold' })
    expect(JSON.stringify(entry)).not.toContain('writing')
    await expectOneAnswer(id, token)

    expect(await refusalOf(act(id, 'pause_clock', police()))).toEqual({ invalid_input: ['/clock paused_already'] })
    world.clock.advance({ hours: 48 })
    await act(id, 'resume_clock', { clock: 'T7' })
    const resumed = await clockOf(id, 'T7')
    expect(resumed).toMatchObject({ state: 'running' })
    expect(resumed!.dueOn < paused!.dueOn).toBe(true)
    expect((await world.inbox(token)).messages.at(-1)!.body).toContain(`goes on again. Our date for it is ${dateInWords(resumed!.dueOn)}.`)
    expect(await refusalOf(act(id, 'resume_clock', { clock: 'T7' }))).toEqual({ invalid_input: ['/clock not_paused'] })
    await expectOneAnswer(id, token)
  })

  test('is refused with what is in the way of it', async () => {
    const { id } = await world.raise()
    expect(await refusalOf(act(id, 'pause_clock', { ...police(), clock: 'T1' }))).toEqual({ invalid_input: ['/clock never_pauses'] })
    expect((await view(id)).allowedActions).not.toContain('pause_clock')
    await world.bring(id, 'investigating')
    const faults = async (body: object) => refusalOf(act(id, 'pause_clock', { ...police(), ...body }))
    const table: readonly (readonly [object, string])[] = [
      [{ clock: 'T8' }, '/clock not_an_option'],
      [{ clock: 'T7', of: '00000000-0000-4000-8000-000000000000' }, '/clock not_an_option'],
      [{ until: inDays(0) }, '/until in_the_past'],
      [{ until: inDays(120) }, '/until pause_too_long'],
      [{ until: inDays(30) }, '/authorisedBy authoriser_required'],
      [{ until: inDays(30), authorisedBy: world.id('guardian') }, '/authorisedBy authoriser_is_self'],
      [{ until: inDays(30), authorisedBy: world.id('auditor') }, '/authorisedBy may_not_authorise'],
      [{ reason: '  ' }, '/reason empty'],
    ]
    for (const [body, fault] of table) expect(JSON.stringify(await faults(body))).toContain(fault)
    await act(id, 'pause_clock', { ...police(), until: inDays(30), authorisedBy: world.id('deputy') })
    const alias = (await world.entries()).find(({ kind, fields }) => kind === 'clock_paused' && fields['until'] === inDays(30))
    expect(alias!.fields['authoriser']).not.toBe(alias!.actor.alias)
  })
})

describe('pauses one after the other', () => {
  test('are one person’s own decision for ten working days in all, however they are cut up', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'investigating')
    const pause = (days: number, body: object = {}) => act(id, 'pause_clock', { ...police(), until: inDays(days), ...body })
    await pause(7)
    world.clock.advance({ hours: 24 * 7 })
    expect(await refusalOf(pause(14))).toEqual({ invalid_input: ['/authorisedBy authoriser_required'] })
    await pause(7)
    world.clock.advance({ hours: 24 * 7 })
    expect(await refusalOf(pause(1))).toEqual({ invalid_input: ['/authorisedBy authoriser_required'] })
    await pause(7, { authorisedBy: world.id('deputy') })
    expect(await lastEntry(id, 'clock_paused')).toMatchObject({ authoriser: world.as('deputy').person.alias })
  })
})

describe('a later date', () => {
  test('is the date everybody sees from then on, the person first', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'investigating')
    const before = await clockOf(id, 'T7')
    await act(id, 'extend_clock', later())
    expect(await clockOf(id, 'T7')).toMatchObject({ dueOn: inDays(50), firstDueOn: before!.dueOn })
    expect(await lastEntry(id, 'clock_extended')).toMatchObject({
      before: before!.dueOn,
      until: inDays(50),
      reasonCode: 'people_unavailable',
    })
    const inbox = await world.inbox(token)
    expect(inbox.nextDates).toContainEqual({ code: 'investigation_end', dueOn: inDays(50) })
    expect(inbox.messages.at(-1)!.body).toMatch(/^We have changed our date for the end of our look into this\. The new date is /)
    expect((await view(id)).openClocks.find(({ code }) => code === 'T7')).toMatchObject({ extensions: 1 })
    await expectOneAnswer(id, token)
  })

  test('is refused where it is none, and where saying so would not be true', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'investigating')
    const faults = (body: object) => refusalOf(act(id, 'extend_clock', { ...later(), ...body }))
    expect(await faults({ clock: 'T3' })).toEqual({ invalid_input: ['/clock not_extendable'] })
    expect(await faults({ until: inDays(1) })).toEqual({ invalid_input: ['/until not_later'] })
    expect(await faults({ until: inDays(500) })).toEqual({ invalid_input: ['/until too_far'] })
    world.clock.advance({ hours: 24 * 10 })
    // A message begins the next round, which runs longer than this
    const soon = addDays((await clockOf(id, 'T6'))!.dueOn, 1)
    expect(await faults({ clock: 'T6', until: soon })).toEqual({ invalid_input: ['/until date_not_reached'] })
    await act(id, 'extend_clock', { ...later(), clock: 'T6', until: inDays(90) })
    expect(await clockOf(id, 'T6')).toMatchObject({ dueOn: inDays(90), state: 'running' })
  })

  test('is given by those who handle it, and nobody else', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'investigating')
    const all = ['pause_clock', 'extend_clock'] as const
    for (const action of all) {
      const body = action === 'pause_clock' ? police() : later()
      expect(await refusalOf(act(id, action, body, 'investigator'))).toBe('permission_denied')
      expect(await refusalOf(act(id, action, body, 'executive'))).toBe('not_found')
      expect(await refusalOf(act(id, action, { ...body, expectedVersion: 1 }))).toBe('concern_changed')
    }
  })
})

describe('a check after the outcome', () => {
  test('made in person stops its clock, near its day and not before', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'resolved')
    expect(await refusalOf(act(id, 'record_follow_up', { months: 3, note: 'Asked.' }))).toEqual({ invalid_input: ['/months too_early'] })
    world.clock.advance({ hours: 24 * 75 })
    const { clocks } = await act(id, 'record_follow_up', { months: 3, note: 'I rang. Nobody treats her badly.' })
    expect(clocks.find(({ code }) => code === 'T11a')).toMatchObject({ state: 'met' })
    expect(clocks.find(({ code }) => code === 'T11b')).toMatchObject({ state: 'running' })
    expect((await world.inbox(token)).nextDates).not.toContainEqual(expect.objectContaining({ code: 'check_3_months' }))
  })
})

describe('a date that has passed', () => {
  test('is moved by nobody: no pause, no later date, no button', async () => {
    expect(await clockOf(old, 'T7')).toMatchObject({ state: 'overdue' })
    expect(await refusalOf(act(old, 'pause_clock', police()))).toEqual({ invalid_input: ['/clock already_late'] })
    expect(await refusalOf(act(old, 'extend_clock', later()))).toEqual({ invalid_input: ['/clock already_late'] })
    expect((await view(old)).allowedActions).not.toEqual(expect.arrayContaining(['pause_clock']))
  })
})

test('a clock that stands still stands still in the list too, and has its version’s words there', async () => {
  const { id, token } = await world.raise()
  await world.bring(id, 'investigating')
  await act(id, 'record_first_contact', { parts: ['thanked', 'understood', 'consent', 'wellbeing'] })
  const first = await inQueue(id)
  expect(['T6', 'T7']).toContain(first?.code)
  await act(id, 'pause_clock', { ...police(), clock: first!.code, until: inDays(2) })
  expect(await inQueue(id)).toMatchObject({ code: first!.code, state: 'paused', words: expect.stringContaining('Paused until') })
  await expectOneAnswer(id, token)
})
