import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../src/audit/index.ts'
import { runTransaction } from '../../../src/database/index.ts'
import { newId, systemRandom, type ApprovalId, type ConcernId } from '../../../src/kernel/index.ts'
import { createCompartmentKeys, sealGrant } from '../../../src/vault/index.ts'
import type { PersonName } from '../../support/app.ts'
import { findings, refusalOf, startHandlingWorld, words } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, inbox, entries, tamper } = world
afterAll(() => world.close())

const declare = (person: PersonName, concern: ConcernId) => concerns.declareConflict(as(person), concern, { expectedVersion: 1 })
const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await world.database.asSuperuser.query<Row>(text, [...values])).rows
const holdersOf = async (concern: ConcernId, kind = 'internal') =>
  (
    await sql<{ holder: string }>(
      `select holder from key_grant where concern_id = $1 and kind = $2 and holder !~ '^epoch' order by holder`,
      [concern, kind],
    )
  ).map(({ holder }) => holder)
const people = (...names: PersonName[]) => names.map((name) => id(name) as string)
const queued = async (person: PersonName) => (await concerns.viewQueue(as(person), { limit: 100 })).items.map((item) => item.id)
const declared = async (concern: ConcernId) => (await entries(concern)).find(({ kind }) => kind === 'conflict_declared')

/** All that a person could try on a concern, and what each answers. */
async function everythingTried(person: PersonName, concern: ConcernId): Promise<unknown[]> {
  const tries = [
    () => concerns.viewConcern(as(person), concern),
    () => concerns.viewContent(as(person), concern),
    () => concerns.viewIdentity(as(person), concern, { reason: 'x', otp: '000000' }),
    () => concerns.listChoices(as(person), concern),
    () => act(person, concern, 'acknowledge', { ...words.acknowledge, expectedVersion: 1 }),
    () => act(person, concern, 'assign', { userId: id(person), expectedVersion: 1 }),
    () => concerns.sendMessage(as(person), concern, { body: 'x' }, null),
    () => concerns.writeNote(as(person), concern, { body: 'x' }, null),
    () => concerns.declareConflict(as(person), concern, { expectedVersion: 1 }),
    () => concerns.decideApproval(as(person), concern, newId<ApprovalId>(systemRandom), { decision: 'approve', otp: '000000' }),
  ]
  const answers: unknown[] = []
  for (const attempt of tries) answers.push(await refusalOf(attempt()))
  return answers
}
const nothing = Array.from({ length: 10 }, () => 'not_found')

