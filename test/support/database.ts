import { chmodSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import { admitOnlyOurs } from '../../src/database/bootstrap.ts'
import { driverConfig, type ServerLogin } from '../../src/database/connection.ts'
import { createDatabase, type Database } from '../../src/database/index.ts'
import { newId, Secret, systemRandom } from '../../src/kernel/index.ts'
import { demonstrationName, templateName, type TestLogin } from './postgres.ts'

/** A migrated, empty database of a test file's own. */
export interface FreshDatabase {
  /** Open as the service opens it: with the application's rights. */
  readonly database: Database
  /** Logins, for what opens connections of its own. */
  readonly app: ServerLogin
  readonly owner: ServerLogin
  readonly signer: ServerLogin
  readonly auditor: ServerLogin
  readonly superuser: ServerLogin
  /** A connection that may do anything: for tampering, and for looking at rows as a thief would. */
  readonly asSuperuser: pg.Client
  /** Closes both and removes the database. Throws where the test left a connection of its own open. Call it in `afterAll`. */
  drop(): Promise<void>
}

export interface FreshDatabaseOptions {
  /** Connections of `database` at most. */
  readonly maxConnections?: number
  /** What is in it: not even tables, tables (the default), or the demonstration's settings and people, who want `demonstrationSecrets`. */
  readonly holds?: keyof typeof templates
}

const templates = { nothing: 'template0', tables: templateName, demonstration: demonstrationName } as const

export async function freshDatabase({ maxConnections = 5, holds = 'tables' }: FreshDatabaseOptions = {}): Promise<FreshDatabase> {
  const name = `test_${newId(systemRandom).replaceAll('-', '')}`
  await atMaintenance(async (client) => {
    await client.query(`create database ${name} owner forthright_owner template ${templates[holds]} strategy wal_log`)
    await admitOnlyOurs(client, name)
  })
  const server = inject('testServer')
  const login = (who: 'app' | 'owner' | 'signer' | 'auditor' | 'superuser') => enter(name, server[who])
  const [app, owner, signer, auditor, superuser] = [login('app'), login('owner'), login('signer'), login('auditor'), login('superuser')]
  const database = createDatabase({ connection: app, maxConnections })
  const asSuperuser = new pg.Client({ ...driverConfig(superuser), application_name: 'test superuser' })
  await asSuperuser.connect()
  const drop = async () => {
    await database.close()
    await asSuperuser.end()
    await dropDatabase(name)
  }
  return { database, app, owner, signer, auditor, superuser, asSuperuser, drop }
}

/** A copy of the secrets that the people of a database that `holds` the demonstration were made with. */
export function demonstrationSecrets(secretsDir: string): void {
  cpSync(inject('testServer').demonstrationSecrets, secretsDir, { recursive: true })
  for (const folder of ['', 'server', 'duty']) chmodSync(join(secretsDir, folder), 0o700)
}

async function dropDatabase(name: string): Promise<void> {
  await atMaintenance(async (client) => {
    const left = await leftOpen(client, name)
    await client.query(`drop database ${name} with (force)`)
    if (left.length > 0) throw new Error(`the test left ${left.length} connections open: ${left.join(', ')}`)
  })
}

/** A closed connection's process needs a moment to end; one that is still there after a second was forgotten. */
async function leftOpen(client: pg.Client, name: string): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await client.query<{ who: string }>(
      `select usename || ' (' || application_name || ')' as who from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    )
    if (rows.length === 0 || tries === 50) return rows.map(({ who }) => who)
    await pause(20)
  }
}

async function atMaintenance(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(driverConfig(enter('postgres', inject('testServer').superuser)))
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function enter(database: string, { user, password }: TestLogin): ServerLogin {
  const { host, port } = inject('testServer')
  return { host, port, database, user, password: new Secret(password) }
}
