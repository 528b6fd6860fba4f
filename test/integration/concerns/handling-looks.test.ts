import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { newId, systemRandom, type ApprovalId, type ConcernId } from '../../../src/kernel/index.ts'
import { ordinaryMorning } from '../../support/clock.ts'
import { refusalOf, startHandlingWorld, words } from './handling-world.ts'
import type { PersonName } from '../../support/app.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, entries, otp } = world
afterAll(() => world.close())

let day = 0
beforeEach(() => {
  world.clock.set(ordinaryMorning)
  world.clock.advance({ hours: 24 * (day += 1) })
})

const added = async (work: () => Promise<unknown>) => {
  const before = new Set((await entries()).map(({ text }) => text))
  await work()
  return (await entries()).filter(({ text }) => !before.has(text))
}
const confidential = { openness: 'confidential', identity: { name: 'Ama Boateng', contact: 'Home phone, after six' } }

describe('every look leaves its entry', () => {
  test('at a concern, at what was said, at the queue, at the choices, at a list of escalations', async () => {
    const { id: concern } = await raise()
    const { alias } = as('guardian').person
    const actor = { role: 'guardian', alias }
    const looks = [
      [() => concerns.viewConcern(as('guardian'), concern), { kind: 'concern_viewed', concernId: concern, actor, fields: {} }],
      [
        () => concerns.viewContent(as('guardian'), concern),
        { kind: 'content_viewed', concernId: concern, actor, fields: { compartments: ['internal', 'shared'] } },
      ],
      [() => concerns.listChoices(as('guardian'), concern), { kind: 'concern_viewed', concernId: concern, actor }],
      [() => concerns.viewQueue(as('guardian'), { limit: 25 }), { kind: 'queue_viewed', concernId: null, actor, fields: {} }],
      [() => concerns.viewEscalated(as('executive'), null), { kind: 'queue_viewed', concernId: null, actor: { role: 'executive_lead' } }],
    ] as const
    for (const [look, entry] of looks) expect(await added(look)).toMatchObject([entry])
  })

  test('an act stands for the look at what it led to', async () => {
    const { id: concern } = await raise()
    expect((await added(() => act('guardian', concern, 'acknowledge', words.acknowledge))).map(({ kind }) => kind)).toEqual([
      'concern_acknowledged',
    ])
  })

  test('where the entry can not be written, nothing is opened', async () => {
    const { id: concern } = await raise(confidential)
    const { asSuperuser } = world.database
    await asSuperuser.query(`create function full_log() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`)
    await asSuperuser.query('create trigger full_log before insert on staff_entry for each statement execute function full_log()')
    try {
      const code = otp('guardian')
      for (const look of [
        () => concerns.viewConcern(as('guardian'), concern),
        () => concerns.viewContent(as('guardian'), concern),
        () => concerns.viewQueue(as('guardian'), { limit: 25 }),
        () => concerns.viewIdentity(as('guardian'), concern, { reason: 'To ring her back.', otp: code }),
      ]) {
        await expect(look()).rejects.toThrow()
      }
    } finally {
      await asSuperuser.query('drop trigger full_log on staff_entry; drop function full_log()')
    }
    expect((await entries(concern)).map(({ kind }) => kind)).toEqual([])
  })

  test('a handler who reads clears the mark of a new message; an investigator and a lead do not', async () => {
    const { id: concern, token } = await raise()
    await bring(concern, 'investigating')
    await act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'For help.', shareContent: true })
    await world.write(token, 'One thing more.')
    const unread = async () => (await concerns.viewConcern(as('guardian'), concern)).unread
    await concerns.viewContent(as('investigator'), concern)
    await concerns.viewContent(as('executive'), concern)
    expect(await unread()).toBe(true)
    const before = await world.version(concern)
    expect((await concerns.viewContent(as('deputy'), concern)).messages.at(-1)).toMatchObject({ from: 'reporter', body: 'One thing more.' })
    expect(await unread()).toBe(false)
    expect(await world.version(concern)).toBe(before)
  })
})

