import pg from 'pg'
import type { Random } from '../kernel/index.ts'
import { driverConfig, type ServerLogin } from './connection.ts'
import { readOrMakePassword, type LoginName } from './secrets.ts'

/** The logins of the product, by these exact names: migrations grant rights to them. */
const ownerRole = 'forthright_owner'
export const appRole = 'forthright_app'
/** Gives entries their places in the log and signs it: the background process alone. */
export const signerRole = 'forthright_signer'
/** For an auditor who wants to look with a program of their own: the log's views, and nothing else. */
const auditorRole = 'forthright_auditor'
export const neededRoles: readonly string[] = [ownerRole, appRole, signerRole, auditorRole]
export const databaseName = 'forthright'

/** The way into the product's database as each of its roles. */
export interface Logins {
  readonly owner: ServerLogin
  readonly app: ServerLogin
  readonly signer: ServerLogin
  readonly auditor: ServerLogin
}

/**
 * Makes what a server needs before migrations: the roles, with random passwords kept in `secretsDir`, and an empty database that
 * only they may enter. Done again at every start, so that whatever was interrupted is finished. `superuser` is a login to the
 * maintenance database.
 */
export async function bootstrap(
  superuser: ServerLogin,
  secretsDir: string,
  random: Random,
  database: string = databaseName,
): Promise<Logins> {
  const enter = (user: string, secret: LoginName) => ({
    ...superuser,
    database,
    user,
    password: readOrMakePassword(secretsDir, secret, random),
  })
  const logins = {
    owner: enter(ownerRole, 'database-owner'),
    app: enter(appRole, 'database-app'),
    signer: enter(signerRole, 'database-signer'),
    auditor: enter(auditorRole, 'database-auditor'),
  }
  const client = new pg.Client(driverConfig(superuser))
  await client.connect()
  try {
    // `npm run migrate` may do the same at the same moment. The lock ends with the session.
    await client.query('select pg_advisory_lock($1)', [lockKey])
    const there = await whatIsThere(client, database)
    for (const login of Object.values(logins)) await setRole(client, login, there.has(login.user))
    if (!there.has(`database ${database}`)) await makeDatabase(client, database)
    await admitOnlyOurs(client, database)
  } finally {
    await client.end()
  }
  return logins
}

const lockKey = 1

async function whatIsThere(client: pg.Client, database: string): Promise<Set<string>> {
  const found = await client.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname = any($1) union all select 'database ' || datname from pg_database where datname = $2`,
    [neededRoles, database],
  )
  return new Set(found.rows.map(({ name }) => name))
}

async function setRole(client: pg.Client, { user, password }: ServerLogin, exists: boolean): Promise<void> {
  const attributes = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
  await client.query(`${exists ? 'alter' : 'create'} role ${user} ${attributes} password ${pg.escapeLiteral(password.reveal())}`)
}

/** Not in one transaction, which `create database` refuses: a run killed in between is finished by the next. */
async function makeDatabase(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await client.query(`create database ${name} owner ${ownerRole} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`)
}

/** Takes away everybody's right to enter and gives it to the product's roles. A copy of a database does not inherit this, nor one of an older release. */
export async function admitOnlyOurs(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  const admitted = [appRole, signerRole, auditorRole].join(', ')
  await client.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${admitted}`)
}
