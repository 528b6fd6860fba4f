import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuditedTransaction } from '../../../src/audit/index.ts'
import { systemRandom, newId, Secret } from '../../../src/kernel/index.ts'
import {
  createDelivery,
  createMailer,
  createOutbox,
  readMailState,
  type Delivery,
  type Letter,
  type Mailer,
} from '../../../src/notifications/index.ts'
import { createTestClock, type TestClock } from '../../support/clock.ts'
import { freshDatabase, type FreshDatabase } from '../../support/database.ts'
import { mailFrom, startMailServer, type MailHouse } from '../../support/smtp-server.ts'

const outbox = createOutbox(mailFrom)
let held: FreshDatabase
let clock: TestClock
let house: MailHouse
let told: { readonly event: string; readonly fields: object }[]

beforeAll(async () => {
  held = await freshDatabase()
})
afterAll(() => held.drop())
beforeEach(async () => {
  clock = createTestClock()
  told = []
  house = await startMailServer()
})
afterEach(async () => {
  await house.stop()
  await held.asSuperuser.query('delete from outbox_letter')
})

const letterTo = (address: string, text = 'A line for the minutes.'): Letter => ({
  id: newId(systemRandom),
  to: { name: 'Priya Nair', address },
  subject: 'For the minutes',
  text,
  files: [{ name: 'note.txt', text: '— a note\n' }],
  writtenAt: clock.now(),
})
const write = (...letters: Letter[]) =>
  createAuditedTransaction(
    held.database,
    systemRandom,
  )(async (tx) => ({
    value: await outbox.put(tx, 'test', letters, clock.now()),
    entries: [{ kind: 'checkpoint_mailed', actor: { role: 'system' }, at: clock.now(), fields: { size: 1, people: letters.length } }],
  }))
const delivery = (mailer: Mailer): Delivery =>
  createDelivery({ database: held.database, clock, log: (event, fields = {}) => void told.push({ event, fields }), mailer })
const state = () => held.database.read((tx) => readMailState(tx, outbox))
const messageId = (raw: string) => /^Message-ID: (.*)$/im.exec(raw)?.[1]

describe('a letter', () => {
  it('goes out over TLS with a login, once, and leaves nothing of itself in the outbox', async () => {
    await write(letterTo('secretary@trust.example'))
    expect(await delivery(house.mailer()).deliver()).toBe(1)
    expect(await delivery(house.mailer()).deliver()).toBe(0)
    expect(house.arrived).toHaveLength(1)
    expect(house.arrived[0]).toMatchObject({ to: ['secretary@trust.example'], encrypted: true })
    expect(house.arrived[0]!.raw).toContain('A line for the minutes.')
    expect(await state()).toEqual({ setUp: true, waiting: 0, waitingSince: null, failed: 0, fault: null, lastSentAt: clock.now() })
    expect((await held.asSuperuser.query('select message from outbox_letter')).rows).toEqual([{ message: '' }])
  })

  it('goes out over TLS from the first byte too, with a login', async () => {
    await house.stop()
    house = await startMailServer({ secure: true })
    await write(letterTo('secretary@trust.example'))
    expect(await delivery(house.mailer({ tls: 'implicit' })).deliver()).toBe(1)
    expect(house.arrived[0]).toMatchObject({ to: ['secretary@trust.example'], encrypted: true })
  })

  it('waits while the server is down and is sent once it is up, with growing pauses, and seen as failed meanwhile', async () => {
    const { port } = house
    const letters = [letterTo('one@trust.example'), letterTo('two@trust.example')]
    await write(...letters)
    await house.stop()
    const mailer = house.mailer()
    const tries: string[] = []
    for (let minute = 0; minute < 120; minute += 1) {
      const before = told.length
      expect(await delivery(mailer).deliver()).toBe(0)
      if (told.length > before) tries.push(String(minute))
      clock.advance({ minutes: 1 })
    }
    expect(tries.length).toBeLessThan(14)
    expect(await state()).toMatchObject({ waiting: 2, failed: 2, fault: 'unreachable', lastSentAt: null })
    expect(new Set(told.map(({ event, fields }) => JSON.stringify({ event, ...fields })))).toEqual(
      new Set([JSON.stringify({ event: 'mail_failed', kind: 'unreachable', count: 1 })]),
    )
    house = await startMailServer({}, port)
    clock.advance({ hours: 6 })
    expect(await delivery(mailer).deliver()).toBe(2)
    clock.advance({ hours: 12 })
    expect(await delivery(mailer).deliver()).toBe(0)
    expect(house.arrived.map(({ raw }) => messageId(raw)).toSorted()).toEqual(letters.map(({ id }) => `<${id}@trust.example>`).toSorted())
    expect(await state()).toMatchObject({ waiting: 0, failed: 0, fault: null })
  })

  it('is sent again, the very same, where the process died between the server’s yes and the mark', async () => {
    await write(letterTo('secretary@trust.example'))
    const mailer = house.mailer()
    const dies: Mailer = {
      send: async (letter) => {
        await mailer.send(letter)
        throw new Error('killed')
      },
    }
    await expect(delivery(dies).deliver()).rejects.toThrow('killed')
    expect(await delivery(mailer).deliver()).toBe(0)
    clock.advance({ minutes: 3 })
    expect(await delivery(mailer).deliver()).toBe(1)
    const [first, second] = house.arrived
    expect(house.arrived).toHaveLength(2)
    expect(second!.raw).toBe(first!.raw)
  })

  it('is taken by one process only, however many look at once', async () => {
    await write(...Array.from({ length: 8 }, (_, n) => letterTo(`reader-${n}@trust.example`)))
    const sent = await Promise.all(Array.from({ length: 4 }, () => delivery(house.mailer()).deliver()))
    expect(sent.reduce((sum, count) => sum + count)).toBe(8)
    expect(new Set(house.arrived.map(({ raw }) => messageId(raw))).size).toBe(8)
    expect(house.arrived).toHaveLength(8)
  })

  it('is given up after thirty days, which is told, and its row goes', async () => {
    await write(letterTo('secretary@trust.example'))
    clock.advance({ hours: 24 * 30 })
    expect(await delivery(house.mailer()).purge()).toBe(0)
    clock.advance({ hours: 24 })
    expect(await delivery(house.mailer()).purge()).toBe(1)
    expect(told).toEqual([{ event: 'mail_given_up', fields: { count: 1 } }])
  })
})

