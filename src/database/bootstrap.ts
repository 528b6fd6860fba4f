import pg from 'pg'
import type { Random } from '../kernel/index.ts'
import { driverConfig, type ServerLogin } from './connection.ts'
import { readOrMakePassword, type LoginName } from './secrets.ts'

/** The two logins the product uses, by these exact names: migrations grant rights to them. */
export const ownerRole = 'forthright_owner'
export const appRole = 'forthright_app'
export const databaseName = 'forthright'

/** The way into the product's database as each of its two roles. */
export interface Logins {
  readonly owner: ServerLogin
  readonly app: ServerLogin
}

/**
 * Makes what a server needs before migrations: the roles, with random passwords kept in `secretsDir`, and an empty database that
 * only they may enter. Done again at every start it changes nothing. `superuser` is a login to the maintenance database.
 */
export async function bootstrap(
  superuser: ServerLogin,
  secretsDir: string,
  random: Random,
  database: string = databaseName,
): Promise<Logins> {
  const owner = await loginOf(ownerRole, 'database-owner', secretsDir, random)
  const app = await loginOf(appRole, 'database-app', secretsDir, random)
  const client = new pg.Client(driverConfig(superuser))
  await client.connect()
  try {
    const there = await whatIsThere(client, database)
    for (const login of [owner, app]) {
      if (login.made || !there.has(login.role)) await setRole(client, login.role, login.password.reveal(), there.has(login.role))
    }
    if (!there.has(`database ${database}`)) await makeDatabase(client, database)
  } finally {
    await client.end()
  }
  const enter = (login: { role: string; password: ServerLogin['password'] }) => ({
    ...superuser,
    database,
    user: login.role,
    password: login.password,
  })
  return { owner: enter(owner), app: enter(app) }
}

async function loginOf(role: string, secret: LoginName, secretsDir: string, random: Random) {
  return { role, ...readOrMakePassword(secretsDir, secret, random) }
}

async function whatIsThere(client: pg.Client, database: string): Promise<Set<string>> {
  const found = await client.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname = any($1) union all select 'database ' || datname from pg_database where datname = $2`,
    [[ownerRole, appRole], database],
  )
  return new Set(found.rows.map(({ name }) => name))
}

async function setRole(client: pg.Client, role: string, password: string, exists: boolean): Promise<void> {
  const attributes = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
  await client.query(`${exists ? 'alter' : 'create'} role ${role} ${attributes} password ${pg.escapeLiteral(password)}`)
}

/** Not in one transaction, which `create database` refuses: a run killed in between is finished by the next. */
async function makeDatabase(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await client.query(`create database ${name} owner ${ownerRole} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`)
  await admitOnlyOurs(client, database)
}

/** Takes away everybody's right to enter and gives it to the product's roles. A copy of a database does not inherit this. */
export async function admitOnlyOurs(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await client.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${appRole}`)
}
