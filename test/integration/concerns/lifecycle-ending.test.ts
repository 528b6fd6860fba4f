import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { londonDate, type ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { findings, refusalOf, startHandlingWorld, words } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, inbox, entries } = world
afterAll(() => world.close())
beforeEach(() => world.clock.set(ordinaryMorning))

const closing = { followUp: 'done', actions: 'tracked_plan', plan: 'Rota plan' } as const
const lastEntry = async (concern: ConcernId, kind: string) => (await entries(concern)).findLast((entry) => entry.kind === kind)
const record = async (concern: ConcernId, kind: string) =>
  (await concerns.viewContent(as('guardian'), concern)).records.findLast((each) => each.kind === kind)
const statusOf = async (concern: ConcernId) => (await concerns.viewConcern(as('guardian'), concern)).status
const inQueue = async (concern: ConcernId, filter = {}) =>
  (await concerns.viewQueue(as('guardian'), { limit: 100, ...filter })).items.some((item) => item.id === concern)

describe('closing', () => {
  test('comes after the outcome, keeps what was checked under seal, and takes the concern out of the queue', async () => {
    const { id: concern, token } = await raise()
    await bring(concern, 'findings_ready')
    expect(await refusalOf(act('guardian', concern, 'close', closing))).toBe('transition_not_allowed')
    await act('guardian', concern, 'resolve', words.resolve)
    const view = await act('guardian', concern, 'close', {
      ...closing,
      actions: 'tracked_plan',
      plan: 'Staffing plan 2027',
      note: 'All quiet.',
    })
    expect(view).toMatchObject({
      status: 'closed',
      stage: 'resolved',
      allowedActions: ['reopen', 'assign', 'declare_conflict', 'escalate', 'record_follow_up'],
    })
    expect((await lastEntry(concern, 'concern_closed'))?.fields).toMatchObject({
      action: 'close',
      from: 'resolved',
      to: 'closed',
      followUp: 'done',
      months: [],
      actionEnd: 'tracked_plan',
    })
    expect(await record(concern, 'closing')).toMatchObject({
      genuine: true,
      content: { followUp: 'done', actionEnd: 'tracked_plan', plan: 'Staffing plan 2027', note: 'All quiet.' },
    })
    expect(await inbox(token)).toMatchObject({ stage: 'resolved', status: 'closed' })
    expect([await inQueue(concern), await inQueue(concern, { status: 'closed' })]).toEqual([false, true])
    await world.write(token, 'It has begun again.')
    expect(await inQueue(concern)).toBe(true)
  })

  test('counts a check after the outcome as made only where its day is near; the other outlives it, and can be made then', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'resolved')
    const standing = async () =>
      Object.fromEntries(
        (await concerns.viewConcern(as('guardian'), concern)).clocks
          .filter(({ code }) => code.startsWith('T11'))
          .map(({ code, state }) => [code, state]),
      )
    world.clock.advance({ hours: 24 * 80 })
    await act('guardian', concern, 'close', closing)
    expect((await lastEntry(concern, 'concern_closed'))?.fields).toMatchObject({ followUp: 'done', months: ['3'] })
    expect(await standing()).toEqual({ T11a: 'met', T11b: 'running' })
    world.clock.advance({ hours: 24 * 90 })
    expect(await inQueue(concern)).toBe(false)
    await act('guardian', concern, 'record_follow_up', { months: 6, note: 'All is well.' })
    expect(await standing()).toEqual({ T11a: 'met', T11b: 'met' })
  })

  test('waits for an open report of bad treatment and for the actions, and stores nothing until then', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'resolved')
    expect(await refusalOf(act('guardian', concern, 'close', { followUp: 'done' }))).toEqual({ invalid_input: ['/actions tasks_open'] })
    await world.tamper('update concern set open_detriment = true where id = $1', [concern])
    expect(await refusalOf(act('guardian', concern, 'close', closing))).toEqual({ invalid_input: ['/followUp detriment_open'] })
    expect([await statusOf(concern), await record(concern, 'closing')]).toEqual(['resolved', undefined])
    await world.tamper('update concern set open_detriment = false where id = $1', [concern])
    expect(await act('guardian', concern, 'close', closing)).toMatchObject({ status: 'closed' })
  })

  test('of two guardians who close at once one does, and the other is told', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'resolved')
    const expectedVersion = await world.version(concern)
    const answers = await Promise.all(
      (['guardian', 'deputy'] as const).map((person) => refusalOf(act(person, concern, 'close', { ...closing, expectedVersion }))),
    )
    expect(answers.filter((answer) => answer === 'concern_changed')).toHaveLength(1)
    expect((await entries(concern)).filter(({ kind }) => kind === 'concern_closed')).toHaveLength(1)
  })
})