describe('a server that will not do', () => {
  it.each([
    ['has another password', 'login_refused', {}, { password: 'wrong' }],
    ['offers no encryption', 'not_encrypted', { disabledCommands: ['STARTTLS' as const], hideSTARTTLS: true, allowInsecureAuth: true }, {}],
    ['shows a certificate that nobody vouches for', 'not_encrypted', {}, { trusted: undefined }],
  ])('one that %s gets no letter, and the fault has its name', async (_, fault, server, given) => {
    await house.stop()
    let logins = 0
    house = await startMailServer({
      ...server,
      ...(fault === 'not_encrypted' && { onAuth: (_auth, _session, done) => (logins++, done(null, { user: 'x' })) }),
    })
    await write(letterTo('secretary@trust.example'), letterTo('auditor@trust.example'))
    // `trusted: undefined` must reach the mailer as none at all
    const mailer = 'trusted' in given ? bare(house) : house.mailer(given)
    expect(await delivery(mailer).deliver()).toBe(0)
    expect([house.arrived, logins]).toEqual([[], 0])
    expect(told).toEqual([{ event: 'mail_failed', fields: { kind: fault, count: 1 } }])
    expect(await state()).toMatchObject({ waiting: 2, fault })
    clock.advance({ minutes: 10 })
    await house.stop()
  })

  it('one that refuses an address gets the other letters', async () => {
    await house.stop()
    house = await startMailServer({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('gone') ? Object.assign(new Error('No such user'), { responseCode: 550 }) : null),
    })
    await write(letterTo('gone@trust.example'), letterTo('secretary@trust.example'))
    expect(await delivery(house.mailer()).deliver()).toBe(1)
    expect(house.arrived.map(({ to }) => to)).toEqual([['secretary@trust.example']])
    expect(await state()).toMatchObject({ waiting: 1, fault: 'address_refused' })
  })

  it('one that takes the call and says nothing is left in time', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()))
    const { port } = silent.address() as { port: number }
    const mailer = createMailer({ host: 'localhost', port, tls: 'starttls', login: null }, mailFrom, { patience: 300 })
    const began = performance.now()
    expect(await mailer.send({ address: 'a@trust.example', message: 'x' })).toBe('unreachable')
    expect(performance.now() - began).toBeLessThan(5_000)
    silent.close()
  })
})

const bare = ({ port }: MailHouse): Mailer =>
  createMailer({ host: 'localhost', port, tls: 'starttls', login: { user: 'forthright', password: new Secret('x') } }, mailFrom)

describe('the outbox', () => {
  it('takes nothing where mail is not set up', async () => {
    const none = createOutbox(null)
    expect(none.setUp).toBe(false)
    expect(await held.database.read((tx) => none.put(tx, 'test', [letterTo('a@trust.example')], clock.now()))).toBe(0)
  })

  it('refuses a row without an entry of staff or the system, so that no act of a reporter can leave one', async () => {
    const { rows } = await held.asSuperuser.query<{ body: string }>(
      "select prosrc as body from pg_proc where proname = 'check_reporter_entry'",
    )
    expect(rows[0]!.body).not.toContain('entry_written')
    const at = clock.now().toString()
    await expect(
      held.asSuperuser.query(
        "insert into outbox_letter (id, cause, way, address, message, written_at, next_try_at, tries, purge_on) values (gen_random_uuid(), 'x', 'mail', 'a@b.example', 'x', $1, $1, 0, '2026-12-01')",
        [at],
      ),
    ).rejects.toMatchObject({ code: 'FR004' })
  })

  it('refuses an address that is more than one', async () => {
    for (const address of ['a@b.example,c@d.example', 'a@b.example>\r\nRCPT TO:<c@d.example', 'a@b.example c@d.example'])
      await expect(write(letterTo(address))).rejects.toThrow()
  })
})
