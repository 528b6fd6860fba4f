import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { changeConcern } from '../../../src/concerns/concern-store.ts'
import type { StepName } from '../../../src/concerns/index.ts'
import { runTransaction } from '../../../src/database/index.ts'
import type { ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { findings, refusalOf, startHandlingWorld, words } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, inbox, entries } = world
afterAll(() => world.close())
beforeEach(() => world.clock.set(ordinaryMorning))

const record = async (concern: ConcernId, kind: string) => {
  const { records } = await concerns.viewContent(as('guardian'), concern)
  return records.find((each) => each.kind === kind)
}
const lastEntry = async (concern: ConcernId, kind: string) => (await entries(concern)).findLast((entry) => entry.kind === kind)
const triage = { ...words.triage, elements: [...words.triage.elements] }
const investigation = () => ({
  investigatorId: id('investigator'),
  terms: 'Look at the rota.',
  expectedEnd: '2027-01-05' as never,
  message: 'Somebody will look into it.',
})
const withoutInvestigation = () => ({
  reasonCode: 'can_be_put_right_now' as const,
  reason: 'The repair is ordered.',
  decidedBy: id('guardian'),
  message: 'It is being repaired.',
})

describe('a concern goes its whole way', () => {
  test('raised, acknowledged, triaged, investigated and resolved, each step seen by everybody it is for', async () => {
    const { id: concern, token } = await raise()
    let view = await act('guardian', concern, 'acknowledge', words.acknowledge)
    expect(view).toMatchObject({ stage: 'acknowledged', status: 'acknowledged', version: 2, title: null })
    view = await act('guardian', concern, 'triage', triage)
    expect(view).toMatchObject({ status: 'triaged', riskGrade: 'medium', title: 'Night staffing', elements: ['worker_safety_wellbeing'] })
    view = await act('guardian', concern, 'start_investigation', investigation())
    expect(view).toMatchObject({ status: 'investigating', stage: 'investigated', version: 4 })
    view = await act('investigator', concern, 'record_findings', findings())
    expect(view).toMatchObject({ status: 'findings_ready', stage: 'investigated', title: null })
    view = await act('guardian', concern, 'resolve', words.resolve)
    expect(view).toMatchObject({ status: 'resolved', stage: 'resolved', version: 6 })

    const seen = await inbox(token)
    expect(seen).toMatchObject({ stage: 'resolved', status: 'resolved' })
    expect(seen.clocks).toEqual(view.clocks.filter(({ shownTo }) => shownTo === 'reporter'))
    expect(seen.messages.map(({ body, author, genuine }) => ({ body, author, genuine }))).toEqual([
      { body: 'Thank you. I have read it.', author: 'Grace Okafor', genuine: true },
      {
        body: 'Somebody will look into it.\n\nWe expect to finish looking into this by 5 January 2027.',
        author: 'Grace Okafor',
        genuine: true,
      },
      { body: 'This is what we found.', author: 'Grace Okafor', genuine: true },
    ])
    const content = await concerns.viewContent(as('deputy'), concern)
    expect(content).toMatchObject({ narrative: 'Two of us for thirty beds, every night.', genuine: true, messages: seen.messages })
    expect(content.records.map(({ kind, genuine, author }) => [kind, genuine, author])).toEqual([
      ['triage', true, 'Grace Okafor'],
      ['terms', true, 'Grace Okafor'],
      ['findings', true, 'Priya Nair'],
      ['outcome', true, 'Grace Okafor'],
    ])
    const steps = (await concerns.viewConcern(as('guardian'), concern)).history.map(({ kind, actor }) => [kind, actor.name])
    expect(steps).toEqual([
      ['concern_raised', null],
      ['concern_acknowledged', 'Grace Okafor'],
      ['concern_triaged', 'Grace Okafor'],
      ['investigation_started', 'Grace Okafor'],
      ['access_granted', 'Grace Okafor'],
      ['findings_recorded', 'Priya Nair'],
      ['task_set', 'Priya Nair'],
      ['concern_resolved', 'Grace Okafor'],
    ])
  })

  test('the other way: resolved without an investigation, and through a referral', async () => {
    const { id: quick } = await raise()
    await bring(quick, 'resolving')
    expect(await record(quick, 'not_investigated')).toMatchObject({
      genuine: true,
      content: { reasonCode: 'can_be_put_right_now', reason: 'The repair is ordered.', decidedBy: id('guardian'), approval: null },
    })
    expect(await act('guardian', quick, 'resolve', { ...words.resolve, outcome: 'resolved_informally' })).toMatchObject({
      status: 'resolved',
    })

    const { id: referred, token } = await raise()
    await bring(referred, 'referred')
    expect(await record(referred, 'referral')).toMatchObject({ content: { to: 'hr', recipient: 'Head of HR', shareIdentity: false } })
    expect((await inbox(token)).messages.at(-1)?.body).toBe('I have passed it on.')
    await act('guardian', referred, 'record_findings', findings())
    expect(await record(referred, 'findings')).toMatchObject({ genuine: true, content: { learning: 'Plan earlier.' } })
    const done = await act('guardian', referred, 'resolve', { ...words.resolve, outcome: 'referred_and_concluded_elsewhere' })
    expect(done.status).toBe('resolved')
  })
})

