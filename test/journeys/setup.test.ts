import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { livingIn } from '../../src/database/embedded/processes.ts'
import { newId, systemRandom } from '../../src/kernel/index.ts'
import { readShare } from '../../src/vault/index.ts'
import { freshDatabase } from '../support/database.ts'
import { asSuperuser, newHousehold, startService, untilReady, type Household, type RunningService } from '../support/process.ts'
import { send } from '../support/process-http.ts'
import {
  administrator,
  codeFor,
  converse,
  copiesTheCode,
  guardian,
  setsUp,
  setsUpToTheEnd,
  type TakenHome,
} from '../support/terminal-process.ts'

const newTrust = async (): Promise<Household> => {
  const house = await newHousehold({})
  return { ...house, settings: { NODE_ENV: 'production', PUBLIC_ORIGIN: `http://127.0.0.1:${house.port}` } }
}

describe('a trust set up from nothing', { timeout: 240_000 }, () => {
  let house: Household
  let taken: TakenHome
  let service: RunningService
  beforeAll(async () => {
    house = await newTrust()
    taken = await setsUp(house)
    service = await startService(house)
    await untilReady(service)
  }, 200_000)
  afterAll(async () => {
    await service.stop()
    await house.remove()
  })

  const call = (path: string, options: Parameters<typeof send>[2] = {}) => send(service.origin, `/api/v1${path}`, options)
  const signIn = async ({ email, password }: typeof guardian, seed: string) => {
    const answer = await call('/sessions', { body: { email, password, otp: codeFor(seed) } })
    expect(answer.status).toBe(201)
    return { Authorization: `Bearer ${answer.json<{ accessToken: string }>().accessToken}` }
  }

  it('is open: somebody raises a concern, the guardian just made acknowledges it, and the answer reaches the inbox', async () => {
    const raised = await call('/concerns', {
      body: { narrative: 'The syringe pumps on ward 4 are two years past their test.', site: 'Ely Road Hospital' },
      headers: { 'Idempotency-Key': newId(systemRandom) },
    })
    expect(raised.status).toBe(201)
    const { token, readers } = raised.json<{ token: string; readers: { name: string }[] }>()
    expect(readers.map(({ name }) => name)).toEqual([guardian.name])
    const headers = await signIn(guardian, taken.guardianSeed)
    const queue = (await call('/concerns', { headers })).json<{ items: { id: string; version: number }[] }>()
    const [concern] = queue.items
    const acknowledged = await call(`/concerns/${concern!.id}/actions/acknowledge`, {
      body: { expectedVersion: concern!.version, message: 'Thank you. I will look at this today.' },
      headers,
    })
    expect([acknowledged.status, acknowledged.text.slice(0, 300)]).toEqual([200, expect.any(String)])
    const inbox = (await call('/inbox', { body: { token } })).json<{ stage: string; messages: { body: string }[] }>()
    expect([inbox.stage, inbox.messages.at(-1)?.body]).toEqual(['acknowledged', 'Thank you. I will look at this today.'])
  })

  it('lets the administrator in, and shows them no concern', async () => {
    const headers = await signIn(administrator, taken.administratorSeed)
    expect((await call('/concerns', { headers })).status).toBe(403)
  })

  it('says while there is only one guardian that nobody reads when that one is away', async () => {
    expect(house.console.join('')).toContain('"one_guardian"')
    expect(house.console.join('')).toMatch(/only one guardian/i)
    const ready = await send(service.origin, '/readyz')
    expect(ready.json()).toEqual({ ready: true, reasons: [], warnings: ['one_guardian', 'mail_not_set_up', 'on_call_empty'] })
  })

  it('shows no demonstration: no banner, no sample concern, nobody of the demonstration can sign in', async () => {
    expect((await send(service.origin, '/')).text).not.toContain('Do not raise real concerns here')
    const answer = await call('/sessions', { body: { email: 'guardian@demo.test', password: 'demonstration only 2026', otp: '123456' } })
    expect(answer.status).toBe(401)
  })

  it('is stamped as real, with an entry for each thing that was made', async () => {
    const client = await asSuperuser(house)
    const organisation = await client.query('select name, stamp, ods_code from organisation')
    const entries = await client.query<{ kind: string; text: string }>(
      `select kind, text from staff_entry where kind in ('organisation_opened', 'recovery_key_made', 'recovery_code_made', 'person_added', 'recipient_set_signed') order by kind, text::json -> 'actor' ->> 'role'`,
    )
    await client.end()
    expect(organisation.rows).toEqual([{ name: 'Fenland Hospitals NHS Trust', stamp: 'real', ods_code: 'RX9' }])
    const said = entries.rows.map(({ kind, text }) => [kind, (JSON.parse(text) as { actor: { role: string } }).actor.role])
    expect(said).toEqual([
      ['organisation_opened', 'system'],
      ['person_added', 'system'],
      ['person_added', 'system'],
      ['recipient_set_signed', 'guardian'],
      ['recovery_code_made', 'administrator'],
      ['recovery_code_made', 'guardian'],
      ['recovery_key_made', 'system'],
    ])
  })

  it('kept no piece of the recovery key, no password and no seed in the database, the files or on the console of the service', async () => {
    const client = await asSuperuser(house)
    const tables = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
    const dump: string[] = []
    for (const { name } of tables.rows) dump.push(JSON.stringify((await client.query(`select * from "${name}"`)).rows))
    await client.end()
    const pins = readFileSync(join(house.places.secrets, 'pins.json'), 'utf8')
    const page = readFileSync(join(house.dataDir, 'fingerprints.txt'), 'utf8')
    const everything = [...dump, pins, page, house.console.join('')].join('\n')
    for (const rows of taken.shares) {
      const reading = readShare(rows.join('\n'))
      if (!reading.ok) throw new Error('a share that was shown cannot be read')
      const secret = Buffer.from(reading.share.content.reveal().slice(8, 41))
      for (const form of [
        rows[2]!,
        rows[2]!.replaceAll(' ', ''),
        secret.toString('hex').slice(0, 24),
        secret.toString('base64').slice(0, 16),
      ])
        expect(everything).not.toContain(form)
      expect(dump.join('')).not.toContain(JSON.stringify([...secret].slice(0, 12)).slice(1, -1))
    }
    for (const form of [guardian.password, administrator.password, taken.guardianSeed.replaceAll(' ', '')])
      expect(everything).not.toContain(form)
  })

  it('left a page of fingerprints to print, which is the one that was shown and fits the pins', () => {
    const file = join(house.dataDir, 'fingerprints.txt')
    expect(readFileSync(file, 'utf8').trim()).toBe(taken.page)
    expect(statSync(file).mode & 0o077).toBe(0)
    const pins = JSON.parse(readFileSync(join(house.places.secrets, 'pins.json'), 'utf8')) as { guardians: string[] }
    expect(taken.page).toContain(pins.guardians[0]!)
    expect(Math.max(...taken.page.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('is set up once: a second run changes nothing', async () => {
    await service.stop()
    const before = readFileSync(join(house.places.secrets, 'pins.json'), 'utf8')
    const again = converse(house, 'setup.ts')
    expect(await again.ended).toBe(1)
    expect(again.all()).toContain('set up already')
    expect(again.all()).not.toContain('Name of the organisation')
    expect(readFileSync(join(house.places.secrets, 'pins.json'), 'utf8')).toBe(before)
    service = await startService(house)
    await untilReady(service)
  })

  it('will not be a demonstration afterwards', async () => {
    await service.stop()
    await expect(startService({ ...house, settings: {} })).rejects.toThrow(/holds real concerns/)
    service = await startService(house)
  })
})

describe('a setup that is stopped', { timeout: 240_000 }, () => {
  it.each([
    ['killed at the last question', async (talk: ReturnType<typeof converse>) => talk.kill()],
    ['left with Ctrl+D', async (talk: ReturnType<typeof converse>) => talk.hangUp()],
  ])('%s leaves a closed service and an empty database, and works when it is run again', async (_, stop) => {
    const house = await newTrust()
    try {
      const talk = converse(house, 'setup.ts')
      await setsUpToTheEnd(talk)
      await stop(talk)
      expect(await talk.ended).not.toBe(0)
      expect(existsSync(join(house.places.secrets, 'pins.json'))).toBe(false)
      const closed = await startService(house)
      const client = await asSuperuser(house)
      const counts = await client.query(
        `select (select count(*) from organisation) + (select count(*) from person) + (select count(*) from staff_entry)
          + (select count(*) from recipient_set) as rows`,
      )
      await client.end()
      expect(counts.rows).toEqual([{ rows: '0' }])
      expect((await send(closed.origin, '/api/v1/concerns', { body: { narrative: 'x' } })).json()).toMatchObject({ code: 'not_set_up' })
      await closed.stop()
      // What a run leaves that is killed between its pins and the end of its transaction
      const pins = { recoveryKey: 'of a run that was killed', guardians: [], set: null }
      writeFileSync(join(house.places.secrets, 'pins.json'), JSON.stringify(pins), { mode: 0o600 })
      await setsUp(house)
      const open = await startService(house)
      await untilReady(open)
      await open.stop()
    } finally {
      await house.remove()
    }
  })
})

describe('a trust with a PostgreSQL of its own', { timeout: 120_000 }, () => {
  it('is set up in it by DATABASE_URL, and opens with the same settings', async () => {
    const fresh = await freshDatabase()
    const house = await newTrust()
    const urlOf = ({ host, port, user, database, password }: typeof fresh.app) =>
      `postgres://${user}:${encodeURIComponent(password.reveal())}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
    const urls = { DATABASE_URL: urlOf(fresh.app), DATABASE_OWNER_URL: urlOf(fresh.owner), DATABASE_SIGNER_URL: urlOf(fresh.signer) }
    const own = { ...house, settings: { ...house.settings, ...urls } }
    try {
      await setsUp(own)
      const service = await startService(own)
      await untilReady(service)
      const raised = await send(service.origin, '/api/v1/concerns', {
        body: { narrative: 'The fire door is chained.' },
        headers: { 'Idempotency-Key': newId(systemRandom) },
      })
      expect(raised.status).toBe(201)
      await service.stop()
      expect(existsSync(house.places.cluster)).toBe(false)
      const { rows } = await fresh.asSuperuser.query('select stamp from organisation')
      expect(rows).toEqual([{ stamp: 'real' }])
    } finally {
      await fresh.drop()
      await house.remove()
    }
  })
})

describe('setup asks again', { timeout: 120_000 }, () => {
  it('for what will not do, says why, and never takes one person for two', async () => {
    const house = await newTrust()
    try {
      const talk = converse(house, 'setup.ts')
      await talk.answers(/Name of the organisation:/, '')
      await talk.answers(/there has to be one[\s\S]+Name of the organisation:/, 'A trust')
      await talk.answers(/ODS code/, 'not a code')
      await talk.answers(/three to six letters[\s\S]+ODS code/, '')
      await talk.answers(/Team that receives/, 'Team one')
      await talk.answers(/Another such team/, 'team ONE')
      await talk.answers(/on the list already[\s\S]+Another such team/, '')
      await talk.answers(/A site/, '')
      await talk.answers(/How people reach/, 'Room 1')
      await talk.answers(/Name of the guardian/, guardian.name)
      await talk.answers(/Work e-mail/, 'amina')
      await talk.answers(/Write an address[\s\S]+Work e-mail/, guardian.email)
      await talk.answers(/Password of 15/, 'short')
      await talk.answers(/15 characters or more[\s\S]+Password of 15/, 'passwordpassword1')
      await talk.answers(/easy to guess[\s\S]+Password of 15/, guardian.password)
      await talk.answers(/same again/, 'something else here')
      await talk.answers(/not the same[\s\S]+Password of 15/, guardian.password)
      await talk.answers(/same again/, guardian.password)
      const seed = /by hand: ([A-Z2-7 ]+)/.exec(await talk.hears(/by hand: [A-Z2-7 ]+\n/))![1]!
      await talk.answers(/digits the app/, '12345')
      await talk.answers(/not the digits[\s\S]+digits the app/, codeFor(seed))
      const shownCode = await talk.answers(/Group \d, from the paper:/, 'AAAA')
      const group = Number(/Group (\d),/.exec(shownCode)![1])
      await talk.answers(/not that group[\s\S]+from the paper:/, new RegExp(`${group}\\. (\\w{4})`).exec(shownCode)![1]!)
      await talk.answers(/Name of the administrator/, guardian.name.toUpperCase())
      await talk.answers(/are two people[\s\S]+Name of the administrator/, administrator.name)
      await talk.answers(/Work e-mail/, guardian.email)
      await talk.answers(/are two people[\s\S]+Work e-mail/, administrator.email)
      for (const password of [guardian.password, administrator.password]) expect(talk.all()).not.toContain(password)
      await talk.answers(/Password of 15/, administrator.password)
      await talk.answers(/same again/, administrator.password)
      const other = /by hand: ([A-Z2-7 ]+)/.exec(await talk.hears(/by hand: [A-Z2-7 ]+\n/))![1]!
      await talk.answers(/digits the app/, codeFor(other))
      await copiesTheCode(talk)
      await talk.answers(/Press Enter/, '')
      const shown = await talk.hears(/Then type two rows back/)
      const rows = [...shown.matchAll(/^ {4}\d\. {2}(.+)$/gm)].map(([, row = '']) => row)
      const row = Number(/Row (\d) of share 1:/.exec(await talk.hears(/Row \d of share 1:/))![1])
      const wrong = rows[row - 1]!.replace(/^./, (symbol) => (symbol === 'Z' ? 'Y' : 'Z'))
      await talk.answers(/ /, wrong)
      await talk.answers(new RegExp(`typing error in group 1 of row ${row}[\\s\\S]+Row ${row} of share 1:`), rows[0]!)
      await talk.hears(/typing error/)
      await talk.kill()
    } finally {
      await house.remove()
    }
    expect(livingIn(house.places.cluster)).toEqual([])
  })

  it('for nothing where the settings are those of a demonstration', async () => {
    const house = await newHousehold({})
    const talk = converse(house, 'setup.ts')
    expect(await talk.ended).toBe(1)
    expect(talk.all()).toMatch(/NODE_ENV=production and PUBLIC_ORIGIN/)
    await house.remove()
  })
})