describe('reopening', () => {
  test('goes on in the same concern from triage, tells the person, and can go the whole way again', async () => {
    const { id: concern, token } = await raise()
    await bring(concern, 'resolved')
    await act('guardian', concern, 'close', closing)
    const reopened = await act('guardian', concern, 'reopen', { reason: 'It has happened again.', message: 'We look into it again.' })
    expect(reopened).toMatchObject({ id: concern, status: 'triaged', stage: 'acknowledged', cycle: 2, title: 'Night staffing' })
    expect((await lastEntry(concern, 'concern_reopened'))?.fields).toMatchObject({ from: 'closed', to: 'triaged', cycle: 2 })
    expect(await record(concern, 'reopening')).toMatchObject({ content: { reason: 'It has happened again.' } })
    const told = await inbox(token)
    expect(told.messages.at(-1)).toMatchObject({ body: 'We look into it again.', genuine: true })
    expect(told.reopenedOn).toBe(londonDate(world.clock.now()))
    expect(await inQueue(concern)).toBe(true)
    await act('guardian', concern, 'refer', words.refer)
    await act('guardian', concern, 'resolve', { ...words.resolve, outcome: 'referred_and_concluded_elsewhere' })
    expect(await act('guardian', concern, 'close', closing)).toMatchObject({ status: 'closed', cycle: 2 })
    expect((await inbox(token)).reopenedOn).toBeNull()
  })

  test('leaves a limit that was met met, and one that was missed missed, on every screen', async () => {
    const { id: met, token: metToken } = await raise()
    const { id: missed, token: missedToken } = await raise()
    await bring(met, 'resolved')
    world.clock.set('2026-11-27T09:00:00Z')
    await bring(missed, 'resolved')
    world.clock.set('2027-02-01T09:00:00Z')
    for (const [concern, token, state] of [
      [met, metToken, 'met'],
      [missed, missedToken, 'missed'],
    ] as const) {
      const { clocks } = await act('guardian', concern, 'reopen', { reason: 'New information.' })
      expect(clocks[0]).toMatchObject({ code: 'T1', state })
      expect((await inbox(token)).clocks).toEqual(clocks.filter(({ shownTo }) => shownTo === 'reporter'))
      expect(
        (await concerns.viewQueue(as('guardian'), { limit: 100 })).items.find((item) => item.id === concern)?.nextClock?.code,
      ).not.toBe('T1')
    }
  })

  test('a second investigation has terms and findings of its own beside those of the first', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'resolved')
    await act('guardian', concern, 'reopen', { reason: 'The first did not go far enough.' })
    await act('guardian', concern, 'start_investigation', {
      investigatorId: id('investigator'),
      terms: 'Look at the second ward too.',
      expectedEnd: '2027-03-01' as never,
      message: 'We look again.',
    })
    await act('investigator', concern, 'record_findings', { ...findings(), learning: 'Look wider.' })
    const found = await concerns.viewContent(as('investigator'), concern)
    expect(found.records.map(({ kind, genuine }) => [kind, genuine])).toEqual([
      ['terms', true],
      ['findings', true],
      ['terms', true],
      ['findings', true],
    ])
  })

  test('an approval of the time before does not stand for this time', async () => {
    const { id: concern } = await raise()
    world.clock.advance({ hours: 24 })
    await bring(concern, 'triaged', { riskGrade: 'high' })
    const decision = {
      reasonCode: 'can_be_put_right_now' as const,
      reason: 'The repair is ordered.',
      decidedBy: id('guardian'),
      approver: id('executive'),
      message: 'It is being repaired.',
    }
    const asked = await act('guardian', concern, 'resolve_without_investigation', decision)
    const otp = world.otp('executive')
    await concerns.decideApproval(as('executive'), concern, asked.pendingApproval!.id, { decision: 'approve', otp })
    await act('guardian', concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' })
    world.clock.advance({ hours: 1 })
    await act('guardian', concern, 'reopen', { reason: 'It was not repaired.' })
    // Somebody who may write to the database skips the second person.
    await world.tamper(`update concern set status = 'resolving' where id = $1`, [concern])
    expect(await refusalOf(act('guardian', concern, 'resolve', { ...words.resolve, outcome: 'resolved_informally' }))).toBe(
      'record_not_genuine',
    )
  })
})