describe('acknowledging', () => {
  test('stops the clock on the day it is done, and a limit that was missed stays missed', async () => {
    const { id: late, token } = await raise()
    expect((await concerns.viewConcern(as('guardian'), late)).clocks[0]).toMatchObject({
      code: 'T1',
      dueOn: '2026-11-26',
      state: 'running',
    })
    world.clock.set('2026-11-27T09:00:00Z')
    expect((await inbox(token)).clocks[0]).toMatchObject({ code: 'T1', state: 'overdue' })
    const view = await act('guardian', late, 'acknowledge', words.acknowledge)
    expect(view.clocks[0]).toMatchObject({ code: 'T1', state: 'missed' })
    expect((await lastEntry(late, 'concern_acknowledged'))?.fields).toMatchObject({
      action: 'acknowledge',
      from: 'raised',
      to: 'acknowledged',
      clock: 'T1',
      dueOn: '2026-11-26',
      state: 'missed',
    })
    world.clock.set('2026-12-27T09:00:00Z')
    expect((await inbox(token)).clocks[0]).toMatchObject({ code: 'T1', state: 'missed' })
    const { rows } = await world.database.asSuperuser.query('select next_clock_code, next_clock_due from concern where id = $1', [late])
    expect(rows).toEqual([{ next_clock_code: 'T2', next_clock_due: new Date('2026-11-25T00:00:00Z') }])
  })

  test('a message sent before it does not stand for it', async () => {
    const { id: concern } = await raise()
    await concerns.sendMessage(as('guardian'), concern, { body: 'I am reading this now.' }, null)
    const view = await concerns.viewConcern(as('guardian'), concern)
    expect([view.status, view.clocks[0]]).toMatchObject(['raised', { code: 'T1', state: 'running' }])
  })
})

describe('triage', () => {
  test('writes a new header for those who handle the concern and leaves what the person sent as it was', async () => {
    const { id: concern } = await raise({ elements: ['bullying_harassment'], site: 'Tower block' })
    await bring(concern, 'triaged')
    const { rows } = await world.database.asSuperuser.query(
      `select (select count(*)::int from reporter_item where concern_id = $1 and kind = 'header') as theirs,
              (select max(version) from staff_item where concern_id = $1 and kind = 'header') as version`,
      [concern],
    )
    expect(rows).toEqual([{ theirs: 1, version: 2 }])
    const content = await concerns.viewContent(as('deputy'), concern)
    expect(content).toMatchObject({ elements: ['worker_safety_wellbeing'], site: 'Tower block' })
    expect(await record(concern, 'triage')).toMatchObject({
      content: { note: 'Looks credible.', consent: 'not_applicable', conflict: 'none' },
    })
  })

  test('a second person is needed for a grave risk or for patient safety, whichever it is', async () => {
    for (const [given, needed] of [
      [{ riskGrade: 'high' }, true],
      [{ riskGrade: 'immediate' }, true],
      [{ elements: ['patient_safety_quality'] }, true],
      [{ riskGrade: 'low' }, false],
    ] as const) {
      const { id: concern } = await raise()
      await bring(concern, 'triaged', given as never)
      expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ secondApproverRequired: needed })
    }
  })

  test('goes no further with a conflict: the concern is handed on first, and nothing is kept of the try but its entry', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'acknowledged')
    expect(await refusalOf(act('guardian', concern, 'triage', { ...triage, conflict: 'found' }))).toEqual({
      conflict_of_interest: ['/conflict conflict_of_interest'],
    })
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ status: 'acknowledged', version: 2, title: null })
    expect((await lastEntry(concern, 'attempt_refused'))?.fields).toEqual({ attempt: 'triage', code: 'conflict_of_interest' })
    await act('guardian', concern, 'assign', { userId: id('deputy') })
    expect(await act('deputy', concern, 'triage', triage)).toMatchObject({ status: 'triaged', owner: { name: 'Daniel Reid' } })
  })
})