describe('a guardian who declares a conflict', () => {
  test('is to the concern, from that moment, what somebody is who never knew of it', async () => {
    const { id: concern } = await raise({ openness: 'confidential', identity: { name: 'Joan Ellis' } })
    const before = (await concerns.viewQueue(as('guardian'), { limit: 100 })).counts.all.count
    await declare('guardian', concern)
    expect(await everythingTried('guardian', concern)).toEqual(nothing)
    expect(await queued('guardian')).not.toContain(concern)
    expect((await concerns.viewQueue(as('guardian'), { limit: 100 })).counts.all.count).toBe(before - 1)
    expect([await holdersOf(concern), await holdersOf(concern, 'identity')]).toEqual([
      [...people('deputy'), 'recovery'].sort(),
      [...people('deputy'), 'recovery'].sort(),
    ])
    expect(await sql('select 1 from key_grant where concern_id = $1 and holder = $2', [concern, id('guardian')])).toEqual([])
  })

  test('leaves the rest whole: who stays and the person who raised it read what was written before and after', async () => {
    const { id: concern, token } = await raise({ openness: 'confidential', identity: { name: 'Joan Ellis' } })
    await bring(concern, 'investigating')
    await concerns.writeNote(as('guardian'), concern, { body: 'Before.' }, null)
    await world.write(token, 'From me, before.')
    await act('guardian', concern, 'assign', { userId: id('guardian') })
    await declare('guardian', concern)

    expect(await concerns.viewConcern(as('deputy'), concern)).toMatchObject({
      title: 'Night staffing',
      owner: { id: id('deputy') },
      status: 'investigating',
    })
    await world.write(token, 'From me, after.')
    await concerns.sendMessage(as('deputy'), concern, { body: 'I have taken over.' }, null)
    await act('investigator', concern, 'record_findings', findings())
    const content = await concerns.viewContent(as('deputy'), concern)
    expect(content).toMatchObject({
      genuine: true,
      narrative: 'Two of us for thirty beds, every night.',
      notes: [{ body: 'Before.', genuine: true }],
    })
    const said = content.messages.map(({ body, genuine }) => [body, genuine])
    expect(said).toContainEqual(['From me, before.', true])
    expect(said).toContainEqual(['From me, after.', true])
    expect(said).toContainEqual(['I have taken over.', true])
    expect(content.records.every(({ genuine }) => genuine)).toBe(true)
    expect((await inbox(token)).messages).toEqual(content.messages)
    expect((await concerns.viewContent(as('investigator'), concern)).records.map(({ kind, genuine }) => [kind, genuine])).toEqual([
      ['terms', true],
      ['findings', true],
    ])
    const otp = world.otp('deputy')
    expect(await concerns.viewIdentity(as('deputy'), concern, { reason: 'To phone.', otp })).toMatchObject({
      name: 'Joan Ellis',
      genuine: true,
    })
  })

  test('is named in the record, with who owns it now, and every look she took stays there', async () => {
    const { id: concern } = await raise()
    await concerns.viewContent(as('guardian'), concern)
    await declare('guardian', concern)
    expect((await declared(concern))?.fields).toMatchObject({
      action: 'declare_conflict',
      from: 'raised',
      to: 'raised',
      person: as('guardian').person.alias,
      owner: null,
    })
    const looks = (await entries(concern)).filter(
      ({ kind, actor }) => kind === 'content_viewed' && actor.alias === as('guardian').person.alias,
    )
    expect(looks).toHaveLength(1)
  })

  test('reads nothing written afterwards, though she kept a copy of every row she could once open', async () => {
    const { id: concern, token } = await raise()
    const kept = await sql<Record<string, unknown>>('select * from key_grant where concern_id = $1 and holder = $2', [
      concern,
      id('guardian'),
    ])
    await declare('guardian', concern)
    await world.write(token, 'Only for those who are still here.')
    // With a friend who may write to the database she puts her rows back.
    for (const row of kept) {
      await tamper(
        'insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed) values ($1, $2, $3, $4, $5, $6, $7)',
        ['id', 'concern_id', 'compartment_id', 'kind', 'epoch', 'holder', 'sealed'].map((column) => row[column]),
      )
    }
    expect(await refusalOf(concerns.viewContent(as('guardian'), concern))).toBe('record_not_genuine')
    // And her old rows under the number of the new epoch open nothing either.
    await tamper('update key_grant set epoch = 2 where concern_id = $1 and holder = $2', [concern, id('guardian')])
    expect(await refusalOf(concerns.viewContent(as('guardian'), concern))).toBe('record_not_genuine')
    expect((await concerns.viewContent(as('deputy'), concern)).messages).toMatchObject([{ genuine: true }])
  })

  test('is never let in again: not as owner, lead, approver or investigator, nor by a later step', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'acknowledged')
    await declare('guardian', concern)
    expect(await refusalOf(act('deputy', concern, 'assign', { userId: id('guardian') }))).toEqual({
      conflict_of_interest: ['/userId conflict_of_interest'],
    })
    const { categories: _categories, ...choices } = await concerns.listChoices(as('deputy'), concern)
    for (const list of Object.values(choices)) expect(list.map((each: { id: string }) => each.id)).not.toContain(id('guardian'))
    await act('deputy', concern, 'triage', { ...words.triage, elements: ['patient_safety_quality'] })
    const decision = { reasonCode: 'other' as const, reason: 'x', decidedBy: id('guardian'), approver: id('executive'), message: 'x' }
    expect(await refusalOf(act('deputy', concern, 'resolve_without_investigation', decision))).toEqual({
      conflict_of_interest: ['/decidedBy conflict_of_interest'],
    })
    await act('deputy', concern, 'resolve_without_investigation', { ...decision, decidedBy: id('deputy') })
    expect(await sql('select 1 from key_grant where concern_id = $1 and holder = $2', [concern, id('guardian')])).toEqual([])
  })

  test('ends her access whatever a colleague has done since she opened the page', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged')
    expect(await refusalOf(declare('guardian', concern))).toEqual({ accepted: undefined })
  })

  test('lapses a request that waits: its message lies under the old key, and it can be made again', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged', { riskGrade: 'high' })
    const decision = (decidedBy: PersonName) => ({
      reasonCode: 'can_be_put_right_now' as const,
      reason: 'The repair is ordered.',
      decidedBy: id(decidedBy),
      approver: id('executive'),
      message: 'It is being repaired.',
    })
    const asked = await act('guardian', concern, 'resolve_without_investigation', decision('guardian'))
    await declare('guardian', concern)
    const otp = world.otp('executive')
    expect(
      await refusalOf(concerns.decideApproval(as('executive'), concern, asked.pendingApproval!.id, { decision: 'approve', otp })),
    ).toBe('approval_not_pending')
    const again = await act('deputy', concern, 'resolve_without_investigation', decision('deputy'))
    const fresh = world.otp('executive')
    await concerns.decideApproval(as('executive'), concern, again.pendingApproval!.id, { decision: 'approve', otp: fresh })
    expect((await concerns.viewContent(as('deputy'), concern)).messages.at(-1)).toMatchObject({
      body: 'It is being repaired.',
      genuine: true,
    })
  })
})

