import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom, type Log } from '../../kernel/index.ts'
import { bootstrap } from '../bootstrap.ts'
import { CannotStart } from '../cannot-start.ts'
import type { Connection } from '../connection.ts'
import { AlreadyRunning, emptyFolder } from '../embedded/orphans.ts'
import { placesFor, type Places } from '../embedded/places.ts'
import { startEmbeddedServer, superuserOf, type EmbeddedServerOptions } from '../embedded/start.ts'
import { unfinishedMark } from '../embedded/unfinished.ts'
import { applyMigrations } from '../migrations.ts'
import { readPassword, writeDurably } from '../secrets.ts'

interface Folder {
  readonly dataDir: string
  /** Where root's servers are kept instead of `/var/lib/forthright`. */
  readonly rootsFolder?: string
}

/** A database opened as its owner, and what leaves its server as it was: running, or stopped. */
export interface OwnersDatabase {
  readonly owner: Connection
  leave(): Promise<void>
}

/** Opens the database of a data folder as its owner, whether the service runs or not. Throws `CannotStart` where there is none. */
export async function openAsOwner({ dataDir, rootsFolder }: Folder, log: Log): Promise<OwnersDatabase> {
  if (!existsSync(dataDir)) throw new CannotStart(`There is no database in ${dataDir} yet.`)
  const places = placesFor(dataDir, rootsFolder)
  const superuser = superuserOf(places)
  const leave = await startUnlessRunning({ dataDir, log, ...(rootsFolder !== undefined && { rootsFolder }) })
  const { owner } = await bootstrap(superuser, places.secrets, systemRandom)
  return { owner, leave }
}

async function startUnlessRunning(options: EmbeddedServerOptions): Promise<() => Promise<void>> {
  try {
    const server = await startEmbeddedServer(options)
    return server.stop
  } catch (error) {
    if (error instanceof AlreadyRunning) return async () => {}
    throw error
  }
}

/** A database that is being made in an empty data folder. Until `finish` no service starts on it. */
export interface NewDatabase {
  readonly owner: Connection
  readonly secrets: string
  /** Where the database is, as a phrase for the console. */
  readonly where: string
  /** Where an older database, whose data folder was deleted, was put; null nearly always. */
  readonly putAside: string | null
  /** Applies these migrations alone, or all that are pending. */
  migrate(only?: readonly string[]): Promise<void>
  /** Stops the server and takes the mark away. */
  finish(): Promise<void>
  /** Stops the server and removes everything that was made. */
  giveUp(): Promise<void>
}

/**
 * Makes a server, roles and an empty database in a data folder that is empty but for `mayHold`, or that an earlier try left unfinished.
 * A mark that is written first and taken away last keeps every other command out meanwhile, and after a kill. Throws `CannotStart`
 * where the folder is not empty.
 */
export async function makeDatabase({ dataDir, rootsFolder }: Folder, log: Log, mayHold: readonly string[]): Promise<NewDatabase> {
  const places = placesFor(dataDir, rootsFolder)
  const mark = join(places.dataDir, unfinishedMark)
  if (existsSync(mark)) await sweep(places, mayHold)
  const strangers = readdirSync(places.dataDir).filter((name) => name !== unfinishedMark && !mayHold.includes(name))
  if (strangers.length > 0)
    throw new CannotStart(
      `${places.dataDir} is not empty (${strangers.slice(0, 3).join(', ')}). A backup is only ever put into an empty folder: ` +
        'set the old one aside, or set DATA_DIR to another.',
    )
  writeDurably(mark, 'A backup is being put back. Run npm run restore again, or delete this folder.\n')
  try {
    const server = await startEmbeddedServer({ dataDir, log, restoring: true, ...(rootsFolder !== undefined && { rootsFolder }) })
    const { owner } = await bootstrap(server.superuser, places.secrets, systemRandom)
    return {
      owner,
      secrets: places.secrets,
      where: `PostgreSQL in ${places.cluster}`,
      putAside: server.putAside,
      migrate: async (only) => void (await applyMigrations(owner, undefined, only)),
      finish: async () => {
        await server.stop()
        rmSync(mark)
      },
      giveUp: async () => {
        await server.stop()
        await sweep(places, mayHold)
        rmSync(mark)
      },
    }
  } catch (error) {
    await sweep(places, mayHold)
    rmSync(mark, { force: true })
    throw error
  }
}

/** The mark says that all of it was made by a try that did not finish. The database goes only where its password shows that we made it. */
async function sweep(places: Places, mayHold: readonly string[]): Promise<void> {
  if (readPassword(places.secrets, 'database-superuser') !== null) {
    await emptyFolder(places.cluster)
    for (const folder of [places.socketDir, places.home]) rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  }
  for (const name of readdirSync(places.dataDir))
    if (name !== unfinishedMark && !mayHold.includes(name)) rmSync(join(places.dataDir, name), { recursive: true, force: true })
}
