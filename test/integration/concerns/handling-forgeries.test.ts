import { afterAll, describe, expect, test } from 'vitest'
import { newId, systemRandom, type ConcernId, type ItemId } from '../../../src/kernel/index.ts'
import { createCompartmentKeys, createKeys, sealGrant, sealJson, type PrivateKeys } from '../../../src/vault/index.ts'
import { findings, refusalOf, startHandlingWorld, words } from './handling-world.ts'

// Somebody who may write every table and holds nobody's keys. The log's own guards have tests of their own.

const world = await startHandlingWorld()
const { concerns, as, act, raise, bring, id, inbox, tamper } = world
afterAll(() => world.close())

const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await world.database.asSuperuser.query<Row>(text, [...values])).rows
const partOf = async (concern: ConcernId, kind: string) =>
  (
    await sql<{ id: string; public_key: Uint8Array; epoch: number }>(
      'select id, public_key, epoch from compartment where concern_id = $1 and kind = $2',
      [concern, kind],
    )
  )[0]!

/** Puts in a staff item as its author would have sealed it, signed with whatever keys the forger has. */
async function forgeItem(
  concern: ConcernId,
  kind: string,
  compartmentKind: string,
  author: string,
  keys: PrivateKeys,
  content: unknown,
): Promise<string> {
  const part = await partOf(concern, compartmentKind)
  const itemId = newId<ItemId>(systemRandom)
  const binding = { concernId: concern, itemId, kind, compartmentId: part.id, epoch: part.epoch, version: 1, author }
  const sealed = sealJson(binding, content, part.public_key, keys)
  await tamper(
    `insert into staff_item (id, concern_id, compartment_id, kind, epoch, version, number, written_at, author_id, item_key, ciphertext, signature)
     values ($1, $2, $3, $4, $5, 1, (select coalesce(max(number), 0) + 1 from staff_item where concern_id = $2), now(), $6, $7, $8, $9)`,
    [itemId, concern, part.id, kind, part.epoch, author, sealed.itemKey, sealed.ciphertext, sealed.signature],
  )
  return itemId
}

describe('words put into somebody’s mouth', () => {
  test('a message in a guardian’s name shows to both sides as not genuine, without a word of it', async () => {
    const { id: concern, token } = await raise()
    await concerns.sendMessage(as('guardian'), concern, { body: 'Honest.' }, null)
    const forged = await forgeItem(concern, 'message', 'shared', id('guardian'), createKeys(), { body: 'Withdraw it.', after: 0 })
    for (const messages of [(await inbox(token)).messages, (await concerns.viewContent(as('guardian'), concern)).messages]) {
      expect(messages).toMatchObject([
        { body: 'Honest.', genuine: true },
        { id: forged, body: null, genuine: false, author: 'Grace Okafor' },
      ])
    }
  })

  test('a message in the reporter’s name too', async () => {
    const { id: concern, token } = await raise()
    const { id: written } = await world.write(token, 'They asked who wrote it.')
    await tamper(`update reporter_item set ciphertext = set_byte(ciphertext, 100, get_byte(ciphertext, 100) # 1) where id = $1`, [written])
    expect((await concerns.viewContent(as('guardian'), concern)).messages).toMatchObject([{ id: written, body: null, genuine: false }])
  })

  test('a note and a finding by nobody’s hand, and a record moved from another concern', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'investigating')
    await forgeItem(concern, 'note', 'internal', id('deputy'), createKeys(), { body: 'She has made this up.' })
    await forgeItem(concern, 'findings', 'investigation', id('investigator'), createKeys(), {
      findings: [],
      learning: 'None.',
      actions: [],
    })
    const { id: other } = await raise()
    await bring(other, 'triaged')
    await tamper(
      `insert into staff_item select gen_random_uuid(), $1, compartment_id, kind, epoch, version, 90, written_at, author_id, item_key, ciphertext, signature
       from staff_item where concern_id = $2 and kind = 'triage'`,
      [concern, other],
    )
    await tamper(`update staff_item set compartment_id = $2 where concern_id = $1 and number = 90`, [
      concern,
      (await partOf(concern, 'internal')).id,
    ])
    const content = await concerns.viewContent(as('guardian'), concern)
    expect(content.notes).toMatchObject([{ author: 'Daniel Reid', body: null, genuine: false }])
    expect(content.records.map(({ kind, genuine, content: said }) => [kind, genuine, said === null])).toEqual([
      ['triage', true, false],
      ['terms', true, false],
      ['findings', false, true],
      ['triage', false, true],
    ])
  })

  test('a person’s row with new keys does not let those keys speak for them', async () => {
    const { id: concern, token } = await raise()
    const keys = createKeys()
    const [before] = await sql<{ box_key: Uint8Array; sign_key: Uint8Array }>('select box_key, sign_key from person where id = $1', [
      id('guardian'),
    ])
    await tamper('update person set box_key = $2, sign_key = $3 where id = $1', [id('guardian'), keys.publicKeys.box, keys.publicKeys.sign])
    try {
      await forgeItem(concern, 'message', 'shared', id('guardian'), keys, { body: 'Withdraw it.', after: 0 })
      expect((await inbox(token)).messages).toMatchObject([{ body: null, genuine: false }])
    } finally {
      await tamper('update person set box_key = $2, sign_key = $3 where id = $1', [id('guardian'), before!.box_key, before!.sign_key])
    }
  })
})

