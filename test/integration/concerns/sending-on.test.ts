import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReporterContext } from '../../../src/concerns/index.ts'
import { detrimentInput, sendOnInput } from '../../../src/concerns/index.ts'
import { addDays, londonDate, type ConcernId } from '../../../src/kernel/index.ts'
import type { PersonName } from '../../support/app.ts'
import { refusalOf, startHandlingWorld, words, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await world.close()
})

const visitor = () => ({ requestId: 'test', now: world.clock.now() })
const back = (token: string): Promise<ReporterContext> => world.concerns.openByToken(visitor(), token)
const later = (days: number) => world.clock.advance({ hours: 24 * days })
const send = async (token: string, said: object = {}, secret: string | null = null) =>
  world.concerns.sendOn(await back(token), sendOnInput.parse({ reason: 'late', ...said }), secret)
const mayOpen = async (person: PersonName, id: ConcernId) =>
  (await world.concerns.viewEscalated(world.as(person), null)).items.filter((item) => item.id === id).map((item) => item.mayOpen)
const rowsOf = async (sql: string, values: readonly unknown[]) =>
  (await world.database.asSuperuser.query(sql, [...values])).rows as object[]
const sentEntries = async (id: ConcernId) =>
  (await rowsOf(`select text from reporter_entry where concern_id = $1 and kind = 'concern_sent_on' order by number`, [id])).map(
    (row) => JSON.parse((row as { text: string }).text) as { at?: string; on?: string; fields: Record<string, unknown> },
  )
const untouched = async (id: ConcernId) => {
  expect(await sentEntries(id)).toEqual([])
  expect(await rowsOf('select 1 from sent_on where concern_id = $1', [id])).toEqual([])
}

describe('a promise that is moved again and again', () => {
  test('can be sent on once its first date has passed, though no date was ever missed', async () => {
    const { id, token } = await world.raise()
    await world.bring(id, 'investigating')
    await world.act('guardian', id, 'record_first_contact', { parts: ['thanked', 'understood', 'consent', 'wellbeing'] })
    const extend = (clock: string, days: number) =>
      world.act('guardian', id, 'extend_clock', {
        ...{ clock, until: addDays(londonDate(world.clock.now()), days), reasonCode: 'people_unavailable', reason: 'They are away.' },
      } as never)
    await extend('T6', 300)
    await extend('T7', 300)
    expect((await world.inbox(token)).sendOn).toBeNull()
    expect(await refusalOf(send(token, { reason: 'moved' }))).toBe('too_early')
    later(120)
    const { sendOn } = await world.inbox(token)
    expect(sendOn).toMatchObject({ reasons: ['moved'], to: { role: 'executive_lead' } })
    await send(token, { reason: 'moved' })
    expect((await sentEntries(id))[0]!.fields).toMatchObject({ reason: 'moved' })
    expect((await world.inbox(token)).messages.at(-1)!.body).toContain('I do not agree with the later date')
  })
})

