import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { raiseInput } from '../../../src/concerns/index.ts'
import { newId, systemRandom, type Refusal } from '../../../src/kernel/index.ts'
import { createCompartmentKeys, sealGrant } from '../../../src/vault/index.ts'
import { people, startTestApp, type TestApp } from '../../support/app.ts'
import { ordinaryMorning } from '../../support/clock.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(() => test.clock.set(ordinaryMorning))

const visitor = () => ({ requestId: 'test', now: test.clock.now() })
const said = (over: object = {}) => raiseInput.parse({ narrative: 'The drug fridge has been warm since Sunday.', ...over })
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error as Refusal).code,
  )
const count = async (table: string) =>
  Number((await test.database.asSuperuser.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]!.n)

describe('raising a concern', () => {
  it('answers with a code, the day it was raised, the day we answer by and who will read it', async () => {
    const answer = await test.service.concerns.raise(visitor(), said(), null)
    expect(answer).toMatchObject({ stage: 'raised', raisedOn: '2026-11-24', acknowledgeBy: '2026-11-26' })
    expect(answer.token).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
    expect(answer.readers.map(({ name }) => name)).toEqual(['Grace Okafor', 'Daniel Reid'])
  })

  it('opens again by that code, with every word as it was sent', async () => {
    const { concerns } = test.service
    const narrative = 'Ligne une\nline two <b>"quoted"</b> שלום 👩‍⚕️'
    const { token } = await concerns.raise(visitor(), said({ narrative }), null)
    const inbox = await concerns.readInbox(await concerns.openByToken(visitor(), token.toLowerCase().replaceAll(/(.{4})/g, '$1-')))
    expect(inbox).toMatchObject({
      stage: 'raised',
      status: 'raised',
      narrative,
      messages: [],
      allowedActions: ['write', 'say_more', 'withdraw', 'give_feedback', 'report_detriment', 'replace_token'],
    })
    expect(inbox.clocks[0]).toMatchObject({ code: 'T1', dueOn: '2026-11-26', state: 'running', force: 'LOCAL' })
  })

  it('counts from the London day, in summer time and over a bank holiday', async () => {
    test.clock.set('2026-12-24T10:00:00Z')
    expect((await test.service.concerns.raise(visitor(), said(), null)).acknowledgeBy).toBe('2026-12-30')
    test.clock.set('2026-10-24T23:30:00Z')
    expect(await test.service.concerns.raise(visitor(), said(), null)).toMatchObject({
      raisedOn: '2026-10-25',
      acknowledgeBy: '2026-10-27',
    })
  })

  it('gives the same answer to the same key and body, code included, and raises it once', async () => {
    const key = newId(systemRandom)
    const before = await count('concern')
    const answers = await Promise.all(Array.from({ length: 6 }, () => test.service.concerns.raise(visitor(), said(), key)))
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
    test.clock.advance({ hours: 20 })
    expect(await test.service.concerns.raise(visitor(), said(), key)).toEqual(answers[0])
    expect(await count('concern')).toBe(before + 1)
  })

  it('is a new concern under a key whose answer is past its time, though the night has not swept it away', async () => {
    const key = newId(systemRandom)
    const first = await test.service.concerns.raise(visitor(), said(), key)
    test.clock.advance({ hours: 48 })
    const second = await test.service.concerns.raise(visitor(), said(), key)
    expect(second.token).not.toBe(first.token)
    expect(await test.service.concerns.raise(visitor(), said(), key)).toEqual(second)
  })

  it('refuses the same key with another body', async () => {
    const key = newId(systemRandom)
    await test.service.concerns.raise(visitor(), said(), key)
    expect(await codeOf(test.service.concerns.raise(visitor(), said({ narrative: 'Another story.' }), key))).toBe('idempotency_key_reused')
  })

  it('gives no key, and so no sign of it, to a guardian it is about', async () => {
    const { concerns, accounts } = test.service
    const answer = await concerns.raise(visitor(), said({ about: ['Daniel Reid'] }), null)
    expect(answer.readers.map(({ name }) => name)).toEqual(['Grace Okafor'])
    const { concernId } = await concerns.openByToken(visitor(), answer.token)
    const { rows } = await test.database.asSuperuser.query<{ holder: string }>(
      'select distinct holder from key_grant where concern_id = $1',
      [concernId],
    )
    const grace = (await accounts.directory.current()).people.find(({ name }) => name === 'Grace Okafor')!
    expect(rows.map(({ holder }) => holder).sort()).toEqual([grace.id, 'duty', 'recovery', 'reporter'].sort())
  })

  it('says plainly when nobody is left to read it, and keeps nothing', async () => {
    const before = await count('concern')
    expect(
      await codeOf(test.service.concerns.raise(visitor(), said({ about: ['guardian', 'executive lead', 'non-executive lead'] }), null)),
    ).toBe('no_reader_left')
    expect(await count('concern')).toBe(before)
  })

  it('closes intake when somebody puts another key into the list of recipients, but not to who was answered before', async () => {
    const { asSuperuser } = test.database
    const key = newId(systemRandom)
    const answer = await test.service.concerns.raise(visitor(), said(), key)
    const { rows } = await asSuperuser.query<{ body: string }>('select body from recipient_set')
    await asSuperuser.query(
      `begin; set local session_replication_role = replica; update recipient_set set body = replace(body, 'Grace Okafor', 'Grace Okafor '); commit`,
    )
    expect(await codeOf(test.service.concerns.raise(visitor(), said(), null))).toBe('intake_closed')
    expect(await test.service.concerns.raise(visitor(), said(), key)).toEqual(answer)
    await asSuperuser.query('begin; set local session_replication_role = replica')
    await asSuperuser.query('update recipient_set set body = $1', [rows[0]!.body])
    await asSuperuser.query('commit')
    expect(await codeOf(test.service.concerns.raise(visitor(), said(), null))).toBe('accepted')
  })
})

