import { existsSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { bootstrap } from '../../../src/database/bootstrap.ts'
import type { ServerLogin } from '../../../src/database/connection.ts'
import { placesFor } from '../../../src/database/embedded/places.ts'
import { startEmbeddedServer } from '../../../src/database/embedded/start.ts'
import {
  assertAppRoleIsHarmless,
  connectionOf,
  createDatabase,
  driverConfig,
  migrate,
  openServer,
  signerConnectionOf,
  unloggedTransaction,
  type Connection,
} from '../../../src/database/index.ts'
import { newId, Secret, systemRandom } from '../../../src/kernel/index.ts'
import { leaveNothing, newGround } from '../../support/database-process.ts'

leaveNothing()
const silent = () => {}

describe('a server of our own', () => {
  const ground = newGround()

  test('is ready for the service on the first start, and the background process finds it by the data folder alone', async () => {
    const events: string[] = []
    const server = await openServer(ground, (event) => events.push(event))
    expect(events).toEqual(['database_started'])
    expect(server.migrationsApplied).toBeGreaterThan(0)
    await writeAndRead(server.app)
    expect(connectionOf(ground)).toEqual(server.app)
    expect(signerConnectionOf(ground)).toMatchObject({ user: 'forthright_signer' })
    await server.stop()
  })

  test('has nothing to migrate on the next, and keeps what was written', async () => {
    const server = await openServer(ground, silent)
    expect(server.migrationsApplied).toBe(0)
    expect(await receipts(server.app)).toBe(1)
    await server.stop()
  })

  test('a login’s password that was lost is made anew, and the login works with it', async () => {
    const { secrets } = placesFor(ground.dataDir, ground.rootsFolder)
    rmSync(join(secrets, 'database-app'))
    const server = await openServer(ground, silent)
    expect(await receipts(server.app)).toBe(1)
    await server.stop()
  })

  test('npm run migrate works whether it runs or not, and leaves it as it was', async () => {
    expect(await migrate(ground, silent)).toBe(0)
    const server = await openServer(ground, silent)
    expect(await migrate(ground, silent)).toBe(0)
    expect(await receipts(server.app)).toBe(1)
    await server.stop()
  })

  test('a background process without a database is told to wait for the web process', () => {
    expect(() => connectionOf(newGround())).toThrow(/start the web process first/)
  })

  test('the command npm run migrate says what it did', () => {
    const { dataDir } = newGround()
    const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'migrate.ts')
    const run = (env: Record<string, string>) =>
      execFileSync(process.execPath, [script], { encoding: 'utf8', stdio: 'pipe', env: { PATH: process.env['PATH'], ...env } })
    expect(() => run({ DATABASE_URL: 'postgresql://forthright_app@127.0.0.1/forthright', DATA_DIR: dataDir })).toThrow(
      /need DATABASE_OWNER_URL/,
    )
  })
})

const debian = '/usr/lib/postgresql/15/bin'

describe.runIf(existsSync(debian))('the operator’s server, PostgreSQL 15 over TCP', async () => {
  const ground = newGround()
  const port = await freePort()
  const server = await startEmbeddedServer({ ...ground, binaries: debian, port, durable: false, log: silent })
  const { owner, app, signer } = await bootstrap(server.superuser, server.places.secrets, systemRandom)
  afterAll(() => server.stop())
  const url = ({ user, password }: ServerLogin) => new Secret(`postgresql://${user}:${password.reveal()}@127.0.0.1:${port}/forthright`)

  test('without the owner’s login an empty database is refused, with the way out', async () => {
    await expect(openServer({ url: url(app) }, silent)).rejects.toThrow(/needs \d+ migrations. Set DATABASE_OWNER_URL/)
  })

  test('with it the database is brought to this release, once, and serves the application’s login', async () => {
    const choice = { url: url(app), ownerUrl: url(owner), signerUrl: url(signer) }
    const opened = await openServer(choice, silent)
    expect(opened.migrationsApplied).toBeGreaterThan(0)
    await writeAndRead(opened.app)
    await opened.stop()
    expect((await openServer({ url: url(app) }, silent)).migrationsApplied).toBe(0)
    expect(connectionOf(choice)).toEqual(opened.app)
    expect(signerConnectionOf(choice)).toEqual({ url: choice.signerUrl })
  })

  test('roles that are missing are named, with the words that make them', async () => {
    const superuser = new pg.Client(driverConfig(server.superuser))
    await superuser.connect()
    await superuser.query('alter role forthright_auditor rename to forthright_elsewhere')
    await expect(openServer({ url: url(app), ownerUrl: url(owner) }, silent)).rejects.toThrow(
      /lacks forthright_auditor\. As its superuser: create role forthright_auditor login/,
    )
    await superuser.query('alter role forthright_elsewhere rename to forthright_auditor')
    await superuser.end()
  })

  test('a login it does not know is told so, without the password', async () => {
    const wrong = new Secret(`postgresql://forthright_app:canary@127.0.0.1:${port}/forthright`)
    for (const choice of [
      { url: wrong },
      { url: url(app), ownerUrl: wrong },
      { url: url(app), signerUrl: wrong },
      { url: new Secret('postgresql://canary@127.0.0.1:1/forthright') },
    ]) {
      const error: unknown = await openServer(choice, silent).catch((failure: unknown) => failure)
      expect(error).toMatchObject({
        name: 'CannotStart',
        message: expect.stringMatching(/does not let us in \((28P01|ECONNREFUSED)\)/) as string,
      })
      expect(String(error)).not.toContain('canary')
    }
  })
})

async function writeAndRead(connection: Connection): Promise<void> {
  const database = createDatabase({ connection, maxConnections: 2 })
  await assertAppRoleIsHarmless(database)
  const id = Buffer.from(newId(systemRandom))
  await unloggedTransaction(database, (tx) =>
    tx.receipt.create({ data: { id, sealed: Buffer.from('sealed'), purgeOn: new Date('2026-01-31') } }),
  )
  expect(await database.read((tx) => tx.receipt.count({ where: { id } }))).toBe(1)
  await database.close()
}

async function receipts(connection: Connection): Promise<number> {
  const database = createDatabase({ connection, maxConnections: 1 })
  const count = await database.read((tx) => tx.receipt.count())
  await database.close()
  return count
}

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  await new Promise((resolve) => listener.close(resolve))
  return port
}
