import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServiceClient } from '../../scripts/walk/client.ts'
import { createStaff } from '../../scripts/walk/staff.ts'
import { walkAll } from '../../scripts/walk/walk.ts'
import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import { createApp } from '../../src/app.ts'
import { compose, prepare, type Service } from '../../src/composition.ts'
import { bootstrap, type Logins } from '../../src/database/bootstrap.ts'
import { driverConfig, type ServerLogin } from '../../src/database/connection.ts'
import { startEmbeddedServer, type EmbeddedServer } from '../../src/database/embedded/start.ts'
import { openServer } from '../../src/database/index.ts'
import { londonDate, Secret, systemClock, systemRandom } from '../../src/kernel/index.ts'
import { asSuperuserOf, freePort, newHousehold, startService } from '../support/process.ts'
import { send } from '../support/process-http.ts'
import { faultsOfRows } from '../support/process-whole.ts'

/** Debian keeps each major version in a folder of its own; the oldest we promise comes first. */
const debian = '/usr/lib/postgresql'
const binaries = existsSync(debian)
  ? readdirSync(debian)
      .filter((name) => Number(name) >= 15 && existsSync(join(debian, name, 'bin', 'initdb')))
      .toSorted((a, b) => Number(a) - Number(b))
      .map((name) => join(debian, name, 'bin'))[0]
  : undefined

if (binaries === undefined) {
  describe('an operator’s PostgreSQL', () => {
    it('is missing on this machine, which CI does not let pass', () => {
      console.log('DATABASE_URL is not tested here: no PostgreSQL 15 or later in /usr/lib/postgresql')
      expect(process.env['CI']).not.toBe('true')
    })
  })
}

describe.skipIf(binaries === undefined)('an operator’s PostgreSQL, by DATABASE_URL', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-operator-'))
  chmodSync(folder, 0o711)
  let operators: EmbeddedServer
  let logins: Logins
  let service: Service
  let server: Server
  let origin: string
  const urlOf = ({ host, port, user, database, password }: ServerLogin) =>
    `postgres://${user}:${encodeURIComponent(password.reveal())}@${host}:${port}/${database}`

  beforeAll(async () => {
    const port = await freePort()
    const dataDir = join(folder, 'operator')
    operators = await startEmbeddedServer({
      dataDir,
      rootsFolder: join(folder, 'root'),
      binaries: binaries!,
      port,
      durable: false,
      log: () => {},
    })
    const superuser = { ...operators.superuser, host: '127.0.0.1', port }
    logins = await bootstrap(superuser, operators.places.secrets, systemRandom)
    const choice = { url: new Secret(urlOf(logins.app)), ownerUrl: new Secret(urlOf(logins.owner)) }
    const opened = await openServer(choice, () => {})
    expect(opened.migrationsApplied).toBeGreaterThan(2)
    expect((await openServer(choice, () => {})).migrationsApplied).toBe(0)
    const ours = join(folder, 'ours')
    const world = {
      config: { mode: 'demonstration' as const, data: { dir: ours, secretsDir: join(ours, 'secrets') } },
      clock: systemClock,
      random: systemRandom,
      log: () => {},
      passwordCost: { memoryKiB: 64, passes: 1 },
    }
    service = await compose(world, opened.app, { maxConnections: 8 })
    const open = await prepare(service, world)
    const timer = { now: () => 0, wait: async () => {} }
    const { app } = createApp(service, { publicOrigin: 'http://127.0.0.1', trustProxy: false, demonstration: true, open, timer })
    server = createServer(app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }, 120_000)
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await service.close()
    await operators.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is of a version we promise, and not the one we bring', async () => {
    const client = await asSuperuserOf(inDatabase(operators.superuser))
    const { rows } = await client.query<{ version: string }>('show server_version_num')
    await client.end()
    expect(Number(Object.values(rows[0]!)[0])).toBeGreaterThanOrEqual(150_000)
    expect(Number(Object.values(rows[0]!)[0])).toBeLessThan(180_000)
  })

  it('takes every case through its handling, raised to resolved', async () => {
    const client = createServiceClient(origin)
    const codes = {
      password: demonstrationPeople[0]!.password,
      code: (steps: number) => demonstrationCode(systemClock.now().add({ seconds: 30 * steps })),
      nextCode: () => pause(30_000),
    }
    const lines: string[] = []
    const sound = await walkAll({ client, staff: createStaff(client, codes), today: () => londonDate(systemClock.now()) }, (line) =>
      lines.push(line),
    )
    // The lines are there to be read where it fails
    expect([sound, lines]).toEqual([true, lines])
    expect(lines.filter((line) => / resolved /.test(line)).length).toBeGreaterThan(0)
  })

  it('holds whole concerns and a log that agrees with them', async () => {
    const client = await asSuperuserOf(inDatabase(operators.superuser))
    const faults = await faultsOfRows(client, 2)
    await client.end()
    expect(faults.filter((fault) => !fault.includes('lacks a grant'))).toEqual([])
  })

  it('gives the service no right to change or empty the log there either', async () => {
    const client = new pg.Client(driverConfig(logins.app))
    await client.connect()
    for (const statement of [
      'delete from staff_entry',
      'update reporter_entry set kind = kind',
      'truncate staff_entry',
      'drop table staff_entry',
    ])
      await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/)
    await client.end()
  })

  it('runs the real service closed until it has been set up, and stays when that ends', async () => {
    const url = {
      DATABASE_URL: urlOf({ ...logins.app, database: await secondDatabase() }),
      DATABASE_OWNER_URL: urlOf({ ...logins.owner, database: 'second' }),
      DATABASE_SIGNER_URL: urlOf({ ...logins.signer, database: 'second' }),
      PUBLIC_ORIGIN: 'https://speak.example.org',
    }
    const house = await newHousehold(url)
    const running = await startService(house)
    const answer = await send(running.origin, '/api/v1/concerns', { body: { narrative: 'Is anybody there?' } })
    const page = await send(running.origin, '/')
    const { code } = await running.stop()
    expect([answer.status >= 400, code]).toEqual([true, 0])
    expect(answer.text).not.toContain('internal_error')
    expect(page.status).toBeLessThan(600)
    for (const { password } of [logins.app, logins.owner, logins.signer]) expect(house.console.join('')).not.toContain(password.reveal())
    const client = await asSuperuserOf(inDatabase(operators.superuser))
    await client.query('select 1')
    await client.end()
    await house.remove()
  })

  /** As an operator makes it by hand: owned by the owner, entered by the service's and the signer's. */
  async function secondDatabase(): Promise<string> {
    const client = await asSuperuserOf(operators.superuser)
    await client.query(`create database second owner ${logins.owner.user} template template0 encoding 'UTF8'`)
    await client.query(
      `revoke all on database second from public; grant connect on database second to ${logins.app.user}, ${logins.signer.user}`,
    )
    await client.end()
    return 'second'
  }

  const inDatabase = (login: ServerLogin): ServerLogin => ({ ...login, database: logins.app.database })
})