describe('starting an investigation', () => {
  test('the investigator gets terms and nothing the person wrote; the name only of somebody who agreed to share it', async () => {
    const open = { openness: 'open', identity: { name: 'Ama Boateng', contact: 'ext 4410' } }
    const { id: agreed } = await raise(open)
    await bring(agreed, 'investigating', { consent: 'share_as_agreed' })
    const seen = await concerns.viewContent(as('investigator'), agreed)
    expect(seen).toMatchObject({ narrative: null, messages: [], notes: [], about: [], identity: null, elements: [] })
    expect(seen.records).toMatchObject([
      { kind: 'terms', genuine: true, content: { terms: 'Look at the rota.', reporterName: 'Ama Boateng', maskedCopy: null } },
    ])
    expect(JSON.stringify(seen)).not.toContain('ext 4410')

    const { id: kept } = await raise(open)
    await bring(kept, 'investigating', { consent: 'do_not_share_identity' })
    expect((await concerns.viewContent(as('investigator'), kept)).records).toMatchObject([{ content: { reporterName: null } }])
  })

  test('their key opens their compartment and no other', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'investigating')
    const { rows } = await world.database.asSuperuser.query<{ kind: string }>(
      'select kind from key_grant where concern_id = $1 and holder = $2',
      [concern, id('investigator')],
    )
    expect(rows).toEqual([{ kind: 'investigation' }])
    const view = await concerns.viewConcern(as('investigator'), concern)
    expect(view).toMatchObject({
      title: null,
      elements: [],
      allowedActions: ['record_findings', 'declare_conflict'],
      mayWriteMessages: false,
      mayWriteNotes: false,
      mayOpenIdentity: false,
    })
    expect(view.history.map(({ kind }) => kind)).not.toContain('access_granted')
    for (const attempt of [
      () => concerns.sendMessage(as('investigator'), concern, { body: 'Hello' }, null),
      () => concerns.writeNote(as('investigator'), concern, { body: 'Hello' }, null),
      () => concerns.viewIdentity(as('investigator'), concern, { reason: 'Curious', otp: '000000' }),
      () => act('investigator', concern, 'resolve', words.resolve),
      () => act('investigator', concern, 'assign', { userId: id('investigator') }),
    ]) {
      expect(await refusalOf(attempt())).toBe('permission_denied')
    }
  })

  test('is refused for somebody who does not investigate, who handles it, whom it is about, and for a day gone by', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged')
    const start = (over: object) => refusalOf(act('guardian', concern, 'start_investigation', { ...investigation(), ...over }))
    expect(await start({ investigatorId: id('auditor') })).toEqual({ invalid_input: ['/investigatorId not_an_investigator'] })
    expect(await start({ investigatorId: id('guardian') })).toEqual({ invalid_input: ['/investigatorId not_an_investigator'] })
    expect(await start({ expectedEnd: '2026-11-23' })).toEqual({ invalid_input: ['/expectedEnd in_the_past'] })
    const { id: aboutHer } = await raise({ about: ['Priya Nair'] })
    await bring(aboutHer, 'triaged')
    expect(await refusalOf(act('guardian', aboutHer, 'start_investigation', investigation()))).toEqual({
      conflict_of_interest: ['/investigatorId conflict_of_interest'],
    })
    expect((await concerns.listChoices(as('guardian'), aboutHer)).investigators).toEqual([])
  })
})