describe('withdrawing', () => {
  const reason = 'They asked me on the phone. Nobody else is at risk.'

  test('ends the work where the organisation need not act, and a clock that still ran is no longer needed', async () => {
    const { id: concern, token } = await raise()
    const view = await act('guardian', concern, 'withdraw', { reason, organisationMustAct: false, message: 'We have stopped.' })
    expect(view).toMatchObject({
      status: 'withdrawn',
      stage: 'resolved',
      organisationLed: false,
      allowedActions: ['assign', 'declare_conflict', 'escalate'],
    })
    expect(view.clocks[0]).toMatchObject({ code: 'T1', state: 'not_applicable' })
    expect((await lastEntry(concern, 'concern_withdrawn'))?.fields).toMatchObject({
      from: 'raised',
      to: 'withdrawn',
      organisationMustAct: false,
      outcome: 'withdrawn_by_person',
    })
    expect(await record(concern, 'withdrawal')).toMatchObject({ genuine: true, content: { reason, organisationMustAct: false } })
    // Withdrawn before anybody assessed it: its header is as genuine as on the first day.
    expect(await concerns.viewContent(as('guardian'), concern)).toMatchObject({ genuine: true })
    expect(await act('guardian', concern, 'assign', { userId: id('deputy') })).toMatchObject({ owner: { id: id('deputy') } })
    world.clock.set('2027-02-01T09:00:00Z')
    expect(await inbox(token)).toMatchObject({
      status: 'withdrawn',
      clocks: [{ code: 'T1', state: 'not_applicable' }],
      messages: [{ body: 'We have stopped.' }],
    })
    expect(await inQueue(concern)).toBe(false)
    const { rows } = await world.database.asSuperuser.query('select next_clock_code from concern where id = $1', [concern])
    expect(rows).toEqual([{ next_clock_code: null }])
  })

  test('a limit that had run out by then stays missed', async () => {
    const { id: concern, token } = await raise()
    world.clock.set('2026-11-30T09:00:00Z')
    await act('guardian', concern, 'withdraw', { reason, organisationMustAct: false })
    expect((await inbox(token)).clocks[0]).toMatchObject({ code: 'T1', state: 'missed' })
  })

  test('where the organisation must act it goes on, with a flag only its readers see, and no name goes further', async () => {
    const { id: concern } = await raise({ openness: 'confidential', identity: { name: 'Joan Ellis' } })
    await bring(concern, 'triaged', { consent: 'share_as_agreed' })
    const view = await act('guardian', concern, 'withdraw', { reason, organisationMustAct: true })
    expect(view).toMatchObject({ status: 'triaged', organisationLed: true, title: 'Night staffing' })
    expect(view.allowedActions).toContain('withdraw')
    expect(await refusalOf(act('guardian', concern, 'refer', { ...words.refer, shareIdentity: true }))).toEqual({
      invalid_input: ['/shareIdentity identity_not_agreed'],
    })
    const { rows } = await world.database.asSuperuser.query<{ row: string }>(
      'select row_to_json(c)::text as row from concern c where id = $1',
      [concern],
    )
    expect(rows[0]?.row).not.toMatch(/organisation|withdraw/i)
  })

  test('cannot follow an end', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'resolved')
    expect(await refusalOf(act('guardian', concern, 'withdraw', { reason, organisationMustAct: false }))).toBe('transition_not_allowed')
  })
})
