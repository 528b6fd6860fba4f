/**
 * The integrator and its database under kill -9: entries in bulk on a server of its own, background processes that integrate them and are killed at
 * random moments, and the database killed under a living one.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { bootstrap } from '../../src/database/bootstrap.ts'
import { driverConfig, type ServerLogin } from '../../src/database/connection.ts'
import { livingIn } from '../../src/database/embedded/processes.ts'
import { startEmbeddedServer } from '../../src/database/embedded/start.ts'
import { createDatabase } from '../../src/database/index.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { systemClock, systemRandom } from '../../src/kernel/index.ts'
import { addConcerns, addOrganisation, addStaffEntries, faultsOfTree } from './log.ts'

export interface Killing {
  /** Entries that wait when it begins: three of four in concerns. */
  readonly entries: number
  readonly integratorKills: number
  readonly databaseKills: number
}

export interface Killed {
  /** What is wrong at the end, in sentences; none where all is well. */
  readonly faults: readonly string[]
  readonly size: number
  /** Places that were there at each kill: they grow, or the kills came before anything happened. */
  readonly sizesAtKills: readonly number[]
  readonly checkpoints: number
}

/** A server of its own with so many entries that wait for places. */
export interface LogServer {
  readonly app: ServerLogin
  readonly signer: ServerLogin
  readonly superuser: ServerLogin
  readonly secretsDir: string
  readonly cluster: string
}

export async function withLogServer<T>(entries: number, work: (server: LogServer) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-kills-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer({ dataDir: join(folder, 'data'), rootsFolder: join(folder, 'root'), log: () => {} })
  try {
    const { owner, app, signer } = await bootstrap(server.superuser, server.places.secrets, systemRandom)
    await applyMigrations(owner)
    await fill(app, entries)
    const superuser: ServerLogin = { ...server.superuser, database: owner.database }
    return await work({ app, signer, superuser, secretsDir: server.places.secrets, cluster: server.places.cluster })
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  }
}

export function killWhileIntegrating({ entries, integratorKills, databaseKills }: Killing): Promise<Killed> {
  return withLogServer(entries, async (server) => {
    const sizesAtKills: number[] = []
    let next = startIntegrator(server)
    for (let kill = 0; kill < integratorKills; kill += 1) {
      const running = next
      await running.ready
      // The next one starts up meanwhile: most of a process's life would be that
      next = startIntegrator(server)
      running.go()
      await pause(50 + fraction() * 1_200)
      await running.kill()
      sizesAtKills.push(await sizeOf(server.superuser))
    }
    await next.ready
    next.go()
    for (let kill = 0; kill < databaseKills; kill += 1) {
      await pause(100 + fraction() * 700)
      const postmaster = livingIn(server.cluster).find(({ isPostmaster }) => isPostmaster)
      if (postmaster !== undefined) process.kill(postmaster.pid, 'SIGKILL')
      sizesAtKills.push(await sizeOf(server.superuser))
    }
    await next.done
    return { ...(await judge(server.superuser, entries)), sizesAtKills }
  })
}

async function fill(app: ServerLogin, entries: number): Promise<void> {
  const database = createDatabase({ connection: app, maxConnections: 1 })
  await addOrganisation(database, systemClock)
  await database.close()
  const client = new pg.Client(driverConfig(app))
  await client.connect()
  const now = systemClock.now()
  const concerns = Math.floor((entries * 3) / 4 / 6)
  await addConcerns(client, concerns, { raised: now, later: 1, staff: 4 })
  await addStaffEntries(client, entries - concerns * 6, now)
  await client.end()
}

interface RunningIntegrator {
  readonly ready: Promise<unknown>
  /** Settles when nothing is left to integrate. */
  readonly done: Promise<unknown>
  go(): void
  kill(): Promise<void>
}

function startIntegrator(parts: {
  readonly app: ServerLogin
  readonly signer: ServerLogin
  readonly secretsDir: string
}): RunningIntegrator {
  const { app, signer, secretsDir } = parts
  const plain = ({ password, ...login }: ServerLogin) => ({ ...login, password: password.reveal() })
  const child: ChildProcess = fork(join(import.meta.dirname, 'log-integrator.ts'), [
    JSON.stringify({ app: plain(app), signer: plain(signer), secretsDir }),
  ])
  const ended = once(child, 'exit')
  return {
    ready: once(child, 'message'),
    done: ended,
    go: () => void child.send('go'),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The server may just be coming up again. */
async function asSuperuser<T>(superuser: ServerLogin, work: (client: pg.Client) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client(driverConfig(superuser))
    client.on('error', () => {})
    try {
      await client.connect()
      return await work(client)
    } catch (error) {
      if (tries === 100) throw error
      await pause(100)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

const sizeOf = (superuser: ServerLogin): Promise<number> =>
  asSuperuser(superuser, async (client) => {
    const { rows } = await client.query<{ size: string }>('select count(*) as size from log_position')
    return Number(rows[0]?.size)
  })

function judge(superuser: ServerLogin, entries: number): Promise<Omit<Killed, 'sizesAtKills'>> {
  return asSuperuser(superuser, async (client) => {
    const { rows } = await client.query<{ placed: string; size: string; lost: string; checkpoints: string }>(
      `select (select count(*) from log_position where lane <> 'cover') as placed, (select count(*) from log_position) as size,
        (select count(*) from log_checkpoint) as checkpoints,
        (select count(*) from (select id from staff_entry union all select id from reporter_entry) e
          where not exists (select 1 from log_position p where p.entry_id = e.id)) as lost`,
    )
    const { placed, size, lost, checkpoints } = rows[0]!
    const faults = await faultsOfTree(client)
    if (Number(lost) > 0) faults.push(`${lost} entries have no place`)
    if (Number(placed) < entries) faults.push(`${placed} entries have a place`)
    return { faults, size: Number(size), checkpoints: Number(checkpoints) }
  })
}

/** From 0 to 1. */
const fraction = (): number => Buffer.from(systemRandom.bytes(4)).readUInt32BE() / 2 ** 32