describe('the inbox', () => {
  it('takes a message once however often it is sent, and shows it to nobody but those who hold the keys', async () => {
    const { concerns } = test.service
    const { token } = await concerns.raise(visitor(), said(), null)
    const reporter = await concerns.openByToken(visitor(), token)
    const key = newId(systemRandom)
    const [first, second] = [
      await concerns.writeFromInbox(reporter, { body: 'It got worse.' }, key),
      await concerns.writeFromInbox(reporter, { body: 'It got worse.' }, key),
    ]
    expect(second).toEqual(first)
    expect((await concerns.readInbox(reporter)).messages).toMatchObject([
      { from: 'reporter', body: 'It got worse.', genuine: true, sentOn: '2026-11-24' },
    ])
  })

  it.each([
    ['a wrong symbol', (token: string) => `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`, 'token_mistyped'],
    ['too short', (token: string) => token.slice(0, 20), 'token_mistyped'],
    ['nothing', () => '', 'token_mistyped'],
  ])('tells a typing error at once: %s', async (_what, spoil, code) => {
    const { token } = await test.service.concerns.raise(visitor(), said(), null)
    expect(await codeOf(test.service.concerns.openByToken(visitor(), spoil(token)))).toBe(code)
  })

  it('closes when its time is over, and says so', async () => {
    const { concerns } = test.service
    const { token } = await concerns.raise(visitor(), said(), null)
    const { key } = await concerns.inboxSessions.open(visitor(), token, 15)
    expect((await concerns.inboxSessions.resume(visitor(), key)).concernId).toBeTruthy()
    test.clock.advance({ minutes: 16 })
    expect(await codeOf(concerns.inboxSessions.resume(visitor(), key))).toBe('inbox_closed')
  })

  it('shows a message that was put in behind our backs as not genuine', async () => {
    const { concerns } = test.service
    const { token } = await concerns.raise(visitor(), said(), null)
    const reporter = await concerns.openByToken(visitor(), token)
    const { id } = await concerns.writeFromInbox(reporter, { body: 'Mine.' }, null)
    const { asSuperuser } = test.database
    await asSuperuser.query('begin; set local session_replication_role = replica')
    await asSuperuser.query(
      'update reporter_item set ciphertext = set_byte(ciphertext, 100, get_byte(ciphertext, 100) # 1) where id = $1',
      [id],
    )
    await asSuperuser.query('commit')
    expect((await concerns.readInbox(reporter)).messages).toMatchObject([{ genuine: false, body: null }])
  })
})