describe('when nobody else holds the keys', () => {
  test('the concern goes to the non-executive lead, who handles it and can hand it on', async () => {
    const { id: concern, token } = await raise({ deputyMayRead: false })
    await act('guardian', concern, 'escalate', { to: 'non_executive_lead', reason: 'So that they know.', shareContent: false })
    expect((await inbox(token)).readers).toMatchObject([{ name: 'Grace Okafor' }])
    await declare('guardian', concern)
    expect(await holdersOf(concern)).toEqual([...people('nonExecutive'), 'recovery'].sort())
    // Its reporter sees who can open it now
    expect((await inbox(token)).readers).toEqual([{ name: 'Owen Price', role: 'non_executive_lead', deputy: false }])
    expect(await queued('nonExecutive')).toContain(concern)
    const view = await act('nonExecutive', concern, 'acknowledge', words.acknowledge)
    expect(view).toMatchObject({ status: 'acknowledged', assignees: [{ id: id('nonExecutive'), relation: 'handler' }] })
    expect((await inbox(token)).messages).toMatchObject([{ author: 'Owen Price', genuine: true }])
    expect(await refusalOf(declare('nonExecutive', concern))).toEqual({ accepted: undefined })
    // The next in line
    expect(await holdersOf(concern)).toEqual([...people('executive'), 'recovery'].sort())
    expect((await inbox(token)).readers).toMatchObject([{ name: 'Helen Marsh' }])
    expect(await concerns.viewContent(as('executive'), concern)).toMatchObject({
      genuine: true,
      narrative: 'Two of us for thirty beds, every night.',
      messages: [{ genuine: true }],
    })
  })

  test('and nobody free is left, its reporter is told in the inbox, and can still write to whoever is found', async () => {
    const { id: concern, token } = await raise({ about: ['the executive lead', 'the non-executive lead'], deputyMayRead: false })
    expect(await inbox(token)).toMatchObject({ nobodyLeft: false, readers: [{ name: 'Grace Okafor' }] })
    await declare('guardian', concern)
    expect(await holdersOf(concern)).toEqual(['recovery'])
    expect(await inbox(token)).toMatchObject({ nobodyLeft: true, readers: [], narrative: 'Two of us for thirty beds, every night.' })
    await world.write(token, 'Is anybody there?')
    expect((await inbox(token)).messages).toMatchObject([{ body: 'Is anybody there?', genuine: true }])
    for (const person of ['guardian', 'deputy', 'executive', 'nonExecutive'] as const) {
      expect(await refusalOf(concerns.viewConcern(as(person), concern))).toBe('not_found')
    }
  })
})

