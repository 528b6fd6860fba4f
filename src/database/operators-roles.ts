import pg from 'pg'
import { neededRoles } from './bootstrap.ts'
import { CannotStart } from './cannot-start.ts'
import { driverConfig, type Connection } from './connection.ts'

/** Migrations grant rights to these roles, and a server of the operator's gets none from us: told before a migration fails over one. */
export async function refuseMissingRoles(login: Connection): Promise<void> {
  const client = new pg.Client(driverConfig(login))
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>('select rolname as name from pg_roles where rolname = any($1)', [neededRoles])
    const missing = neededRoles.filter((name) => !rows.some((row) => row.name === name))
    if (missing.length === 0) return
    const words = missing.map((name) => `create role ${name} login password '…'; grant connect on database forthright to ${name};`)
    throw new CannotStart(`The PostgreSQL of DATABASE_URL lacks ${missing.join(' and ')}. As its superuser: ${words.join(' ')}`)
  } finally {
    await client.end()
  }
}