describe('a concern whose first answer is late', () => {
  test('can be sent on to the executive lead, who reads what was said and the messages, and nothing of the handlers', async () => {
    const { id, token } = await world.raise({ narrative: 'The alarm is off at night.' })
    await world.write(token, 'It is off again.')
    expect((await world.inbox(token)).sendOn).toBeNull()
    expect(await refusalOf(world.concerns.viewConcern(world.as('executive'), id))).toBe('not_found')
    later(7)
    const { sendOn, allowedActions } = await world.inbox(token)
    expect(sendOn).toMatchObject({ reasons: ['late'], to: { role: 'executive_lead', id: world.id('executive') } })
    expect(allowedActions).toContain('send_on')
    expect(await send(token, { comment: 'Nobody answers me.', to: sendOn!.to!.id })).toMatchObject({ to: { role: 'executive_lead' } })

    expect(await mayOpen('executive', id)).toEqual([true])
    const content = await world.concerns.viewContent(world.as('executive'), id)
    expect([content.narrative, content.genuine, content.notes]).toEqual(['The alarm is off at night.', true, []])
    expect(
      content.messages.map(({ body, genuine }) => [genuine, body?.includes('It is off again.') || body?.includes('Nobody answers me.')]),
    ).toEqual([
      [true, true],
      [true, true],
    ])
    const view = await world.concerns.viewConcern(world.as('executive'), id)
    expect([view.threadAlone, view.mayWriteMessages, view.mayOpenIdentity, view.title]).toEqual([true, false, false, null])
    expect(await refusalOf(world.concerns.viewDetriment(world.as('executive'), id))).toBe('permission_denied')
    expect(view.allowedActions).toEqual(['declare_conflict'])
    const escalate = { to: 'non_executive_lead', reason: 'It is late.', shareContent: true } as const
    expect(await refusalOf(world.act('executive', id, 'escalate', escalate))).toBe('permission_denied')
    expect(await rowsOf(`select kind from key_grant where concern_id = $1 and holder = $2`, [id, world.id('executive')])).toEqual([
      { kind: 'shared' },
    ])
  })

  test('stops no clock, tells the handlers and the person, and carries a date and no time', async () => {
    const { id, token } = await world.raise()
    later(7)
    const before = (await world.inbox(token)).clocks
    await send(token)
    const inbox = await world.inbox(token)
    expect(inbox.clocks).toEqual(before)
    expect(inbox.clocks[0]).toMatchObject({ code: 'T1', state: 'overdue' })
    expect(inbox.sentOn).toHaveLength(1)
    expect(inbox.readers.map(({ role }) => role)).toContain('executive_lead')
    const [entry] = await sentEntries(id)
    expect(entry!.fields).toEqual({
      person: world.as('executive').person.alias,
      target: 'executive_lead',
      compartments: ['shared'],
      reason: 'late',
      item: entry!.fields['item'],
    })
    expect(JSON.stringify(entry)).not.toMatch(/T\d\d:\d\d/)
    const thread = (await world.concerns.viewContent(world.as('guardian'), id)).messages
    expect(thread.at(-1)).toMatchObject({ id: entry!.fields['item'], genuine: true, from: 'reporter' })
    const { history } = await world.concerns.viewConcern(world.as('guardian'), id)
    expect(history.map(({ kind }) => kind)).toContain('concern_sent_on')
    const [item] = (await world.concerns.viewEscalated(world.as('executive'), null)).items.filter((each) => each.id === id)
    expect(item!.escalatedAt.toZonedDateTimeISO('Europe/London').toPlainTime().toString()).toBe('00:00:00')
  })

  test('goes to the non-executive lead next, once each, and then nobody is left', async () => {
    const { id, token } = await world.raise()
    later(7)
    expect((await send(token)).to.role).toBe('executive_lead')
    expect((await send(token)).to.role).toBe('non_executive_lead')
    expect((await world.inbox(token)).sendOn).toEqual({ reasons: ['late'], to: null })
    expect(await refusalOf(send(token))).toBe('no_reader_left')
    expect(await sentEntries(id)).toHaveLength(2)
    expect([await mayOpen('executive', id), await mayOpen('nonExecutive', id)]).toEqual([[true], [true]])
  })

  test('can still be sent on once the answer has come: a promise that was broken stays broken', async () => {
    const { id, token } = await world.raise()
    later(7)
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
    expect((await world.inbox(token)).sendOn?.reasons).toEqual(['late'])
    await send(token)
    expect(await mayOpen('executive', id)).toEqual([true])
  })
})

describe('sending on is refused', () => {
  test('before any promise is broken, with nothing written', async () => {
    const { id, token } = await world.raise()
    expect(await refusalOf(send(token))).toBe('too_early')
    expect(await refusalOf(send(token, { reason: 'pause' }))).toBe('too_early')
    later(7)
    expect(await refusalOf(send(token, { reason: 'pause' }))).toBe('too_early')
    await untouched(id)
  })

  test('where somebody else would get it than the person was shown', async () => {
    const { id, token } = await world.raise()
    later(7)
    expect(await refusalOf(send(token, { to: world.id('nonExecutive') }))).toEqual({ invalid_input: ['/to not_next'] })
    expect(await refusalOf(send(token, { to: world.id('guardian') }))).toEqual({ invalid_input: ['/to not_next'] })
    await untouched(id)
  })

  test('with a code that is not known', async () => {
    expect(await refusalOf(send('0'.repeat(28)))).toBe('token_not_recognised')
  })

  test('twice from one press', async () => {
    const { id, token } = await world.raise()
    later(7)
    const secret = 'a secret that nobody else has s'
    const [one, two] = await Promise.all([1, 2].map(() => send(token, {}, secret)))
    expect(one).toEqual(two)
    expect(await send(token, {}, secret)).toEqual(one)
    expect(await sentEntries(id)).toHaveLength(1)
    expect(await refusalOf(send(token, { comment: 'Other words' }, secret))).toBe('idempotency_key_reused')
  })
})