describe('other guards, each with the case that fails it', () => {
  test.each([
    ['resolving is not open before the work is done', 'triaged', 'resolve', words.resolve, 'transition_not_allowed'],
    ['acknowledging twice', 'acknowledged', 'acknowledge', words.acknowledge, 'transition_not_allowed'],
    ['an investigation without triage', 'acknowledged', 'start_investigation', null, 'transition_not_allowed'],
    [
      'findings without any allegation',
      'investigating',
      'record_findings',
      { ...words.findings, findings: [] },
      { invalid_input: ['/findings empty'] },
    ],
    [
      'an outcome that does not fit the road',
      'findings_ready',
      'resolve',
      { ...words.resolve, outcome: 'advice_given' },
      { invalid_input: ['/outcome outcome_not_open'] },
    ],
    [
      'no way to reach somebody who has a code',
      'findings_ready',
      'resolve',
      { ...words.resolve, feedbackShared: 'no_return_channel' },
      { invalid_input: ['/feedbackShared return_channel_open'] },
    ],
    [
      'passing on a name nobody knows',
      'triaged',
      'refer',
      { ...words.refer, shareIdentity: true },
      { invalid_input: ['/shareIdentity identity_not_known'] },
    ],
  ] as const)('%s', async (_what, status, action, input, refused) => {
    const { id: concern } = await raise()
    await bring(concern, status)
    const before = await world.version(concern)
    expect(await refusalOf(act('guardian', concern, action as StepName, (input ?? investigation()) as never))).toEqual(refused)
    expect(await world.version(concern)).toBe(before)
  })

  test('a name goes on as agreed, or with a ground and a reason, and what was decided is kept sealed', async () => {
    const { id: concern } = await raise({ openness: 'confidential', identity: { name: 'Ama Boateng' } })
    await bring(concern, 'triaged', { consent: 'do_not_share_identity' })
    const refer = (over: object) => act('guardian', concern, 'refer', { ...words.refer, shareIdentity: true, ...over })
    expect(await refusalOf(refer({}))).toEqual({ invalid_input: ['/shareIdentity identity_not_agreed'] })
    await refer({ identityOverride: { ground: 'serious_harm', reason: 'A child is at risk.' } })
    expect(await record(concern, 'referral')).toMatchObject({
      content: { identityOverride: { ground: 'serious_harm', reason: 'A child is at risk.' } },
    })
    expect((await lastEntry(concern, 'concern_referred'))?.fields).toMatchObject({ target: 'hr', shareIdentity: true })
  })

  test('whoever decides not to investigate is not the subject', async () => {
    const { id: concern } = await raise({ about: ['Helen Marsh'] })
    await bring(concern, 'triaged')
    const decide = (decidedBy: string) =>
      refusalOf(act('guardian', concern, 'resolve_without_investigation', { ...withoutInvestigation(), decidedBy: decidedBy as never }))
    expect(await decide(id('executive'))).toEqual({ conflict_of_interest: ['/decidedBy conflict_of_interest'] })
    expect(await decide(id('auditor'))).toEqual({ invalid_input: ['/decidedBy may_not_decide'] })
    expect((await concerns.listChoices(as('guardian'), concern)).deciders.map(({ name }) => name).sort()).toEqual([
      'Daniel Reid',
      'Grace Okafor',
      'Owen Price',
    ])
  })
})

describe('assigning', () => {
  test('names an owner among the handlers, with a note for the team', async () => {
    const { id: concern } = await raise()
    const view = await act('guardian', concern, 'assign', { userId: id('deputy'), note: 'You know this ward.' })
    expect(view).toMatchObject({ status: 'raised', owner: { id: id('deputy'), name: 'Daniel Reid' }, version: 2 })
    expect(await record(concern, 'assignment')).toMatchObject({ content: { owner: id('deputy'), note: 'You know this ward.' } })
    expect((await entries(concern)).map(({ kind }) => kind)).toContain('concern_assigned')
  })

  test('a guardian without a key of it gets those the one who assigns holds, and the log says so', async () => {
    const { id: concern } = await raise({ deputyMayRead: false })
    expect(await refusalOf(concerns.viewConcern(as('deputy'), concern))).toBe('not_found')
    await bring(concern, 'investigating')
    await act('guardian', concern, 'assign', { userId: id('deputy') })
    const content = await concerns.viewContent(as('deputy'), concern)
    expect(content).toMatchObject({ narrative: 'Two of us for thirty beds, every night.', genuine: true })
    expect(content.records.map(({ kind }) => kind)).toEqual(['triage', 'terms'])
    expect((await lastEntry(concern, 'access_granted'))?.fields).toEqual({
      person: as('deputy').person.alias,
      compartments: ['internal', 'investigation', 'shared'],
    })
    expect(await act('deputy', concern, 'record_findings', findings())).toMatchObject({ status: 'findings_ready' })
  })

  test('is refused for somebody it is about, who is no guardian, or who investigates it', async () => {
    const { id: concern } = await raise({ about: ['Daniel Reid'] })
    const assign = (person: Parameters<typeof id>[0]) => refusalOf(act('guardian', concern, 'assign', { userId: id(person) }))
    expect(await assign('deputy')).toEqual({ conflict_of_interest: ['/userId conflict_of_interest'] })
    expect(await assign('executive')).toEqual({ invalid_input: ['/userId not_a_handler'] })
    expect(await assign('auditor')).toEqual({ invalid_input: ['/userId not_a_handler'] })
    expect((await concerns.listChoices(as('guardian'), concern)).owners.map(({ name }) => name)).toEqual(['Grace Okafor'])
  })
})