describe("a confidential person's name", () => {
  test('opens for a guardian with a reason and a fresh code; the reason is sealed and the log only points at it', async () => {
    const { id: concern } = await raise(confidential)
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ mayOpenIdentity: true })
    expect((await concerns.viewContent(as('guardian'), concern)).identity).toBeNull()
    const opened = await concerns.viewIdentity(as('guardian'), concern, { reason: 'To ring her back.', otp: otp('guardian') })
    expect(opened).toEqual({ name: 'Ama Boateng', contact: 'Home phone, after six', genuine: true })
    const entry = (await entries(concern)).find(({ kind }) => kind === 'identity_viewed')!
    expect(entry.text).not.toContain('ring her')
    const { records } = await concerns.viewContent(as('deputy'), concern)
    expect(records).toMatchObject([
      { id: entry.fields['reason'], kind: 'identity_reason', author: 'Grace Okafor', content: { reason: 'To ring her back.' } },
    ])
    expect((await concerns.viewConcern(as('deputy'), concern)).history.map(({ kind }) => kind)).toContain('identity_viewed')
    expect(await world.version(concern)).toBe(1)
  })

  test('stays shut for a wrong code, a used code, a lead, an investigator, and where nobody gave one', async () => {
    const { id: concern } = await raise(confidential)
    await bring(concern, 'investigating')
    await act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'For help.', shareContent: true })
    const open = (person: PersonName, code: string, which = concern) =>
      refusalOf(concerns.viewIdentity(as(person), which, { reason: 'Curious.', otp: code }))
    const used = otp('guardian')
    await world.service.accounts.stepUp(as('guardian'), { otp: used })
    expect(await open('guardian', used)).toBe('otp_replayed')
    expect(await open('guardian', '000000')).toBe('sign_in_failed')
    expect(await open('executive', otp('executive'))).toBe('permission_denied')
    expect(await open('investigator', otp('investigator'))).toBe('permission_denied')
    const { id: anonymous } = await raise()
    expect(await open('guardian', otp('guardian'), anonymous)).toBe('permission_denied')
    const { id: nameless } = await raise({ openness: 'confidential' })
    expect(await open('guardian', otp('guardian'), nameless)).toBe('permission_denied')
    expect((await entries(concern)).filter(({ kind }) => kind === 'identity_viewed')).toEqual([])
    await concerns.viewIdentity(as('guardian'), concern, { reason: 'To ring Ama back.', otp: otp('guardian') })
    expect((await concerns.viewContent(as('executive'), concern)).records.map(({ kind }) => kind)).not.toContain('identity_reason')
    expect((await entries(concern)).filter(({ kind }) => kind === 'attempt_refused').map(({ fields }) => fields)).toEqual([
      { attempt: 'view_identity', code: 'otp_replayed' },
      { attempt: 'view_identity', code: 'permission_denied' },
      { attempt: 'view_identity', code: 'permission_denied' },
    ])
  })

  test('of somebody who raised openly needs no such door', async () => {
    const { id: concern } = await raise({ openness: 'open', identity: { name: 'Ama Boateng', contact: 'ext 4410' } })
    expect((await concerns.viewContent(as('guardian'), concern)).identity).toEqual({ name: 'Ama Boateng', contact: 'ext 4410' })
  })
})