describe('whom it is about', () => {
  const aboutExecutive = { about: ['executive director'] }

  test('is passed over, and learns nothing of it', async () => {
    const { id, token } = await world.raise(aboutExecutive)
    later(7)
    expect((await world.inbox(token)).sendOn?.to?.role).toBe('non_executive_lead')
    await send(token)
    expect(await mayOpen('executive', id)).toEqual([])
    expect(await refusalOf(world.concerns.viewConcern(world.as('executive'), id))).toBe('not_found')
    expect(await refusalOf(send(token))).toBe('no_reader_left')
  })

  test('by a report of bad treatment is passed over too', async () => {
    const { token } = await world.raise()
    const said = detrimentInput.parse({ kinds: ['threatened'], description: 'She told me to be quiet.', about: [world.id('executive')] })
    await world.concerns.reportDetriment(await back(token), said, null)
    later(7)
    expect((await world.inbox(token)).sendOn?.to?.role).toBe('non_executive_lead')
  })

  test('or who declared a conflict is passed over, and loses what was sent to them', async () => {
    const { id, token } = await world.raise({ narrative: 'The alarm is off.' })
    later(7)
    await send(token)
    await world.concerns.declareConflict(world.as('executive'), id, { reason: 'We are related.' } as never)
    expect(await refusalOf(world.concerns.viewContent(world.as('executive'), id))).toBe('not_found')
    expect(await rowsOf(`select 1 from key_grant where concern_id = $1 and holder = $2`, [id, world.id('executive')])).toEqual([])
    expect((await world.inbox(token)).sendOn?.to?.role).toBe('non_executive_lead')
    await world.write(token, 'After that.')
    await send(token)
    const content = await world.concerns.viewContent(world.as('nonExecutive'), id)
    expect([content.narrative, content.messages.every(({ genuine }) => genuine), content.messages.length]).toEqual([
      'The alarm is off.',
      true,
      3,
    ])
  })

  test('keeps the thread with the next lead when a handler leaves, and gives them no more', async () => {
    const { id, token } = await world.raise()
    later(7)
    await send(token)
    await world.concerns.declareConflict(world.as('deputy'), id, { reason: 'My sister.' } as never)
    await world.write(token, 'Under the new key.')
    const content = await world.concerns.viewContent(world.as('executive'), id)
    expect(content.messages.at(-1)).toMatchObject({ body: 'Under the new key.', genuine: true })
    const kinds = await rowsOf(`select distinct kind from key_grant where concern_id = $1 and holder = $2`, [id, world.id('executive')])
    expect(kinds).toEqual([{ kind: 'shared' }])
  })
})

describe('somebody who writes to the database', () => {
  test('cannot have it sealed to a key of their own: only the signed list gives keys', async () => {
    const { id, token } = await world.raise()
    later(7)
    const { rows } = await world.database.asSuperuser.query<{ box_key: Buffer }>('select box_key from person where id = $1', [
      world.id('executive'),
    ])
    await world.tamper(`update person set box_key = (select box_key from person where id = $2) where id = $1`, [
      world.id('executive'),
      world.id('auditor'),
    ])
    try {
      const tried = await refusalOf(send(token))
      if (typeof tried === 'object') expect((await world.concerns.viewContent(world.as('executive'), id)).genuine).toBe(true)
      else await untouched(id)
    } finally {
      await world.tamper(`update person set box_key = $2 where id = $1`, [world.id('executive'), rows[0]!.box_key])
    }
  })

  test('cannot take a lead off the list, nor spoil the key, by rows that nobody vouches for', async () => {
    const { id, token } = await world.raise()
    later(7)
    await world.tamper(
      `insert into key_grant (id, concern_id, compartment_id, kind, epoch, holder, sealed)
       select gen_random_uuid(), concern_id, compartment_id, kind, epoch, $2, sealed from key_grant where concern_id = $1 and kind = 'shared' and holder = $3`,
      [id, world.id('executive'), world.id('guardian')],
    )
    await world.tamper(`insert into sent_on (id, concern_id, person_id, sent_on) values (gen_random_uuid(), $1, $2, '2026-11-01')`, [
      id,
      world.id('executive'),
    ])
    expect((await send(token)).to.role).toBe('executive_lead')
    expect((await world.concerns.viewContent(world.as('executive'), id)).genuine).toBe(true)
  })

  test('cannot hide whom it is about: where the record is not genuine nobody gets it', async () => {
    const { id, token } = await world.raise({ about: ['executive director'] })
    later(7)
    await world.tamper(`update reporter_item set ciphertext = ciphertext || '\\x00' where concern_id = $1 and kind = 'narrative'`, [id])
    expect((await world.inbox(token)).sendOn?.to).toBeNull()
    expect(await refusalOf(send(token))).toBe('no_reader_left')
    await untouched(id)
  })
})