describe('escalating', () => {
  test('tells the lead its timing at once; content follows when a handler shares it, a name never', async () => {
    const { id: concern } = await raise({ openness: 'confidential', identity: { name: 'Ama Boateng' } })
    const escalate = (shareContent: boolean) =>
      act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'Nobody answers.', shareContent })
    expect(await refusalOf(concerns.viewConcern(as('executive'), concern))).toBe('not_found')

    await escalate(false)
    const mine = async () => (await concerns.viewEscalated(as('executive'), null)).items.find((item) => item.id === concern)
    expect(await mine()).toMatchObject({ status: 'raised', mayOpen: false, nextClock: { code: 'T2', dueOn: '2026-11-25' } })
    expect(await refusalOf(concerns.viewConcern(as('executive'), concern))).toBe('permission_denied')
    expect(await refusalOf(concerns.viewContent(as('executive'), concern))).toBe('permission_denied')
    expect((await concerns.viewQueue(as('executive'), { limit: 25 })).items).toEqual([])

    world.clock.advance({ hours: 1 })
    await escalate(true)
    expect(await mine()).toMatchObject({ mayOpen: true, escalatedAt: as('guardian').now })
    expect((await concerns.viewEscalated(as('executive'), null)).items.filter((item) => item.id === concern)).toHaveLength(1)
    expect(await concerns.viewConcern(as('executive'), concern)).toMatchObject({
      allowedActions: ['declare_conflict', 'escalate'],
      mayWriteMessages: false,
      mayOpenIdentity: false,
    })
    expect(await concerns.viewContent(as('executive'), concern)).toMatchObject({
      narrative: 'Two of us for thirty beds, every night.',
      genuine: true,
    })
    expect(await refusalOf(act('executive', concern, 'acknowledge', words.acknowledge))).toBe('permission_denied')
    expect(await refusalOf(concerns.sendMessage(as('executive'), concern, { body: 'Hello' }, null))).toBe('permission_denied')
    expect(await refusalOf(concerns.writeNote(as('executive'), concern, { body: 'Hello' }, null))).toBe('permission_denied')
    const { rows } = await world.database.asSuperuser.query<{ kind: string }>(
      'select kind from key_grant where concern_id = $1 and holder = $2 order by kind',
      [concern, id('executive')],
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['internal', 'shared'])
    expect(await refusalOf(concerns.viewConcern(as('nonExecutive'), concern))).toBe('not_found')
    expect((await concerns.viewConcern(as('guardian'), concern)).assignees).toContainEqual({
      id: id('executive'),
      name: 'Helen Marsh',
      role: 'executive_lead',
      relation: 'lead',
    })
  })

  test('never to somebody it is about, who learns nothing of the try', async () => {
    const { id: concern } = await raise({ about: ['the executive lead'] })
    expect(await refusalOf(act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'Serious.', shareContent: true }))).toEqual(
      {
        conflict_of_interest: ['/to conflict_of_interest'],
      },
    )
    const before = (await concerns.viewEscalated(as('executive'), null)).items.map((item) => item.id)
    expect(before).not.toContain(concern)
    await act('guardian', concern, 'escalate', { to: 'non_executive_lead', reason: 'Serious.', shareContent: true })
    expect(await concerns.viewContent(as('nonExecutive'), concern)).toMatchObject({ genuine: true })
  })

  test('outside is recorded and tells nobody here', async () => {
    const { id: concern } = await raise()
    const view = await act('guardian', concern, 'escalate', { to: 'external', reason: 'Told the regulator.', shareContent: true })
    expect(view).toMatchObject({ status: 'raised', version: 2 })
    expect((await lastEntry(concern, 'concern_escalated'))?.fields).toMatchObject({ target: 'external', person: [], contentShared: false })
    expect(await record(concern, 'escalation')).toMatchObject({ content: { to: 'external', reason: 'Told the regulator.', told: [] } })
  })

  test('a lead the reporter chose handles the concern, and goes on handling it when it is escalated to the same role', async () => {
    const { id: concern } = await raise({ recipient: 'executive_lead' })
    expect(await refusalOf(concerns.viewConcern(as('guardian'), concern))).toBe('not_found')
    expect(await act('executive', concern, 'acknowledge', words.acknowledge)).toMatchObject({ status: 'acknowledged' })
    expect(await refusalOf(act('executive', concern, 'escalate', { to: 'executive_lead', reason: 'Help.', shareContent: true }))).toEqual({
      invalid_input: ['/to nobody_to_tell'],
    })
    await act('executive', concern, 'escalate', { to: 'non_executive_lead', reason: 'Help.', shareContent: true })
    expect(await act('executive', concern, 'triage', triage)).toMatchObject({ status: 'triaged' })
    expect(await refusalOf(act('nonExecutive', concern, 'refer', words.refer))).toBe('permission_denied')
  })
})

