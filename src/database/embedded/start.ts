import { setTimeout as pause } from 'node:timers/promises'
import { systemRandom, type Log, type Random } from '../../kernel/index.ts'
import { CannotStart } from '../cannot-start.ts'
import type { ServerLogin } from '../connection.ts'
import { readPassword } from '../secrets.ts'
import { binariesFolder } from './binaries.ts'
import { prepareCluster, superuserName } from './cluster.ts'
import { placesFor, serverPort, type Places } from './places.ts'
import { emptyFolder } from './orphans.ts'
import { runServer, type RunningServer } from './server.ts'
import type { ServerOptions } from './settings.ts'
import { refuseUnfinished } from './unfinished.ts'

export interface EmbeddedServerOptions extends ServerOptions {
  readonly dataDir: string
  readonly log: Log
  readonly random?: Random
  /** A folder with `initdb` and `postgres`, version 15 or later, instead of those from npm. */
  readonly binaries?: string
  /** Where root's servers and binaries are kept instead of `/var/lib/forthright`. */
  readonly rootsFolder?: string
  /** True for the command that puts a backup back: no other may start on a folder where that was not finished. */
  readonly restoring?: boolean
}

export interface EmbeddedServer {
  readonly places: Places
  /** The superuser's login to the maintenance database. The web process never gets it. */
  readonly superuser: ServerLogin
  readonly socketDir: string
  readonly port: number
  /** Where an older database, whose data folder was deleted, was put; null nearly always. */
  readonly putAside: string | null
  stop(): Promise<void>
}

/**
 * Starts real PostgreSQL on a Unix socket, with its data below `dataDir` (for root: below `/var/lib/forthright`), and makes the
 * database cluster on the first run. Whatever became of the last run, no hand is needed: a lock that a crash left is cleared, an
 * orphan is stopped, a server that crashes later is started again. A living sibling is refused (`AlreadyRunning`).
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { log, random = systemRandom } = options
  const began = performance.now()
  const places = placesFor(options.dataDir, options.rootsFolder)
  await emptyFolder(places.cluster)
  if (options.restoring !== true) refuseUnfinished(places.dataDir)
  const binaries = options.binaries ?? binariesFolder(places.binariesCopy)
  const { putAside } = await prepareCluster(places, binaries, random)
  const keeper = await keepRunning(() => startPatiently(places, binaries, options), log)
  log('database_started', { milliseconds: Math.round(performance.now() - began) })
  const port = options.port ?? serverPort
  return { places, superuser: superuserOf(places, port), socketDir: places.socketDir, port, putAside, stop: keeper.stop }
}

/** The superuser's login, known from the data folder alone. Throws `CannotStart` where no server was ever made there. */
export function superuserOf(places: Places, port: number = serverPort): ServerLogin {
  const password = readPassword(places.secrets, 'database-superuser')
  if (password === null) throw new CannotStart(`There is no database in ${places.dataDir} yet.`)
  return { host: places.socketDir, port, database: 'postgres', user: superuserName, password }
}

const patience = 15_000

/** Tries for fifteen seconds: the remains of a killed server can take a moment to disappear. */
async function startPatiently(places: Places, binaries: string, options: ServerOptions): Promise<RunningServer> {
  const deadline = performance.now() + patience
  for (;;) {
    await emptyFolder(places.cluster)
    try {
      return await runServer(places, binaries, options)
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error
      await pause(200)
    }
  }
}

/** "lock file … already exists", "shared memory block … is still in use", "Address already in use": what a server just killed leaves. */
function isPassing(error: unknown): boolean {
  return error instanceof CannotStart && /already exists|in use/.test(error.message)
}

/** Starts the server again whenever it ends without being told to. */
async function keepRunning(start: () => Promise<RunningServer>, log: Log): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController()
  let server = await start()
  const keeping = (async () => {
    for (;;) {
      await server.ended
      const next = await again(start, log, stopping.signal)
      if (next === null) return
      server = next
      if (stopping.signal.aborted) return server.stop()
      log('database_started')
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await server.stop()
      await keeping
    },
  }
}

/** The next running server, however many tries it takes, or null once stopping. */
async function again(start: () => Promise<RunningServer>, log: Log, stopping: AbortSignal): Promise<RunningServer | null> {
  while (!stopping.aborted) {
    try {
      return await start()
    } catch {
      log('internal_error', { where: 'database', kind: 'restart_failed' })
      await pause(1_000, undefined, { ref: false })
    }
  }
  return null
}