describe('others with a conflict', () => {
  test('an investigator leaves; what a guardian finds afterwards does not lie under the key they had', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'investigating')
    await declare('investigator', concern)
    expect(await everythingTried('investigator', concern)).toEqual(nothing)
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({
      assignees: [{ relation: 'handler' }, { relation: 'handler' }],
    })
    await act('guardian', concern, 'record_findings', findings())
    const kinds = await sql<{ kind: string }>(
      `select c.kind from staff_item i join compartment c on c.id = i.compartment_id where i.concern_id = $1 and i.kind = 'findings'`,
      [concern],
    )
    expect(kinds).toEqual([{ kind: 'internal' }])
  })

  test('a lead it was escalated to leaves, with content or without, and it leaves their list', async () => {
    for (const shareContent of [true, false]) {
      const { id: concern } = await raise()
      await act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'It needs a decision.', shareContent })
      await declare('executive', concern)
      expect(await everythingTried('executive', concern)).toEqual(nothing)
      expect((await concerns.viewEscalated(as('executive'), null)).items.map((item) => item.id)).not.toContain(concern)
      expect(await refusalOf(act('guardian', concern, 'escalate', { to: 'executive_lead', reason: 'Again.', shareContent }))).toEqual({
        conflict_of_interest: ['/to conflict_of_interest'],
      })
      expect(await concerns.viewContent(as('guardian'), concern)).toMatchObject({ genuine: true })
    }
  })

  test('somebody asked to approve leaves, and another can be asked', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged', { riskGrade: 'high' })
    const decision = {
      reasonCode: 'can_be_put_right_now' as const,
      reason: 'The repair is ordered.',
      decidedBy: id('guardian'),
      message: 'It is being repaired.',
    }
    await act('guardian', concern, 'resolve_without_investigation', { ...decision, approver: id('executive') })
    await declare('executive', concern)
    expect((await concerns.viewApprovals(as('executive'))).map(({ concernId }) => concernId)).not.toContain(concern)
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ pendingApproval: null })
    await act('guardian', concern, 'resolve_without_investigation', { ...decision, approver: id('nonExecutive') })
  })

  test('somebody it does not concern is told there is none', async () => {
    const { id: concern } = await raise()
    for (const person of ['executive', 'auditor', 'administrator'] as const)
      expect(await refusalOf(declare(person, concern))).toBe('not_found')
    expect(await declared(concern)).toBeUndefined()
  })
})