describe('an assessment undone', () => {
  test('the first header put back in place of the assessed one is no header, and nothing more can be done on it', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged', { riskGrade: 'high' })
    await tamper(
      `update concern set second_approver_required = false, header_item_id = (select id from reporter_item where concern_id = $1 and kind = 'header') where id = $1`,
      [concern],
    )
    expect(await concerns.viewConcern(as('guardian'), concern)).toMatchObject({ title: null, elements: [] })
    expect((await concerns.viewContent(as('guardian'), concern)).genuine).toBe(false)
    expect(await refusalOf(act('guardian', concern, 'refer', words.refer))).toBe('record_not_genuine')
  })

  test('the need for a second person can not be switched off in the row', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'triaged', { elements: ['patient_safety_quality'] })
    await tamper('update concern set second_approver_required = false where id = $1', [concern])
    const attempt = act('guardian', concern, 'resolve_without_investigation', {
      reasonCode: 'facts_agreed',
      reason: 'Nobody disputes it.',
      decidedBy: id('guardian'),
      message: 'We agree.',
    })
    expect(await refusalOf(attempt)).toEqual({ invalid_input: ['/approver second_approver_required'] })
  })
})

describe('keys slipped in', () => {
  /** A grant for this person to a compartment key of the forger's own. */
  async function swapGrant(
    concern: ConcernId,
    kind: 'shared' | 'internal' | 'investigation',
    person: Parameters<typeof id>[0],
  ): Promise<void> {
    const part = await partOf(concern, kind)
    const holder = id(person)
    const binding = { concernId: concern, compartmentId: part.id, kind, epoch: part.epoch, holder }
    const sealed = sealGrant(binding, createCompartmentKeys(), as(person).keys.publicKeys.box)
    await tamper('update key_grant set sealed = $3 where compartment_id = $1 and holder = $2', [part.id, holder, sealed])
  }

  test.each(['shared', 'internal'] as const)('a grant to another %s key is refused before anything is sealed to it', async (kind) => {
    const { id: concern, token } = await raise()
    await swapGrant(concern, kind, 'guardian')
    for (const attempt of [
      () => concerns.viewConcern(as('guardian'), concern),
      () => concerns.viewContent(as('guardian'), concern),
      () => concerns.sendMessage(as('guardian'), concern, { body: 'Who are you?' }, null),
      () => concerns.writeNote(as('guardian'), concern, { body: 'A secret.' }, null),
      () => act('guardian', concern, 'acknowledge', words.acknowledge),
    ]) {
      expect(await refusalOf(attempt())).toBe('record_not_genuine')
    }
    expect((await inbox(token)).messages).toEqual([])
    expect(await act('deputy', concern, 'acknowledge', words.acknowledge)).toMatchObject({ status: 'acknowledged' })
  })

  test('the public key of the compartment changed with it: the log still knows the first one', async () => {
    const { id: concern } = await raise()
    const part = await partOf(concern, 'shared')
    const keys = createCompartmentKeys()
    const binding = { concernId: concern, compartmentId: part.id, kind: 'shared' as const, epoch: part.epoch, holder: id('guardian') }
    await tamper('update key_grant set sealed = $3 where compartment_id = $1 and holder = $2', [
      part.id,
      id('guardian'),
      sealGrant(binding, keys, as('guardian').keys.publicKeys.box),
    ])
    await tamper('update compartment set public_key = $2 where id = $1', [part.id, keys.publicKey])
    expect(await refusalOf(concerns.sendMessage(as('guardian'), concern, { body: 'Who are you?' }, null))).toBe('record_not_genuine')
    expect(await refusalOf(act('guardian', concern, 'acknowledge', words.acknowledge))).toBe('record_not_genuine')
    expect(await concerns.viewContent(as('guardian'), concern)).toMatchObject({ narrative: null, genuine: false, messages: [] })
  })

  test('an investigator’s grant to another key takes no findings', async () => {
    const { id: concern } = await raise()
    await bring(concern, 'investigating')
    await swapGrant(concern, 'investigation', 'investigator')
    expect(await refusalOf(act('investigator', concern, 'record_findings', findings()))).toBe('record_not_genuine')
    expect((await concerns.viewContent(as('investigator'), concern)).records).toMatchObject([
      { kind: 'terms', genuine: false, content: null },
    ])
  })

  test('somebody else’s grant under a new name opens nothing for them', async () => {
    const { id: concern } = await raise({ about: ['Daniel Reid'] })
    await tamper(
      `insert into key_grant select gen_random_uuid(), concern_id, compartment_id, kind, epoch, $2, sealed from key_grant where concern_id = $1 and holder = $3`,
      [concern, id('deputy'), id('guardian')],
    )
    for (const attempt of [
      () => concerns.viewConcern(as('deputy'), concern),
      () => concerns.viewContent(as('deputy'), concern),
      () => act('deputy', concern, 'acknowledge', words.acknowledge),
    ]) {
      expect(await refusalOf(attempt())).toBe('record_not_genuine')
    }
    const row = (await concerns.viewQueue(as('deputy'), { limit: 100 })).items.find((item) => item.id === concern)
    expect(row?.title ?? null).toBeNull()
  })

  test('a row slipped in among the grants is not turned into a key by the next honest step', async () => {
    const { id: concern } = await raise({ deputyMayRead: false })
    await tamper(
      `insert into key_grant select gen_random_uuid(), concern_id, compartment_id, kind, epoch, $2, sealed from key_grant where concern_id = $1 and holder = $3`,
      [concern, id('deputy'), id('guardian')],
    )
    await bring(concern, 'investigating')
    const held = await sql<{ holder: string }>(`select holder from key_grant where concern_id = $1 and kind = 'investigation'`, [concern])
    expect(held.map(({ holder }) => holder).sort()).toEqual([id('guardian'), id('investigator'), 'recovery'].sort())
  })

  test('another reporter’s keys: nothing they are said to have written is shown, and nothing is sealed to them', async () => {
    const { id: concern } = await raise({ elements: ['bullying_harassment'] })
    const keys = createKeys()
    await tamper('update reporter_key set box_key = $2, sign_key = $3 where concern_id = $1', [
      concern,
      keys.publicKeys.box,
      keys.publicKeys.sign,
    ])
    expect(await concerns.viewContent(as('guardian'), concern)).toMatchObject({ narrative: null, genuine: false, elements: [], about: [] })
    expect((await concerns.viewQueue(as('guardian'), { limit: 100 })).items.find((item) => item.id === concern)).toMatchObject({
      elements: [],
    })
    expect(await refusalOf(act('guardian', concern, 'acknowledge', words.acknowledge))).toBe('record_not_genuine')
    expect(await refusalOf(concerns.sendMessage(as('guardian'), concern, { body: 'Hello' }, null))).toBe('record_not_genuine')
  })
})
