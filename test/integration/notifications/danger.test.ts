import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTellUrgentCalls, createUrgentLook } from '../../../src/concerns/index.ts'
import { createMailing, type Mailing } from '../../../src/mailing.ts'
import { createCaller } from '../../../src/notifications/index.ts'
import type { OnCallPerson } from '../../../src/settings/index.ts'
import { mailFrom, startMailServer, type MailHouse } from '../../support/smtp-server.ts'
import { startHandlingWorld, words, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
let house: MailHouse
let mailing: Mailing
let look: () => Promise<number>
let tellAtNight: () => Promise<number>
const folder = mkdtempSync(join(tmpdir(), 'forthright-danger-'))
const pager = join(folder, 'page')
const paged = join(folder, 'paged')

beforeAll(async () => {
  writeFileSync(pager, `#!/bin/sh\n{ cat; env | grep -v '^\\(PATH\\|PWD\\|SHLVL\\|_\\)='; echo "$#"; } >> ${paged}\n`)
  chmodSync(pager, 0o700)
  world = await startHandlingWorld({ mailFrom, calls: { kind: 'command', path: pager } })
  house = await startMailServer({ allowInsecureAuth: true })
  const login = { user: 'forthright', password: 'a password: with signs@in it' }
  const smtp = () => ({ host: '127.0.0.1', port: house.port, tls: 'none' as const, login })
  mailing = createMailing(world.service, { from: mailFrom, smtp }, { kind: 'command', path: pager })
  look = createUrgentLook(world.service)
  tellAtNight = createTellUrgentCalls(world.service)
}, 60_000)
afterAll(async () => {
  await house.stop()
  await world.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  house.arrived.length = 0
  rmSync(paged, { force: true })
})

const person = (name: string, change: Partial<OnCallPerson> = {}): OnCallPerson => ({
  name,
  number: `0${name.length}00 2222`,
  email: `${name.toLowerCase()}@oncall.example`,
  days: 'every_day',
  from: '00:00',
  until: '00:00',
  ...change,
})
async function onCall(...people: OnCallPerson[]): Promise<void> {
  const ctx = { ...world.as('administrator'), steppedUp: true }
  const { seen } = await world.service.settingsAdministration.viewOnCall(ctx)
  await world.service.settingsAdministration.changeOnCall(ctx, { people, outside: 'Call 2222.', patience: 30, seen, reason: 'Rota' })
}
/** Whom the look at this time told. */
async function lookAt(instant: string): Promise<string[]> {
  world.clock.set(instant)
  house.arrived.length = 0
  await look()
  await mailing.deliver()
  return house.arrived.flatMap(({ to }) => to.map((address) => address.split('@')[0]!))
}
const rows = async (sql: string) => (await world.database.asSuperuser.query(sql)).rows
const inDanger = () => world.raise({ immediateDanger: 'yes', narrative: 'A secret of the seventh floor.' })

describe('somebody who may be in danger', () => {
  it('wakes nobody where there is no list, and where nobody said yes', async () => {
    await inDanger()
    expect(await lookAt('2026-11-28T02:00:00Z')).toEqual([])
    await onCall(person('Anna'), person('Bert'), person('Cleo', { from: '08:00', until: '20:00' }))
    await world.tamper(`update concern set danger = false`)
    await world.raise({ immediateDanger: 'not_sure' })
    expect(await lookAt('2026-11-28T02:15:00Z')).toEqual([])
  })

  it('wakes the first who is on call at the next quarter, the next after half an hour, and stops once somebody has looked', async () => {
    world.clock.set('2026-11-28T02:16:00Z')
    const { id } = await inDanger()
    expect(await lookAt('2026-11-28T02:29:59Z')).toEqual([])
    expect(await lookAt('2026-11-28T02:30:00Z')).toEqual(['anna'])
    expect(await lookAt('2026-11-28T02:44:00Z')).toEqual([])
    expect(await lookAt('2026-11-28T02:45:00Z')).toEqual([])
    expect(await lookAt('2026-11-28T03:00:00Z')).toEqual(['bert'])
    // Cleo sleeps at this hour: after the last it begins again
    expect(await lookAt('2026-11-28T03:30:00Z')).toEqual([])
    expect(await lookAt('2026-11-28T03:45:00Z')).toEqual(['anna'])
    await world.concerns.viewContent(world.as('guardian'), id)
    expect(await lookAt('2026-11-28T04:15:00Z')).toEqual([])
    expect(await lookAt('2026-11-28T05:15:00Z')).toEqual([])
    await tellAtNight()
    expect((await world.entries(id)).filter(({ kind }) => kind === 'urgent_called')).toMatchObject([
      { actor: { role: 'system' }, fields: { calls: 3, answered: true } },
    ])
    expect(await rows('select 1 from urgent_call')).toEqual([])
    expect(await lookAt('2026-11-28T06:00:00Z')).toEqual([])
  })

  it('sends by mail and to the number, says nothing, and once however many look and however many wait', async () => {
    const [one, two] = [await inDanger(), await inDanger()]
    world.clock.set('2026-11-28T10:00:00Z')
    expect((await Promise.all([look(), look(), look()])).toSorted()).toEqual([0, 0, 1])
    await mailing.deliver()
    expect(house.arrived.map(({ to }) => to)).toEqual([['anna@oncall.example']])
    expect(house.arrived[0]!.raw).not.toMatch(/seventh|F-[0-9A-Z]{4}|http/)
    // The program gets number and text on its input; no argument, nothing of our environment
    expect(readFileSync(paged, 'utf8')).toBe(
      '04002222\nUrgent. Please sign in and look at your list now. If you cannot, call the next person on the on-call list.\n0\n',
    )
    for (const { id } of [one, two]) await world.act('guardian', id, 'acknowledge', words.acknowledge)
  })

  it('leaves no time behind but that of the quarter, and that only until it is sent', async () => {
    const { id } = await inDanger()
    world.clock.set('2026-11-28T12:07:11Z')
    await look()
    const [letter] = await rows(`select written_at, person_id, purge_on::text from outbox_letter where way = 'mail' and cause = 'urgent'`)
    expect(letter).toEqual({ written_at: new Date('2026-11-28T12:00:00Z'), person_id: null, purge_on: '2026-11-30' })
    expect(
      await rows(
        `select 1 from staff_entry where happened_at = '2026-11-28T12:07:11Z' or kind = 'urgent_called' and happened_at > '2026-11-28T06:00:00Z'`,
      ),
    ).toEqual([])
    expect(await mailing.deliver()).toBe(0)
    expect(await rows(`select 1 from outbox_letter where cause = 'urgent'`)).toEqual([])
    // Nobody looks: the night says so, beside the two that were looked at
    world.clock.set('2026-11-29T04:50:00Z')
    expect(await tellAtNight()).toBe(3)
    const [entry] = (await world.entries(id)).filter(({ kind }) => kind === 'urgent_called')
    expect(entry).toMatchObject({ fields: { calls: 1, answered: false } })
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
    expect(await lookAt('2026-11-29T09:00:00Z')).toEqual([])
    await tellAtNight()
    expect(await rows('select 1 from urgent_call')).toEqual([])
  })

  it('waits for the hour in which somebody is on call, at weekends too', async () => {
    await onCall(person('Dora', { days: 'other_days', from: '09:00', until: '17:00' }))
    const { id } = await inDanger()
    expect(await lookAt('2026-12-05T08:00:00Z')).toEqual([])
    expect(await lookAt('2026-12-05T09:00:00Z')).toEqual(['dora'])
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
  })

  it('is called for until somebody who stays with it has looked: no change of the calendar, no refused step, nobody who then leaves', async () => {
    await onCall(person('Anna'), person('Bert'))
    world.clock.set('2026-12-05T17:50:00Z')
    const { id } = await inDanger()
    expect(await lookAt('2026-12-05T18:00:00Z')).toEqual(['anna'])
    const ctx = { ...world.as('administrator'), steppedUp: true }
    const { changeCalendar, viewCalendar } = world.service.settingsAdministration
    const day = { change: 'add', date: '2026-12-07' as never, title: 'A day off', source: 'The council', projected: false } as const
    await changeCalendar(ctx, { day, seen: (await viewCalendar(ctx)).seen, reason: 'It was announced.' })
    await expect(world.concerns.viewIdentity(world.as('deputy'), id, { reason: 'To call them.', otp: '000000' })).rejects.toThrow()
    const kinds = (await world.entries(id)).map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['deadline_moved', 'attempt_refused']))
    expect(await lookAt('2026-12-05T18:15:00Z')).toEqual([])
    expect(await lookAt('2026-12-05T18:30:00Z')).toEqual(['bert'])

    await world.concerns.viewContent(world.as('guardian'), id)
    await world.concerns.declareConflict(world.as('guardian'), id, { expectedVersion: await world.version(id) })
    expect(await lookAt('2026-12-05T18:45:00Z')).toEqual([])
    expect(await lookAt('2026-12-05T19:00:00Z')).toEqual(['anna'])
    await world.concerns.viewContent(world.as('deputy'), id)
    for (const time of ['19:15', '19:30', '19:45']) expect(await lookAt(`2026-12-05T${time}:00Z`)).toEqual([])
    await world.act('deputy', id, 'acknowledge', words.acknowledge)
  })

  it('is called for at the right time again where the machine’s clock was ahead for a while', async () => {
    await onCall(person('Anna'))
    world.clock.set('2027-12-05T19:00:00Z')
    await look()
    world.clock.set('2026-12-05T20:10:00Z')
    const { id } = await inDanger()
    expect(await lookAt('2026-12-05T20:15:00Z')).toEqual(['anna'])
    expect(await look()).toBe(0)
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
  })

  it('is called for again until the way takes it', async () => {
    await onCall(person('Anna', { email: '' }))
    await world.act('guardian', (await inDanger()).id, 'acknowledge', words.acknowledge)
    const { id } = await inDanger()
    chmodSync(pager, 0o600)
    await lookAt('2026-12-06T09:00:00Z')
    expect(existsSync(paged)).toBe(false)
    expect(await rows(`select fault, tries from outbox_letter where way = 'call'`)).toEqual([{ fault: 'unreachable', tries: 1 }])
    chmodSync(pager, 0o700)
    world.clock.advance({ minutes: 3 })
    await mailing.deliver()
    expect(readFileSync(paged, 'utf8')).toContain('Urgent.')
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
  })
})

describe('a webhook for text messages', () => {
  let asked: string[] = []
  let answer = 200
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => {
        asked.push(body)
        response.writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('x')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  it.each([
    [200, null],
    [204, null],
    [401, 'login_refused'],
    [500, 'letter_refused'],
    [302, 'unreachable'],
  ])('that answers %s', async (status, fault) => {
    ;[answer, asked] = [status, []]
    const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=secret`
    expect(await createCaller({ kind: 'webhook', url }).send({ address: '2222', message: 'Urgent.' })).toBe(fault)
    expect(asked).toEqual(['{"to":"2222","text":"Urgent."}'])
  })
})