describe('somebody who can write to the database', () => {
  const asSuperuser = async (sql: string, values: unknown[]) => {
    const client = test.database.asSuperuser
    await client.query('begin; set local session_replication_role = replica')
    const { rowCount } = await client.query(sql, values)
    await client.query('commit')
    expect(rowCount).toBe(1)
  }

  it('cannot slip the reporter a key of their own to seal the next message with', async () => {
    const { concerns } = test.service
    const { token } = await concerns.raise(visitor(), said(), null)
    const reporter = await concerns.openByToken(visitor(), token)
    const { rows } = await test.database.asSuperuser.query<{ id: string; compartment_id: string; epoch: number }>(
      `select id, compartment_id, epoch from key_grant where concern_id = $1 and holder = 'reporter'`,
      [reporter.concernId],
    )
    const [grant] = rows
    const binding = {
      concernId: reporter.concernId,
      compartmentId: grant!.compartment_id,
      kind: 'shared',
      epoch: grant!.epoch,
      holder: 'reporter',
    } as const
    const sealed = sealGrant(binding, createCompartmentKeys(), reporter.keys.publicKeys.box)
    await asSuperuser('update key_grant set sealed = $1 where id = $2', [sealed, grant!.id])
    expect(await codeOf(concerns.writeFromInbox(reporter, { body: 'For the guardian only.' }, null))).toBe('record_not_genuine')
    expect(await codeOf(concerns.readInbox(reporter))).toBe('record_not_genuine')
  })

  it('cannot take a message away without a mark in its place', async () => {
    const { concerns } = test.service
    const { token } = await concerns.raise(visitor(), said(), null)
    const reporter = await concerns.openByToken(visitor(), token)
    const { id } = await concerns.writeFromInbox(reporter, { body: 'He said it again.' }, null)
    await asSuperuser('delete from reporter_item where id = $1', [id])
    expect((await concerns.readInbox(reporter)).messages).toMatchObject([{ id, from: 'reporter', body: null, genuine: false }])
  })

  it('gives nobody a right by changing their roles', async () => {
    const token = await test.signIn('administrator')
    await asSuperuser(`update person set roles = '{guardian}' where email = $1`, [people.administrator])
    expect(await codeOf(test.service.accounts.openSession(token, 'test'))).toBe('record_not_genuine')
    await asSuperuser(`update person set roles = '{administrator}' where email = $1`, [people.administrator])
  })
})

describe('a draft', () => {
  it('keeps answers for 19 idle hours and is gone after 20', async () => {
    const { drafts } = test.service.concerns
    const { key } = await drafts.begin(visitor())
    await drafts.save(visitor(), key, { narrative: 'Half a story' })
    test.clock.advance({ hours: 19 })
    expect(await drafts.open(visitor(), key)).toEqual({ kind: 'draft', answers: { narrative: 'Half a story' } })
    test.clock.advance({ hours: 1, minutes: 1 })
    expect(await drafts.open(visitor(), key)).toBeNull()
    expect(await codeOf(drafts.save(visitor(), key, {}))).toBe('draft_gone')
  })

  it('becomes one concern however often Send is pressed, and shows the code again until it is put away', async () => {
    const { drafts } = test.service.concerns
    const { key } = await drafts.begin(visitor())
    await drafts.save(visitor(), key, { narrative: 'A whole story', openness: 'anonymous' })
    const before = await count('concern')
    const sent = await Promise.all([drafts.send(visitor(), key), drafts.send(visitor(), key), drafts.send(visitor(), key)])
    expect(new Set(sent.map(({ token }) => token)).size).toBe(1)
    expect(await count('concern')).toBe(before + 1)
    expect(await drafts.open(visitor(), key)).toEqual({ kind: 'sent', answer: sent[0] })
    await drafts.forget(key)
    expect(await drafts.open(visitor(), key)).toBeNull()
  })

  it('opens with no other key', async () => {
    const { drafts } = test.service.concerns
    const { key } = await drafts.begin(visitor())
    expect(await drafts.open(visitor(), `${key}A`)).toBeNull()
    expect(await drafts.open(visitor(), '')).toBeNull()
  })
})
