import pg from 'pg'
import { systemRandom, type Log, type Random, type Secret } from '../kernel/index.ts'
import { appRole, bootstrap, databaseName, signerRole, type Logins } from './bootstrap.ts'
import { CannotStart } from './cannot-start.ts'
import { driverConfig, type Connection } from './connection.ts'
import { AlreadyRunning } from './embedded/orphans.ts'
import { placesFor, serverPort } from './embedded/places.ts'
import { startEmbeddedServer, superuserOf, type EmbeddedServerOptions } from './embedded/start.ts'
import { applyMigrations, pendingMigrations } from './migrations.ts'
import { refuseMissingRoles } from './operators-roles.ts'
import { readPassword, type LoginName } from './secrets.ts'

/** Which server to use: one of ours, in the data folder, or the operator's, entered by URL. */
export type ServerChoice =
  | {
      readonly dataDir: string
      /** Where root's servers are kept instead of `/var/lib/forthright`. */
      readonly rootsFolder?: string
    }
  | {
      /** The login `forthright_app`. */
      readonly url: Secret<string>
      /** The login `forthright_owner`, for migrations. Without it an outdated database is refused. */
      readonly ownerUrl?: Secret<string> | undefined
      /** The login `forthright_signer`, for the background process. `npm run migrate` does without. */
      readonly signerUrl?: Secret<string> | undefined
    }

export interface OpenServer {
  /** The application's login, for `createDatabase` and the job runner. */
  readonly app: Connection
  readonly migrationsApplied: number
  /** Where the data is, as a phrase for the console. */
  readonly where: string
  /** Where an older database, whose data folder was deleted, was put; null nearly always. */
  readonly putAside: string | null
  /** Stops a server of ours; leaves the operator's alone. */
  stop(): Promise<void>
}

type EmbeddedOptions = Omit<EmbeddedServerOptions, 'dataDir' | 'log'>

/**
 * What the web process does first: a server that accepts connections, with roles, database and tables as this release wants them.
 * Throws `CannotStart` with a sentence for the operator.
 */
export async function openServer(choice: ServerChoice, log: Log, options: EmbeddedOptions = {}): Promise<OpenServer> {
  if ('url' in choice) return openOperators(choice)
  const server = await startEmbeddedServer({ ...options, ...choice, log })
  try {
    const { app, owner } = await bootstrap(server.superuser, server.places.secrets, options.random ?? systemRandom)
    const migrationsApplied = await applyMigrations(owner)
    return { app, migrationsApplied, where: `PostgreSQL in ${server.places.cluster}`, putAside: server.putAside, stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** What the background process needs: the application's login to a server that the web process started. Starts nothing. */
export function connectionOf(choice: ServerChoice): Connection {
  return 'url' in choice ? { url: choice.url } : ourOwn(choice, appRole, 'database-app')
}

/** The signer's login, which the background process alone uses. Throws `CannotStart` where there is none. */
export function signerConnectionOf(choice: ServerChoice): Connection {
  if (!('url' in choice)) return ourOwn(choice, signerRole, 'database-signer')
  if (choice.signerUrl === undefined) throw new CannotStart('The log cannot be signed without DATABASE_SIGNER_URL.')
  return { url: choice.signerUrl }
}

function ourOwn(choice: Exclude<ServerChoice, { url: unknown }>, user: string, secret: LoginName): Connection {
  const places = placesFor(choice.dataDir, choice.rootsFolder)
  const password = readPassword(places.secrets, secret)
  if (password === null) throw new CannotStart(`There is no database in ${places.dataDir} yet: start the web process first.`)
  return { host: places.socketDir, port: serverPort, database: databaseName, user, password }
}

/** Brings the database to this release and leaves the server as it was: running, or stopped. Returns how many migrations it applied. */
export async function migrate(choice: ServerChoice, log: Log, random: Random = systemRandom): Promise<number> {
  try {
    const server = await openServer(choice, log)
    await server.stop()
    return server.migrationsApplied
  } catch (error) {
    if (!(error instanceof AlreadyRunning) || 'url' in choice) throw error
    const places = placesFor(choice.dataDir, choice.rootsFolder)
    const { owner }: Logins = await bootstrap(superuserOf(places), places.secrets, random)
    return applyMigrations(owner)
  }
}

const oldestVersion = 15

async function openOperators({ url, ownerUrl, signerUrl }: Extract<ServerChoice, { url: unknown }>): Promise<OpenServer> {
  const app: Connection = { url }
  await refuseUnfit(app, 'DATABASE_URL')
  await refuseMissingRoles(app)
  if (signerUrl !== undefined) await refuseUnfit({ url: signerUrl }, 'DATABASE_SIGNER_URL')
  const migrationsApplied = ownerUrl === undefined ? await refuseOutdated(app) : await bringUpToDate({ url: ownerUrl })
  return { app, migrationsApplied, where: 'the PostgreSQL of DATABASE_URL', putAside: null, stop: async () => {} }
}

async function bringUpToDate(owner: Connection): Promise<number> {
  await refuseUnfit(owner, 'DATABASE_OWNER_URL')
  return applyMigrations(owner)
}

async function refuseOutdated(app: Connection): Promise<0> {
  const { length } = await pendingMigrations(app)
  if (length === 0) return 0
  throw new CannotStart(`The database needs ${length} migrations. Set DATABASE_OWNER_URL, or run npm run migrate with it.`)
}

/** Refuses a server that does not let us in or is older than what we test with. The driver's own words may hold the login, so they stay here. */
async function refuseUnfit(connection: Connection, setting: string): Promise<void> {
  const client = new pg.Client({ ...driverConfig(connection), connectionTimeoutMillis: 10_000 })
  await client.connect().catch((error: NodeJS.ErrnoException) => {
    throw new CannotStart(`The PostgreSQL of ${setting} does not let us in (${error.code ?? 'no answer'}).`)
  })
  try {
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
    const major = Math.floor(Number(rows[0]?.version) / 10_000)
    if (major < oldestVersion)
      throw new CannotStart(`The PostgreSQL of ${setting} is version ${major}; version ${oldestVersion} or later is needed.`)
  } finally {
    await client.end()
  }
}
