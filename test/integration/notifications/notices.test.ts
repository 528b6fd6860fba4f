import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseInput } from '../../../src/concerns/index.ts'
import { openDutyKey } from '../../../src/config/index.ts'
import { newId, systemRandom } from '../../../src/kernel/index.ts'
import { createMailing, type Mailing } from '../../../src/mailing.ts'
import { dutyKeysOf } from '../../../src/vault/index.ts'
import { createScanner } from '../../support/canary.ts'
import { mailFrom, startMailServer, type MailHouse } from '../../support/smtp-server.ts'
import { refusalOf, startHandlingWorld, words, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
let house: MailHouse
let mailing: Mailing
const address = 'jo.canary.4471@home.example'

beforeAll(async () => {
  world = await startHandlingWorld({ mailFrom })
  house = await startMailServer({ allowInsecureAuth: true })
  const login = { user: 'forthright', password: 'a password: with signs@in it' }
  const smtp = () => ({ host: '127.0.0.1', port: house.port, tls: 'none' as const, login })
  mailing = createMailing(world.service, { from: mailFrom, smtp }, null, dutyKeysOf(openDutyKey(join(world.dataDir, 'secrets'))))
}, 60_000)
afterAll(async () => {
  await house.stop()
  await world.close()
})

const back = (token: string) => world.concerns.openByToken({ requestId: 'test', now: world.clock.now() }, token)
const choose = async (token: string, wish: object) => world.concerns.chooseNotices(await back(token), { wants: true, ...wish }, null)
const known = { openness: 'confidential', identity: { name: 'Jo' } }
async function arrivedAt(instant: string): Promise<string[]> {
  world.clock.set(instant)
  house.arrived.length = 0
  await mailing.writeNotices()
  await mailing.deliver()
  return house.arrived.flatMap(({ to }) => to).toSorted()
}

/** Of a background process that has lost its key. */
const withoutKey = (house: MailHouse) =>
  createMailing(world.service, { from: mailFrom, smtp: () => ({ host: '127.0.0.1', port: house.port, tls: 'none' as const, login: null }) })

describe('a note that there is an answer', () => {
  it('is only for somebody who is known, agrees, and says where and when', async () => {
    const { token } = await world.raise()
    const all = { address, part: 'evening', understood: true }
    expect(await refusalOf(choose(token, all))).toEqual({ invalid_input: ['/wants anonymous'] })
    const other = await world.raise(known)
    expect(await refusalOf(choose(other.token, {}))).toEqual({
      invalid_input: ['/address required', '/part required', '/understood required'],
    })
    expect(await refusalOf(choose(other.token, { ...all, understood: false }))).toEqual({ invalid_input: ['/understood required'] })
    expect(await choose(other.token, all)).toEqual({ notices: true })
    expect(await world.concerns.viewNotices(await back(other.token))).toEqual({ possible: true, on: true })
    await choose(other.token, { wants: false })
    expect(await world.concerns.viewNotices(await back(other.token))).toEqual({ possible: true, on: false })
  })

  it('comes the day after an answer, in the part of the day that was chosen, once, and says nothing', async () => {
    world.clock.set('2026-11-25T10:00:00Z')
    await arrivedAt('2026-11-25T23:00:00Z')
    const { id, token } = await world.raise(known)
    await choose(token, { address, part: 'evening', understood: true })
    const quiet = await world.raise(known)
    await choose(quiet.token, { address: 'somebody@else.example', part: 'evening', understood: true })
    world.clock.set('2026-11-26T10:00:00Z')
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
    expect(await arrivedAt('2026-11-26T20:00:00Z')).toEqual([])
    expect(await arrivedAt('2026-11-27T18:59:59Z')).toEqual([])
    expect(await arrivedAt('2026-11-27T19:00:00Z')).toEqual([address])
    const [letter] = house.arrived
    expect(letter!.raw).toContain('There is something for you where you left a note.')
    // Its number is chance, and chance may spell anything
    const said = letter!.raw.replaceAll('=\r\n', '').replace(/^Message-ID: .*$/m, '')
    expect(said).not.toMatch(/concern|speak|guardian|trust(?!\.example)|F-[0-9A-Z]{4}|https?:/i)
    expect(await arrivedAt('2026-11-28T20:00:00Z')).toEqual([])
    // What the person writes themselves is no answer
    await world.write(token, 'Are you there?')
    expect(await arrivedAt('2026-11-29T20:00:00Z')).toEqual([])
  })

  it('waits where nobody but the background process can read whom it is for, and leaves nothing behind', async () => {
    const { port } = house
    await house.stop()
    const { id, token } = await world.raise(known)
    await choose(token, { address, part: 'morning', understood: true })
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
    expect(await arrivedAt('2026-11-30T09:30:00Z')).toEqual([])
    const tables = ['outbox_letter', 'notice_wish', 'mail_slot', 'staff_entry', 'reporter_entry', 'reporter_item', 'setting_change']
    const scanner = createScanner([{ name: 'address', text: address }])
    for (const table of tables) {
      const { rows } = await world.database.asSuperuser.query<{ line: string }>(`select t::text as line from ${table} t`)
      expect(scanner.scan(table, Buffer.from(rows.map(({ line }) => line).join('\n')))).toEqual([])
    }
    expect((await world.database.asSuperuser.query('select cause, address, message from outbox_letter')).rows).toEqual([
      { cause: 'answers_morning', address: '', message: '' },
    ])
    house = await startMailServer({ allowInsecureAuth: true }, port)
    // One that has lost its key leaves it for when the file is back
    world.clock.set('2026-11-30T09:45:00Z')
    expect([await withoutKey(house).deliver(), house.arrived]).toEqual([0, []])
    expect(await arrivedAt('2026-11-30T09:45:00Z')).toEqual([address])
    expect((await world.database.asSuperuser.query('select 1 from outbox_letter')).rowCount).toBe(0)
  })

  it('can be asked for while raising, in the same moment, once, and where to stands in nothing that anybody opens', async () => {
    const { concerns, clock, database } = world
    const asked = { ...known, narrative: 'Asked at once.', notices: { address, part: 'morning', understood: true } }
    const [visitor, secret] = [() => ({ requestId: 'test', now: clock.now() }), newId(systemRandom)]
    const answers = await Promise.all([1, 2, 3].map(() => concerns.raise(visitor(), raiseInput.parse(asked), secret)))
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
    const other = raiseInput.parse({ ...asked, notices: { ...asked.notices, address: 'another@home.example' } })
    expect(await refusalOf(concerns.raise(visitor(), other, secret))).toBe('idempotency_key_reused')
    const person = await back(answers[0]!.token)
    const { rows: written } = await database.asSuperuser.query<{ text: string }>(
      'select text from reporter_entry where concern_id = $1 order by number',
      [person.concernId],
    )
    expect(written.map(({ text }) => (JSON.parse(text) as { kind: string }).kind)).toEqual(['concern_raised', 'notices_chosen'])
    expect(await concerns.viewNotices(person)).toEqual({ possible: true, on: true })
    const scanner = createScanner([{ name: 'address', text: address }])
    const opened = [await concerns.viewContent(world.as('guardian'), person.concernId), await concerns.readInbox(person)]
    expect(scanner.scan('what is opened', Buffer.from(JSON.stringify(opened)))).toEqual([])
    for (const table of ['notice_wish', 'reporter_item', 'reporter_entry', 'receipt', 'key_grant']) {
      const { rows } = await database.asSuperuser.query<{ line: string }>(`select t::text as line from ${table} t`)
      expect(scanner.scan(table, Buffer.from(rows.map(({ line }) => line).join('\n')))).toEqual([])
    }
    await world.act('guardian', person.concernId, 'acknowledge', words.acknowledge)
    expect(await arrivedAt('2026-12-01T09:30:00Z')).toEqual([address])
    await choose(answers[0]!.token, { wants: false })
    expect(await concerns.viewNotices(await back(answers[0]!.token))).toEqual({ possible: true, on: false })
  })

  it('is made up for once after days without the service', async () => {
    const { id, token } = await world.raise(known)
    await choose(token, { address: 'late@home.example', part: 'afternoon', understood: true })
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
    await world.concerns.sendMessage(world.as('guardian'), id, { body: 'One more.' }, null)
    expect(await arrivedAt('2026-12-04T15:00:00Z')).toEqual(['late@home.example'])
    expect(await arrivedAt('2026-12-05T15:00:00Z')).toEqual([])
  })

  it('leaves an entry at every fixed time, whether there was a letter or not', async () => {
    const rounds = (await world.entries()).filter(({ kind }) => kind === 'mail_round_made').map(({ fields }) => fields['round'])
    for (const part of ['morning', 'afternoon', 'evening'])
      expect(rounds.filter((round) => round === `answers_${part}`).length).toBeGreaterThan(3)
  })
})