describe('the wall around a conflict', () => {
  const everything = (person: PersonName, concern: ConcernId): (() => Promise<unknown>)[] => [
    () => concerns.viewConcern(as(person), concern),
    () => concerns.viewContent(as(person), concern),
    () => concerns.listChoices(as(person), concern),
    () => concerns.viewIdentity(as(person), concern, { reason: 'Curious.', otp: '123456' }),
    () => concerns.sendMessage(as(person), concern, { body: 'Hello' }, null),
    () => concerns.writeNote(as(person), concern, { body: 'Hello' }, null),
    () => concerns.decideApproval(as(person), concern, newId<ApprovalId>(systemRandom), { decision: 'approve', otp: '123456' }),
    () => concerns.act(as(person), concern, 'acknowledge', { expectedVersion: 1, message: 'Hello' }),
    () => concerns.act(as(person), concern, 'assign', { expectedVersion: 1, userId: id(person) }),
    () => concerns.act(as(person), concern, 'escalate', { expectedVersion: 1, to: 'external', reason: 'x', shareContent: true }),
  ]

  test('a guardian it is about finds queue, counts, lists and errors byte for byte as if it were not there', async () => {
    const nowhere = newId<ConcernId>(systemRandom)
    const seen = async (concern: ConcernId) => {
      const answers: unknown[] = [
        await concerns.viewQueue(as('deputy'), { limit: 25 }),
        await concerns.viewQueue(as('deputy'), { limit: 25, due: 'overdue' }),
        await concerns.viewQueue(as('deputy'), { limit: 25, owner: 'none' }),
        await concerns.viewQueue(as('deputy'), { limit: 25, danger: 'yes' }),
        await concerns.viewApprovals(as('deputy')),
      ]
      for (const attempt of everything('deputy', concern)) answers.push(await refusalOf(attempt()))
      return JSON.stringify(answers)
    }
    const without = await seen(nowhere)
    const { id: concern, token } = await raise({
      about: ['Daniel Reid'],
      immediateDanger: 'yes',
      openness: 'confidential',
      identity: { name: 'A.' },
    })
    expect(await seen(concern)).toBe(without)
    await bring(concern, 'investigating')
    await world.write(token, 'He asked who wrote it.')
    await act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'For help.', shareContent: true })
    expect(await seen(concern)).toBe(without)
    expect((JSON.parse(without) as unknown[]).slice(5)).toEqual(Array.from({ length: 10 }, () => 'not_found'))
  })

  test('his attempts leave the same entries for a concern that is there as for one that never was, and name neither', async () => {
    const { id: concern } = await raise({ about: ['Daniel Reid'] })
    const plain = async (which: ConcernId) =>
      (
        await added(async () => {
          for (const attempt of everything('deputy', which)) await refusalOf(attempt())
        })
      )
        .map(({ kind, actor, fields, concernId }) => ({ kind, actor, fields, concernId }))
        .toSorted((a, b) => String(a.fields['attempt']).localeCompare(String(b.fields['attempt'])))
    const there = await plain(concern)
    expect(there).toEqual(await plain(newId<ConcernId>(systemRandom)))
    expect(there).toHaveLength(10)
    expect(there).toContainEqual({
      kind: 'attempt_refused',
      actor: { role: 'guardian', alias: as('deputy').person.alias },
      fields: { attempt: 'view_concern', code: 'not_found' },
      concernId: null,
    })
    expect((await entries(concern)).map(({ kind }) => kind)).toEqual([])
  })

  test.each(['auditor', 'administrator', 'executive', 'nonExecutive', 'investigator'] as const)(
    '%s finds nothing of a concern that is none of theirs',
    async (person) => {
      const { id: concern } = await raise()
      for (const attempt of everything(person, concern)) expect(await refusalOf(attempt())).toBe('not_found')
    },
  )

  test('whoever has no part in handling has no queue, no approvals and no escalations, and the try is on record', async () => {
    const tries = await added(async () => {
      for (const person of ['auditor', 'administrator'] as const) {
        expect(await refusalOf(concerns.viewQueue(as(person), { limit: 25 }))).toBe('permission_denied')
        expect(await refusalOf(concerns.viewApprovals(as(person)))).toBe('permission_denied')
        expect(await refusalOf(concerns.viewEscalated(as(person), null))).toBe('permission_denied')
      }
      expect(await refusalOf(concerns.viewEscalated(as('guardian'), null))).toBe('permission_denied')
    })
    expect(tries.map(({ kind }) => kind)).toEqual(Array.from({ length: 7 }, () => 'attempt_refused'))
  })

  test('an investigator finds in the queue what they investigate, without its title', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'investigating')
    const { items } = await concerns.viewQueue(as('investigator'), { limit: 100 })
    expect(items.find((item) => item.id === concern)).toMatchObject({ status: 'investigating', title: null, elements: [] })
    await raise()
    expect((await concerns.viewQueue(as('investigator'), { limit: 100 })).items).toHaveLength(items.length)
  })
})
