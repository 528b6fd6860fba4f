import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StaffContext } from '../../../src/accounts/index.ts'
import { openCheckpoint, parseVerifierKey, realPace, rootInGroups } from '../../../src/audit/index.ts'
import { raiseInput } from '../../../src/concerns/index.ts'
import { openLogKeys } from '../../../src/config/index.ts'
import { createHealth, type HealthDeps } from '../../../src/health.ts'
import { createMailing, type Mailing } from '../../../src/mailing.ts'
import type { OnCallPerson } from '../../../src/settings/index.ts'
import { createSigning, type Signing } from '../../../src/signing.ts'
import { assertStrong } from '../../../src/vault/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createScanner, newCanaryWord } from '../../support/canary.ts'
import { mailFrom, startMailServer, type MailHouse } from '../../support/smtp-server.ts'

let app: TestApp
let signing: Signing
let house: MailHouse
let mailing: Mailing
let sam: StaffContext
const readers = [
  { role: 'Board secretary', name: 'Priya Nair', address: 'priya@trust.example' },
  { role: 'Staff side', name: 'Tom O’Neill', address: 'tom@union.example' },
]

beforeAll(async () => {
  app = await startTestApp({ mailFrom })
  signing = createSigning(app.service, {
    connection: app.database.signer,
    files: openLogKeys(join(app.dataDir, 'secrets'), assertStrong),
    pace: realPace,
    witnesses: [],
    published: { read: () => null, write: () => {} },
    tell: () => {},
  })
  house = await startMailServer({ allowInsecureAuth: true })
  mailing = createMailing(app.service, {
    from: mailFrom,
    smtp: () => ({
      host: '127.0.0.1',
      port: house.port,
      tls: 'none',
      login: { user: 'forthright', password: 'a password: with signs@in it' },
    }),
  })
  sam = { ...(await app.contextOf('administrator')), steppedUp: true }
}, 60_000)
afterAll(async () => {
  await house.stop()
  await signing.close()
  await app.close()
})
beforeEach(() => void (house.arrived.length = 0))

const settings = () => app.service.settingsAdministration
const change = async () => ({ seen: (await settings().viewCheckpointReaders(sam)).seen, reason: 'Agreed at the audit committee' })
const add = async (reader: (typeof readers)[number]) => settings().addCheckpointReader(sam, { ...reader, ...(await change()) })
const entries = async (kind: string) =>
  (
    await app.database.asSuperuser.query<{ text: string }>('select text from staff_entry where kind = $1 order by happened_at', [kind])
  ).rows.map(({ text }) => JSON.parse(text) as { fields: Record<string, unknown>; actor: object })
/** The night's batches, the morning's, and seven o'clock; gives the letters. */
async function aDay(date: string): Promise<readonly string[]> {
  for (const time of ['00:20', '06:20']) {
    app.clock.set(`${date}T${time}:00Z`)
    await signing.run()
  }
  house.arrived.length = 0
  app.clock.set(`${date}T07:00:00Z`)
  await mailing.mailCheckpoint()
  return house.arrived.map(({ raw }) => raw)
}
async function raise(narrative: string): Promise<void> {
  const input = raiseInput.parse({ narrative, openness: 'confidential', identity: { name: narrative }, deputyMayRead: false })
  await app.service.concerns.raise({ requestId: 'test', now: app.clock.now() }, input, null)
}
const noteIn = (raw: string) =>
  Buffer.from(/Content-Disposition: attachment[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)?.[1] ?? '', 'base64').toString()

