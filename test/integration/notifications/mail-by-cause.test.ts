import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, londonDate } from '../../../src/kernel/index.ts'
import { createMailing, type Mailing } from '../../../src/mailing.ts'
import { people, type PersonName } from '../../support/app.ts'
import { mailFrom, startMailServer, type MailHouse } from '../../support/smtp-server.ts'
import { startHandlingWorld, words, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
let house: MailHouse
let mailing: Mailing

beforeAll(async () => {
  world = await startHandlingWorld({ mailFrom })
  house = await startMailServer({ allowInsecureAuth: true })
  const login = { user: 'forthright', password: 'a password: with signs@in it' }
  mailing = createMailing(world.service, {
    from: mailFrom,
    smtp: () => ({ host: '127.0.0.1', port: house.port, tls: 'none', login }),
  })
}, 60_000)
afterAll(async () => {
  await house.stop()
  await world.close()
})
beforeEach(async () => {
  await mailing.deliver()
  house.arrived.length = 0
})

/** What arrived for each person, without the two headers that may differ. */
const arrived = () => {
  const bare = (raw: string) => raw.replace(/^Date: .*\r\n/m, '').replace(/^Message-ID: .*\r\n/m, '')
  return Object.fromEntries(house.arrived.map(({ to, raw }) => [to.join(), bare(raw)]).toSorted())
}
async function notesAt(instant: string): Promise<Record<string, string>> {
  world.clock.set(instant)
  house.arrived.length = 0
  await mailing.writeNotes()
  await mailing.deliver()
  return arrived()
}
const subjects = () => house.arrived.map(({ to, raw }) => [to.join(), /^Subject: (.*)$/m.exec(raw)?.[1]?.trim()]).toSorted()
const sendAll = async () => {
  await mailing.deliver()
  return subjects()
}
const choose = (person: PersonName, regularNote: boolean) => world.service.people.chooseNote(world.as(person), { regularNote })

describe('the regular note', () => {
  it('is the same, byte for byte, with nothing to do, with one concern and with fifty, and for who is kept from them', async () => {
    const nothing = await notesAt('2026-11-25T08:00:00Z')
    expect(Object.keys(nothing)).toEqual([people.deputy, people.guardian])
    await world.raise({ about: ['Daniel Okafor'] })
    const { id } = await world.raise()
    await world.concerns.declareConflict(world.as('deputy'), id, { expectedVersion: await world.version(id) })
    const one = await notesAt('2026-11-25T14:00:00Z')
    for (let n = 0; n < 50; n += 1) await world.raise({ immediateDanger: n % 5 === 0 ? 'yes' : 'no' })
    const fifty = await notesAt('2026-11-26T08:00:00Z')
    expect(one).toEqual(nothing)
    expect(fifty).toEqual(nothing)
    // One person's differs from another's by the name and address it goes to, and by nothing in its words
    const body = (raw: string) => raw.slice(raw.indexOf('\r\n\r\n')).replaceAll('~', '')
    expect(body(fifty[people.deputy]!).replaceAll(/\s/g, '')).toEqual(body(fifty[people.guardian]!).replaceAll(/\s/g, ''))
    expect(fifty[people.guardian]).toContain('Please sign in and look at your list.')
    expect(body(fifty[people.guardian]!)).not.toMatch(/\d|http|F-/)
  }, 60_000)

  it('comes once at each time, whoever looks and however often, and an entry says so each time', async () => {
    world.clock.set('2026-11-26T14:00:00Z')
    const other = createMailing(world.service, { from: mailFrom, smtp: () => ({ host: '127.0.0.1', port: 1, tls: 'none', login: null }) })
    const written = await Promise.all([mailing.writeNotes(), other.writeNotes(), mailing.writeNotes()])
    expect(written.toSorted()).toEqual([0, 0, 2])
    world.clock.advance({ hours: 1 })
    expect(await mailing.writeNotes()).toBe(0)
    const rounds = (await world.entries()).filter(({ kind }) => kind === 'mail_round_made')
    expect(rounds.at(-1)).toMatchObject({ actor: { role: 'system' }, fields: { round: 'regular_note', slot: '2026-11-26T14:00:00Z' } })
    expect(rounds).toHaveLength(4)
  })

  it('does not come at the weekend, and after a standstill only the latest is made up for', async () => {
    // Friday’s two and Monday’s first were missed
    expect(Object.keys(await notesAt('2026-11-30T11:00:00Z'))).toHaveLength(2)
    expect(await notesAt('2026-11-30T13:59:59Z')).toEqual({})
    expect(Object.keys(await notesAt('2026-11-30T14:00:00Z'))).toHaveLength(2)
    expect(Object.keys(await notesAt('2026-12-04T16:00:00Z'))).toHaveLength(2)
    expect(await notesAt('2026-12-06T16:00:00Z')).toEqual({})
  })

  it('goes to who wants it, at the times that are set, and to nobody who was sent away', async () => {
    await choose('guardian', false)
    await choose('executive', true)
    expect(Object.keys(await notesAt('2026-12-07T08:00:00Z'))).toEqual([people.deputy, people.executive])
    const sam = { ...world.as('administrator'), steppedUp: true }
    const { seen } = await world.service.settingsAdministration.viewMail(sam)
    const change = { noteTimes: ['22:15'], noteDays: 'every_day' as const, reason: 'Agreed with the team', seen }
    await world.service.settingsAdministration.changeMail(sam, change)
    expect(await notesAt('2026-12-07T14:00:00Z')).toEqual({})
    expect(Object.keys(await notesAt('2026-12-12T22:15:00Z'))).toHaveLength(2)
    await choose('guardian', true)
    await expect(choose('auditor', true)).rejects.toMatchObject({ code: 'permission_denied' })
  })

  it('is counted with what waits while the mail server is away, and nothing is lost', async () => {
    const { port } = house
    await house.stop()
    expect(await notesAt('2026-12-13T22:15:00Z')).toEqual({})
    const sam = world.as('administrator')
    expect((await world.service.settingsAdministration.viewMail(sam)).mail).toMatchObject({
      ...{ waiting: 3, fault: 'unreachable' },
      waitingSince: Temporal.Instant.from('2026-12-13T22:15:00Z'),
    })
    house = await startMailServer({ allowInsecureAuth: true }, port)
    world.clock.advance({ minutes: 20 })
    expect(await mailing.deliver()).toBe(3)
  })
})

describe('what colleagues ask', () => {
  it('is told at once and says nothing: an owner, an investigator, an approver, a lead', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'investigating')
    expect(await sendAll()).toEqual([[people.investigator, 'You were named']])
    house.arrived.length = 0
    await world.act('guardian', id, 'assign', { userId: world.id('deputy') })
    await world.act('guardian', id, 'escalate', { to: 'executive_lead', reason: 'No answer.', shareContent: false })
    expect(await sendAll()).toEqual([
      [people.deputy, 'Something was given to you'],
      [people.executive, 'Something was passed up to you'],
    ])
    house.arrived.length = 0
    const other = await world.raise({ narrative: 'Another one altogether, about something else.' })
    await world.bring(other.id, 'triaged', { riskGrade: 'high' })
    await world.act('guardian', other.id, 'resolve_without_investigation', {
      reasonCode: 'facts_agreed',
      reason: 'Nobody disputes it.',
      decidedBy: world.id('guardian'),
      approver: world.id('nonExecutive'),
      message: 'We agree.',
    })
    expect(await sendAll()).toEqual([[people.nonExecutive, 'Your decision is asked for']])
    // Its number is chance, and chance may spell anything
    const text = house.arrived.map(({ raw }) => raw.replaceAll('=\r\n', '').replace(/^Message-ID: .*$/m, '')).join()
    expect(text).not.toMatch(/F-[0-9A-Z]{4}|Okafor|thirty beds|night/i)
    expect(new Set(house.arrived.map(({ raw }) => raw.length))).toEqual(new Set([8_192]))
  })

  it('is told to whoever is named as having agreed to a long pause: named is not asked', async () => {
    const { id } = await world.raise()
    await world.bring(id, 'investigating')
    await sendAll()
    house.arrived.length = 0
    const until = addDays(londonDate(world.clock.now()), 30)
    const pause = { clock: 'T7', until, reasonCode: 'police_hold', reason: 'They asked us to wait.' } as const
    await world.act('guardian', id, 'pause_clock', { ...pause, authorisedBy: world.id('executive') })
    expect(await sendAll()).toEqual([[people.executive, 'You were named as agreeing']])
    house.arrived.length = 0
  })

  it('is the same letter whatever the concern is, and none to who acts', async () => {
    const letters: string[] = []
    for (const said of [{}, { narrative: 'x'.repeat(5_000), immediateDanger: 'yes', openness: 'confidential', identity: { name: 'Jo' } }]) {
      const { id } = await world.raise(said)
      await world.act('guardian', id, 'acknowledge', words.acknowledge)
      await world.act('guardian', id, 'assign', { userId: world.id('guardian') })
      expect(await sendAll()).toEqual([])
      await world.act('guardian', id, 'assign', { userId: world.id('deputy') })
      await sendAll()
      letters.push(arrived()[people.deputy])
      house.arrived.length = 0
    }
    expect(letters[0]).toBe(letters[1])
  })

  it('reporters’ acts write no letter, and neither does what is refused', async () => {
    const { id, token } = await world.raise()
    await world.write(token, 'One more thing.')
    await expect(world.act('guardian', id, 'assign', { userId: world.id('deputy'), expectedVersion: 99 })).rejects.toThrow()
    expect((await world.database.asSuperuser.query('select 1 from outbox_letter where sent_at is null')).rowCount).toBe(0)
  })

  it('is not sent to somebody whose roles were taken away while it waited', async () => {
    const { id } = await world.raise()
    await world.act('guardian', id, 'acknowledge', words.acknowledge)
    await world.act('guardian', id, 'assign', { userId: world.id('deputy') })
    await world.tamper('update person set active = false where id = $1', [world.id('deputy')])
    expect(await sendAll()).toEqual([])
    expect((await world.database.asSuperuser.query('select 1 from outbox_letter where sent_at is null')).rowCount).toBe(0)
    await world.tamper('update person set active = true where id = $1', [world.id('deputy')])
  })
})
