import { afterAll, describe, expect, test } from 'vitest'
import { newId, systemRandom } from '../../../src/kernel/index.ts'
import { refusalOf, startHandlingWorld } from './handling-world.ts'

const world = await startHandlingWorld()
const { concerns, as, raise, bring, inbox, entries } = world
afterAll(() => world.close())

const key = () => newId(systemRandom) as string

describe('messages to the person who raised it', () => {
  test('arrive in the inbox, between what they wrote, in the order both sides knew', async () => {
    const { id: concern, token } = await raise()
    await world.write(token, 'First.')
    await concerns.sendMessage(as('guardian'), concern, { body: 'Second.' }, null)
    await world.write(token, 'Third.')
    await concerns.sendMessage(as('deputy'), concern, { body: 'Fourth.' }, null)
    const { messages } = await inbox(token)
    expect(messages.map(({ from, author, body }) => [from, author, body])).toEqual([
      ['reporter', null, 'First.'],
      ['staff', 'Grace Okafor', 'Second.'],
      ['reporter', null, 'Third.'],
      ['staff', 'Daniel Reid', 'Fourth.'],
    ])
    expect((await concerns.viewContent(as('guardian'), concern)).messages).toEqual(messages)
    expect(messages.every(({ sentOn }) => sentOn === '2026-11-24')).toBe(true)
  })

  test('with the same key are sent once, at once or later, and another text under it is refused', async () => {
    const { id: concern, token } = await raise()
    const secret = key()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => concerns.sendMessage(as('guardian'), concern, { body: 'Once.' }, secret)),
    )
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await concerns.sendMessage(as('guardian'), concern, { body: 'Once.' }, secret)).toEqual(answers[0])
    expect((await inbox(token)).messages).toHaveLength(1)
    expect((await entries(concern)).filter(({ kind }) => kind === 'message_sent')).toHaveLength(1)
    expect(await refusalOf(concerns.sendMessage(as('guardian'), concern, { body: 'Twice.' }, secret))).toBe('idempotency_key_reused')
    expect(await refusalOf(concerns.sendMessage(as('deputy'), concern, { body: 'Once.' }, secret))).toBe('idempotency_key_reused')
    expect(await refusalOf(concerns.writeNote(as('guardian'), concern, { body: 'Once.' }, secret))).toBe('idempotency_key_reused')
  })

  test('of two people at once both arrive', async () => {
    const { id: concern, token } = await raise()
    await Promise.all([
      concerns.sendMessage(as('guardian'), concern, { body: 'From Grace.' }, null),
      concerns.sendMessage(as('deputy'), concern, { body: 'From Daniel.' }, null),
      world.write(token, 'From me.'),
    ])
    const { messages } = await inbox(token)
    expect(messages.map(({ body }) => body).sort()).toEqual(['From Daniel.', 'From Grace.', 'From me.'])
    expect(messages.every(({ genuine }) => genuine)).toBe(true)
  })

  test('still reach somebody whose concern is resolved, and their answer puts it back into the queue', async () => {
    const { id: concern, token } = await raise()
    await bring(concern, 'resolved')
    const listed = async () => (await concerns.viewQueue(as('guardian'), { limit: 100 })).items.find((item) => item.id === concern)
    expect(await listed()).toBeUndefined()
    await concerns.sendMessage(as('guardian'), concern, { body: 'How are you now?' }, null)
    await world.write(token, 'It has started again.')
    expect(await listed()).toMatchObject({ status: 'resolved', unread: true, why: { code: 'unread_message' } })
    await concerns.viewContent(as('guardian'), concern)
    expect(await listed()).toBeUndefined()
  })
})

describe('notes for the team', () => {
  test('are read by every handler and never by the person who raised it or an investigator', async () => {
    const { id: concern, token } = await raise()
    await bring(concern, 'investigating')
    const secret = key()
    const { id: note } = await concerns.writeNote(as('guardian'), concern, { body: 'Ring the ward manager first.' }, secret)
    expect(await concerns.writeNote(as('guardian'), concern, { body: 'Ring the ward manager first.' }, secret)).toEqual({ id: note })
    expect((await concerns.viewContent(as('deputy'), concern)).notes).toEqual([
      { id: note, author: 'Grace Okafor', body: 'Ring the ward manager first.', genuine: true, writtenAt: as('guardian').now },
    ])
    expect(JSON.stringify(await inbox(token))).not.toContain('ward manager')
    expect((await concerns.viewContent(as('investigator'), concern)).notes).toEqual([])
    const { rows } = await world.database.asSuperuser.query<{ kind: string }>(
      `select g.holder from key_grant g join staff_item i on i.compartment_id = g.compartment_id where i.id = $1 and g.holder in ('reporter', $2)`,
      [note, world.id('investigator')],
    )
    expect(rows).toEqual([])
  })
})