describe('the daily checkpoint by mail', () => {
  it('goes to nobody where nobody is named, and leaves no entry', async () => {
    expect(await aDay('2026-11-25')).toEqual([])
    expect(await entries('checkpoint_mailed')).toEqual([])
  })

  it('goes to each named person once a day, at seven, with the note that verifies', async () => {
    for (const reader of readers) await add(reader)
    app.clock.set('2026-11-26T06:59:59Z')
    expect(await mailing.mailCheckpoint()).toBe(0)
    const letters = await aDay('2026-11-26')
    expect(house.arrived.flatMap(({ to }) => to).toSorted()).toEqual(readers.map(({ address }) => address))
    const newest = await app.service.publishedLog.readCheckpoint()
    const [first] = await app.service.publishedLog.readVerifierKeys()
    for (const letter of letters) {
      expect(openCheckpoint(noteIn(letter), [parseVerifierKey(first!.verifierKey)]).checkpoint).toMatchObject({ size: newest.size })
      expect(letter.replaceAll('=\r\n', '')).toContain(`fingerprint ${rootInGroups(newest.root)}`)
    }
    expect(await entries('checkpoint_mailed')).toMatchObject([{ actor: { role: 'system' }, fields: { size: newest.size, people: 2 } }])
    // The job runs twice, or two processes do
    house.arrived.length = 0
    expect(await Promise.all([mailing.mailCheckpoint(), mailing.mailCheckpoint()])).toEqual([0, 0])
    expect(house.arrived).toEqual([])
  })

  it('is made up for where the service was down at seven', async () => {
    app.clock.set('2026-11-27T15:30:00Z')
    expect(await mailing.mailCheckpoint()).toBe(2)
    expect(house.arrived).toHaveLength(2)
  })

  it('has the same size on a quiet day and on one with concerns, and no word of any', async () => {
    const quiet = await aDay('2026-11-28')
    const canaries = Array.from({ length: 3 }, (_, n) => ({ name: `narrative ${n}`, text: newCanaryWord() }))
    for (const { text } of canaries) await raise(text)
    expect((await app.database.asSuperuser.query('select 1 from outbox_letter where sent_at is null')).rows).toEqual([])
    const busy = await aDay('2026-11-29')
    expect(busy.map(({ length }) => length)).toEqual(quiet.map(({ length }) => length))
    const sizes = (await entries('checkpoint_mailed')).map(({ fields }) => Number(fields['size']))
    // Two batches from evening to morning are not in these days’ clock: each day here has two
    expect(sizes.at(-1)! - sizes.at(-2)!).toBe(2 * realPace.measure)
    const aliases = (
      await app.database.asSuperuser.query<{ id: string }>('select id::text from concern union select log_alias::text from concern')
    ).rows
    const scanner = createScanner([...canaries, ...aliases.map(({ id }) => ({ name: 'id of a concern', text: id }))])
    for (const letter of busy) {
      expect(scanner.scan('letter', Buffer.from(letter, 'latin1'))).toEqual([])
      expect(scanner.scan('its text', Buffer.from(letter.replaceAll('=\r\n', ''), 'latin1'))).toEqual([])
      expect(scanner.scan('its file', Buffer.from(noteIn(letter)))).toEqual([])
    }
  })

  it('names nobody in the log, and gives no address to the account of changes', async () => {
    const changed = (await entries('settings_changed')).filter(({ fields }) => fields['setting'] === 'checkpoint_readers')
    expect(changed).toHaveLength(2)
    const { rows } = await app.database.asSuperuser.query<{ line: string }>(
      'select t::text as line from staff_entry t union all select t::text from setting_change t union all select t::text from cover_entry t',
    )
    for (const { address } of readers) expect(rows.filter(({ line }) => line.includes(address))).toEqual([])
    const kept = (await settings().viewChanges(sam)).flatMap(({ added }) => added.map(({ role }) => role))
    expect(kept.toSorted()).toEqual(['Board secretary', 'Staff side'])
  })

  it('takes back what waits for somebody who was taken off, and the next day goes to the others', async () => {
    const { port } = house
    await house.stop()
    app.clock.set('2026-11-30T07:00:00Z')
    expect(await mailing.mailCheckpoint()).toBe(2)
    expect((await settings().viewCheckpointReaders(sam)).mail).toMatchObject({ setUp: true, waiting: 2, failed: 0, fault: 'unreachable' })
    const { items } = await settings().viewCheckpointReaders(sam)
    await settings().removeCheckpointReader(sam, items.find(({ name }) => name === 'Priya Nair')!.id, await change())
    expect((await settings().viewCheckpointReaders(sam)).mail).toMatchObject({ waiting: 1 })
    house = await startMailServer({ allowInsecureAuth: true }, port)
    app.clock.set('2026-11-30T08:00:00Z')
    expect(await mailing.deliver()).toBe(1)
    expect(house.arrived.map(({ to }) => to)).toEqual([['tom@union.example']])
    expect((await app.database.asSuperuser.query('select distinct address from outbox_letter')).rows).toEqual([
      { address: 'tom@union.example' },
    ])
  })
})

describe('whoever watches the service', () => {
  const warnings = async (wanted: boolean, setUp: boolean, failed: number, settings: HealthDeps['settings'] = app.service.settings) => {
    const { warnings: told, reasons } = await createHealth({
      database: app.database.database,
      clock: app.clock,
      directory: app.service.accounts.directory,
      settings,
      pace: { ...realPace, byTheClock: false },
      workerAlive: () => true,
      signing: () => ({ reasons: [], warnings: [] }),
      lacks: () => [],
      mail: { wanted, ways: { setUp, callsSetUp: false }, state: async () => ({ setUp, failed }) },
    }).ready()
    // No worker has swept here
    return [reasons, told.filter((warning) => warning !== 'sweep_late')]
  }

  it('is told where real people’s service has no mail, and where letters cannot be sent, and it stays open', async () => {
    expect(await warnings(true, false, 0)).toEqual([[], ['mail_not_set_up']])
    expect(await warnings(true, true, 2)).toEqual([[], ['mail_failed']])
    expect(await warnings(true, true, 0)).toEqual([[], []])
    expect(await warnings(false, false, 0)).toEqual([[], []])
  })

  it('is told where a real service calls nobody for danger, and where there are hours without anybody', async () => {
    const now = await app.service.settings.current()
    const person = { name: 'Site manager', number: '2222', email: '', days: 'every_day', from: '08:00', until: '20:00' } as const
    const night = { ...person, from: '20:00', until: '08:00' }
    const told = async (...people: OnCallPerson[]) => {
      const values = { ...now.values, onCall: { people, outside: '', patience: 30 } }
      const organisation = { ...now.organisation, stamp: 'real' as const }
      return warnings(true, true, 0, { current: async () => ({ ...now, organisation, values }) })
    }
    expect(await told()).toEqual([[], ['on_call_empty']])
    expect(await told(person)).toEqual([[], ['on_call_gaps']])
    // A number alone is rung by nobody where neither text messages nor pagers are set up
    expect(await told(person, night)).toEqual([[], ['on_call_gaps']])
    const reached = { email: 'site@oncall.example' }
    expect(await told({ ...person, ...reached }, { ...night, ...reached })).toEqual([[], []])
  })
})
