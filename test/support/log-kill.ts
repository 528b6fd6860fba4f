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
import { compileCache, processorMilliseconds } from './process.ts'

export interface Killing {
  /** Entries that wait when it begins: three of four in concerns. */
  readonly entries: number
  readonly integratorKills: number
  readonly databaseKills: number
}

/** Where a batch stood when the kill came: nothing of it committed, its COMMIT under way, or done and the next not begun. */
export type Stage = 'before' | 'at' | 'after'

export interface Kill {
  readonly victim: 'integrator' | 'database'
  /** Places that were there shortly before, and once the victim was gone. */
  readonly before: number
  readonly size: number
  readonly stage: Stage
}

export interface Killed {
  /** What is wrong at the end, in sentences; none where all is well. */
  readonly faults: readonly string[]
  readonly size: number
  readonly kills: readonly Kill[]
  readonly checkpoints: number
}

/** A server of its own with so many entries that wait for places. */
export interface LogServer {
  readonly app: ServerLogin
  readonly signer: ServerLogin
  readonly superuser: ServerLogin
  readonly secretsDir: string
  readonly cluster: string
  /** Processor time of all its processes so far, in milliseconds. */
  processorTime(): number
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
    const { secrets: secretsDir, cluster } = server.places
    const processorTime = () => livingIn(cluster).reduce((sum, { pid }) => sum + processorMilliseconds(pid), 0)
    return await work({ app, signer, superuser, secretsDir, cluster, processorTime })
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  }
}

/**
 * The kills are spread over the whole integration: each waits until its share of the entries has places, and then for a moment of a batch, in turn
 * any, while places are given, while the checkpoint is written, during COMMIT, and just after it.
 */
export function killWhileIntegrating({ entries, integratorKills, databaseKills }: Killing): Promise<Killed> {
  return withLogServer(entries, async (server) => {
    const all = integratorKills + databaseKills
    const watch = watchLog(server.superuser)
    const kills: Kill[] = []
    // Two start up meanwhile: most of a process's life is that, and nothing is integrated while none is ready
    const spare = [startIntegrator(server), startIntegrator(server)]
    const nextIntegrator = async () => {
      const next = spare.shift()!
      await next.begin()
      return next
    }
    let running = await nextIntegrator()
    for (let number = 1; number <= all; number += 1) {
      const victim =
        Math.floor((number * databaseKills) / all) > Math.floor(((number - 1) * databaseKills) / all) ? 'database' : 'integrator'
      const last = kills.at(-1)?.size ?? 0
      await watch.until(({ size }) => size > last && size >= (number * entries) / (all + 1))
      const { size: before, stage } = await reach(watch, number, ((number + 0.5) * entries) / (all + 1))
      if (victim === 'integrator') await running.kill()
      else killPostmaster(server)
      const { size } = await watch.untilAlone(victim === 'integrator')
      kills.push({ victim, before, size, stage })
      if (victim === 'integrator') {
        spare.push(startIntegrator(server))
        running = await nextIntegrator()
      }
    }
    await running.done
    await Promise.all(spare.map((each) => each.kill()))
    await watch.close()
    return { ...(await judge(server.superuser, entries)), kills }
  })
}

/** Waits for the next kill's moment, but no longer than until so many have places: some must be left for the next. */
async function reach(watch: LogWatch, number: number, most: number): Promise<Glimpse> {
  const { size } = await watch.until(() => true)
  const moments: readonly ((seen: Glimpse) => boolean)[] = [
    () => true,
    ({ statement }) => statement.includes('insert into log_position'),
    ({ statement }) => statement.includes('insert into log_checkpoint'),
    ({ stage }) => stage === 'at',
    (seen) => seen.size > size,
  ]
  if (number % moments.length === 0) await pause(fraction() * 60)
  const moment = moments[number % moments.length]!
  return watch.catchIt((seen) => moment(seen) || seen.size >= most, 3_000)
}