describe('somebody who may write every table', () => {
  test('cannot put a key of their own in place of the new one: the entry vouches for another', async () => {
    const { id: concern, token } = await raise()
    await declare('guardian', concern)
    const part = (await sql<{ id: string }>(`select id from compartment where concern_id = $1 and kind = 'shared'`, [concern]))[0]!
    const keys = createCompartmentKeys()
    const boxKey = (
      await sql<{ box_key: Uint8Array<ArrayBuffer> }>('select box_key from reporter_key where concern_id = $1', [concern])
    )[0]!.box_key
    const binding = { concernId: concern, compartmentId: part.id, kind: 'shared', epoch: 2, holder: 'reporter' } as const
    await tamper(`update key_grant set sealed = $2 where concern_id = $1 and kind = 'shared' and holder = 'reporter'`, [
      concern,
      sealGrant(binding, keys, new Uint8Array(boxKey)),
    ])
    expect(await refusalOf(inbox(token))).toBe('record_not_genuine')
    expect(await refusalOf(world.write(token, 'Who reads this?'))).toBe('record_not_genuine')
  })

  test('cannot write an entry of a renewal that never was: only who held the old key could have sealed it to the new', async () => {
    const { id: concern, token } = await raise()
    const parts = await sql<{ id: string; kind: 'shared' | 'internal' }>('select id, kind from compartment where concern_id = $1', [
      concern,
    ])
    const keys = createCompartmentKeys()
    const renewed = parts.map((part) => `${part.id} 2 ${Buffer.from(keys.publicKey).toString('hex')}`).sort()
    await forgeEntry(concern, { action: 'declare_conflict', from: 'raised', to: 'raised', person: null, owner: null, parts: renewed })
    const boxKey = (await sql<{ box_key: Uint8Array }>('select box_key from reporter_key where concern_id = $1', [concern]))[0]!.box_key
    for (const part of parts.filter(({ kind }) => kind === 'shared')) {
      const binding = { concernId: concern, compartmentId: part.id, kind: part.kind, epoch: 2, holder: 'reporter' }
      await tamper(`update key_grant set epoch = 2, sealed = $3 where compartment_id = $1 and holder = $2`, [
        part.id,
        'reporter',
        sealGrant(binding, keys, new Uint8Array(boxKey)),
      ])
      // The old key is not theirs to seal: some other goes in its place.
      const earlier = { concernId: concern, compartmentId: part.id, kind: part.kind, epoch: 1, holder: 'epoch 2' }
      await tamper(
        `insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed) values (gen_random_uuid(), $1, $2, $3, 1, 'epoch 2', $4)`,
        [concern, part.id, part.kind, sealGrant(earlier, createCompartmentKeys(), keys.publicKey)],
      )
    }
    expect(await refusalOf(inbox(token))).toBe('record_not_genuine')
    expect(await refusalOf(world.write(token, 'Who reads this?'))).toBe('record_not_genuine')
  })

  test('and slipped in a grant for somebody gets no key for them out of the renewal', async () => {
    const { id: concern } = await raise({ about: ['Helen Marsh'] })
    await tamper(
      `insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed)
       select gen_random_uuid(), concern_id, compartment_id, kind, epoch, $2, sealed from key_grant where concern_id = $1 and holder = 'recovery'`,
      [concern, id('nonExecutive')],
    )
    await declare('guardian', concern)
    expect(await holdersOf(concern)).toEqual([...people('deputy'), 'recovery'].sort())
  })

  test('cannot take anybody’s access away without the entry that says why', async () => {
    const { id: concern } = await raise()
    const take = runTransaction(world.database.database, (tx) => tx.keyGrant.deleteMany({ where: { concernId: concern } }))
    await expect(take).rejects.toThrow(/without an entry/)
    expect(await holdersOf(concern)).toHaveLength(3)
  })
})

/** An entry as somebody would write it who knows how entries are linked, and holds nobody's keys. */
async function forgeEntry(concern: ConcernId, fields: object): Promise<void> {
  const row = (
    await sql<{ log_alias: string; staff_log_count: number }>('select log_alias, staff_log_count from concern where id = $1', [concern])
  )[0]!
  const at = world.clock.now().toString({ smallestUnit: 'second' })
  const number = row.staff_log_count + 1
  const text = canonicalJson({
    actor: { role: 'guardian', alias: as('guardian').person.alias },
    at,
    concern: row.log_alias,
    fields: fields as never,
    kind: 'conflict_declared',
    number,
    previous: null,
  })
  const hash = createHash('sha256')
    .update(Buffer.concat([Buffer.from([0]), Buffer.from(text)]))
    .digest()
  await tamper('update concern set staff_log_count = $2, staff_log_head = $3 where id = $1', [concern, number, hash])
  await tamper(
    `insert into staff_entry (id, concern_id, number, kind, actor_id, happened_at, text, hash) values ($1, $2, $3, 'conflict_declared', $4, $5, $6, $7)`,
    [newId(systemRandom), concern, number, id('guardian'), at, text, hash],
  )
}