describe('a lead who handles a concern', () => {
  test('goes on handling it when a guardian they let in escalates it to their role', async () => {
    const { id: concern } = await raise({ recipient: 'executive_lead' })
    await act('executive', concern, 'assign', { userId: id('guardian') })
    await act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'Please lead on this.', shareContent: true })
    expect(await act('executive', concern, 'acknowledge', words.acknowledge)).toMatchObject({ status: 'acknowledged' })
    expect((await concerns.viewEscalated(as('executive'), null)).items.map((item) => item.id)).not.toContain(concern)
  })
})

describe('two people at once', () => {
  test('one wins, the other is told that the concern changed and nothing of theirs is half done', async () => {
    const { id: concern, token } = await raise()
    const tries = await Promise.allSettled([
      act('guardian', concern, 'acknowledge', { message: 'From Grace.', expectedVersion: 1 }),
      act('deputy', concern, 'acknowledge', { message: 'From Daniel.', expectedVersion: 1 }),
    ])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(tries.find((each) => each.status === 'rejected')?.reason).toMatchObject({ code: 'concern_changed' })
    expect(await world.version(concern)).toBe(2)
    expect((await inbox(token)).messages).toHaveLength(1)
    expect((await entries(concern)).filter(({ kind }) => kind === 'concern_acknowledged')).toHaveLength(1)
  })

  test('the statement that changes the concern asks for its version too, whatever was read before', async () => {
    const { id: concern } = await raise()
    const late = runTransaction(world.service.database, (tx) => changeConcern(tx, concern, 7, { riskGrade: 'low' }))
    expect(await refusalOf(late)).toBe('concern_changed')
    expect(await world.version(concern)).toBe(1)
  })

  test('a page that is out of date is told so whatever else is wrong with what it sent', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'acknowledged')
    expect(await refusalOf(act('deputy', concern, 'acknowledge', { message: 'Late.', expectedVersion: 1 }))).toBe('concern_changed')
    expect(await refusalOf(act('deputy', concern, 'triage', { ...triage, conflict: 'found', expectedVersion: 1 }))).toBe('concern_changed')
    expect(await refusalOf(act('deputy', concern, 'triage', { ...triage, expectedVersion: 9 }))).toBe('concern_changed')
  })

  test('looking, and writing messages and notes, changes nothing that a colleague would have to look at first', async () => {
    const { id: concern } = await raise()
    await concerns.viewConcern(as('deputy'), concern)
    await concerns.viewContent(as('deputy'), concern)
    await concerns.sendMessage(as('deputy'), concern, { body: 'We are on it.' }, null)
    await concerns.writeNote(as('deputy'), concern, { body: 'Rang the ward.' }, null)
    expect(await act('guardian', concern, 'acknowledge', { ...words.acknowledge, expectedVersion: 1 })).toMatchObject({ version: 2 })
  })
})