function killPostmaster({ cluster }: LogServer): void {
  const postmaster = livingIn(cluster).find(({ isPostmaster }) => isPostmaster)
  if (postmaster !== undefined) process.kill(postmaster.pid, 'SIGKILL')
}

/** The log and its integrator as another session sees them. */
interface Glimpse {
  readonly size: number
  readonly stage: Stage
  readonly statement: string
  readonly batches: number
}

interface LogWatch {
  /** Looks every few milliseconds until it holds, however often the database goes away meanwhile. */
  until(holds: (seen: Glimpse) => boolean): Promise<Glimpse>
  /** The same without a rest, for what lasts no longer than a COMMIT, or until so many milliseconds are over. */
  catchIt(holds: (seen: Glimpse) => boolean, patience: number): Promise<Glimpse>
  /** The same until no batch is under way, where its integrator was killed: PostgreSQL ends it in its own time. */
  untilAlone(killed: boolean): Promise<Glimpse>
  close(): Promise<void>
}

function watchLog(superuser: ServerLogin): LogWatch {
  let client: pg.Client | null = null
  const look = async (): Promise<Glimpse | null> => {
    try {
      client ??= await connected(superuser)
      const { rows } = await client.query<{ size: string; statement: string; state: string; batches: number }>(
        `select (select coalesce(max(index) + 1, 0) from log_position) as size, coalesce(max(query) filter (where batch), '') as statement,
           coalesce(max(state) filter (where batch), 'idle') as state, (count(*) filter (where batch))::int as batches
         from (select query, state, state <> 'idle' as batch from pg_stat_activity where usename = 'forthright_signer') as session`,
      )
      const { size, statement, state, batches } = rows[0]!
      const stage = state === 'idle' ? 'after' : statement === 'COMMIT' ? 'at' : 'before'
      return { size: Number(size), stage, statement, batches }
    } catch {
      await client?.end().catch(() => {})
      client = null
      await pause(50)
      return null
    }
  }
  const lookUntil = async (holds: (seen: Glimpse) => boolean, patience: number, rest: () => Promise<unknown>): Promise<Glimpse> => {
    const end = performance.now() + patience
    for (;;) {
      const seen = await look()
      if (seen !== null && (holds(seen) || performance.now() > end)) return seen
      if (performance.now() > end + 30_000) throw new Error('the database stays away')
      await rest()
    }
  }
  const until = (holds: (seen: Glimpse) => boolean) => lookUntil(holds, 120_000, () => pause(5))
  return {
    until,
    catchIt: (holds, patience) => lookUntil(holds, patience, async () => {}),
    untilAlone: (killed) => until(({ batches }) => !killed || batches === 0),
    close: async () => client?.end(),
  }
}

async function connected(superuser: ServerLogin): Promise<pg.Client> {
  const client = new pg.Client(driverConfig(superuser))
  client.on('error', () => {})
  await client.connect()
  return client
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
  begin(): Promise<void>
  kill(): Promise<void>
}

function startIntegrator(parts: {
  readonly app: ServerLogin
  readonly signer: ServerLogin
  readonly secretsDir: string
}): RunningIntegrator {
  const { app, signer, secretsDir } = parts
  const plain = ({ password, ...login }: ServerLogin) => ({ ...login, password: password.reveal() })
  const args = [JSON.stringify({ app: plain(app), signer: plain(signer), secretsDir })]
  const child: ChildProcess = fork(join(import.meta.dirname, 'log-integrator.ts'), args, { env: { ...process.env, ...compileCache } })
  const ended = once(child, 'exit')
  const ready = once(child, 'message')
  return {
    ready,
    done: ended,
    begin: async () => {
      await ready
      child.send('go')
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function judge(superuser: ServerLogin, entries: number): Promise<Omit<Killed, 'kills'>> {
  const client = await connected(superuser)
  try {
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
  } finally {
    await client.end()
  }
}

/** From 0 to 1. */
const fraction = (): number => Buffer.from(systemRandom.bytes(4)).readUInt32BE() / 2 ** 32
