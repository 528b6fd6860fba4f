/**
 * The service as an operator runs it: `src/main.ts` as a process of its own, with its worker and its database, on a data folder that is
 * gone afterwards. For what only whole processes show: kill -9, restarts, what is left on the disk and on the console.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { databaseName } from '../../src/database/bootstrap.ts'
import { driverConfig, type ServerLogin } from '../../src/database/connection.ts'
import { placesFor, type Places } from '../../src/database/embedded/places.ts'
import { livingIn } from '../../src/database/embedded/processes.ts'
import { startEmbeddedServer, superuserOf } from '../../src/database/embedded/start.ts'

const root = join(import.meta.dirname, '..', '..')

/** Names the folder where a test run keeps compiled modules, so that its hundredth process need not compile the same code again. */
export const compileCacheName = 'TEST_COMPILE_CACHE'
const compileCacheFolder = process.env[compileCacheName]
export const compileCache: Readonly<Record<string, string>> =
  compileCacheFolder === undefined ? {} : { NODE_COMPILE_CACHE: compileCacheFolder }

/** Where a service lives and what it leaves behind. */
export interface Household {
  readonly dataDir: string
  /** The processes' own temp folder, so that whatever they leave there can be looked at. */
  readonly tempDir: string
  readonly port: number
  readonly places: Places
  readonly settings: Readonly<Record<string, string>>
  /** All that its processes ever printed. */
  readonly console: string[]
  /** Ends every process that still lives there and removes every folder. */
  remove(): Promise<void>
}

export interface RunningService {
  readonly origin: string
  readonly household: Household
  /** Milliseconds from the start of the process to the first answered request. */
  readonly milliseconds: number
  readonly pid: number
  /** Every process of the service: web, worker, database. */
  tree(): number[]
  /** Those of the database alone. */
  databaseProcesses(): number[]
  /** kill -9 to all of them, in no particular order. Resolves when the web process is gone. */
  killTree(): Promise<void>
  /** kill -9 to the web process alone. */
  killWeb(): Promise<void>
  /** kill -9 to the database's first process alone; the web process goes on. */
  killDatabase(): void
  /** SIGTERM, and what the process ended with. */
  stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** A fresh data folder. `settings`: environment beside `PORT` and `DATA_DIR`; without any, the service is a demonstration. */
export async function newHousehold(settings: Readonly<Record<string, string>> = { DEMO_CONCERNS: '0' }): Promise<Household> {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-house-'))
  // Root's server runs under another account, which must be able to walk through.
  chmodSync(folder, 0o711)
  const dataDir = join(folder, 'data')
  const tempDir = join(folder, 'temp')
  mkdirSync(tempDir, { mode: 0o1777 })
  chmodSync(tempDir, 0o1777)
  const places = placesFor(dataDir)
  const household: Household = {
    dataDir,
    tempDir,
    port: await freePort(),
    places,
    settings,
    console: [],
    remove: async () => {
      for (const { pid } of livingIn(places.cluster)) killNow(pid)
      while (livingIn(places.cluster).length > 0) await pause(10)
      rmSync(places.home, { recursive: true, force: true, maxRetries: 5 })
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return household
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts the service and waits until it answers. Throws with its last words where it ends before that. */
export async function startService(household: Household, nodeWords: readonly string[] = []): Promise<RunningService> {
  const began = performance.now()
  const child = spawn(process.execPath, [...nodeWords, ...wordsOfStart()], {
    cwd: root,
    // Nothing of the test run's own environment: NODE_ENV or a stray setting would make it another service.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: household.tempDir,
      TMPDIR: household.tempDir,
      PORT: String(household.port),
      DATA_DIR: household.dataDir,
      ...compileCache,
      ...household.settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => household.console.push(text))
  const origin = `http://127.0.0.1:${household.port}`
  await untilAnswered(child, origin, household)
  const milliseconds = performance.now() - began
  const pid = child.pid!
  const ended = endOf(child)
  return {
    origin,
    household,
    milliseconds,
    pid,
    tree: () => [pid, ...descendantsOf(pid)],
    databaseProcesses: () => livingIn(household.places.cluster).map((each) => each.pid),
    killTree: async () => {
      for (const each of [pid, ...descendantsOf(pid)]) killNow(each)
      await ended
    },
    killWeb: async () => {
      killNow(pid)
      await ended
    },
    killDatabase: () => {
      for (const { pid: each, isPostmaster } of livingIn(household.places.cluster)) if (isPostmaster) killNow(each)
    },
    stop: async () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** What `npm start` gives to node, so that what is tested is what people run. */
function wordsOfStart(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
  const [node, ...words] = scripts.start.split(' ')
  if (node !== 'node') throw new Error('npm start does not start with node')
  return words
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}

const patience = 45_000

async function untilAnswered(child: ChildProcess, origin: string, household: Household): Promise<void> {
  const deadline = performance.now() + patience
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the service ended:\n${lastWords(household)}`)
    if (performance.now() > deadline) throw new Error(`the service does not answer:\n${lastWords(household)}`)
    const alive = await fetch(`${origin}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (alive) return
    await pause(10)
  }
}

function lastWords(household: Household): string {
  return household.console.join('').split('\n').slice(-15).join('\n')
}

/** Waits until the service says that database, log, recipients and worker serve. Throws after half a minute with its last words. */
export async function untilReady({ origin, household }: RunningService): Promise<void> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const answer = await fetch(`${origin}/readyz`).then(
      async (response) => (await response.json()) as { reasons: string[] },
      () => ({ reasons: ['no answer'] }),
    )
    if (answer.reasons.length === 0) return
    if (performance.now() > deadline) throw new Error(`not ready: ${answer.reasons.join(', ')}\n${lastWords(household)}`)
    await pause(20)
  }
}

function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = parentOf(Number(name))
    if (parent !== null) parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const found: number[] = []
  const below = (each: number): void => {
    for (const child of parents.get(each) ?? []) {
      found.push(child)
      below(child)
    }
  }
  below(pid)
  return found
}

/** proc(5): the name stands in brackets and may hold spaces; the parent is the second field after them. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

/** kill -9, to a process that may have ended by itself meanwhile. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kibibytes) * 1024
}

/** Processor time a process has used so far, in milliseconds; 0 for one that has ended. proc(5), fields 14 and 15, in hundredths of a second. */
export function processorMilliseconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

/** The way into the service's database as somebody who may do anything: what a thief of the machine has. */
export function superuserConfig(dataDir: string): pg.ClientConfig {
  return { ...driverConfig(superuserOf(placesFor(dataDir))), database: databaseName, application_name: 'thief' }
}

/** The database of a stopped service alone. Stop it. */
export const startDatabase = ({ dataDir }: Household) => startEmbeddedServer({ dataDir, log: () => {} })

/** A connection as such. Close it. */
export function asSuperuser(household: Household): Promise<pg.Client> {
  return connected(superuserConfig(household.dataDir))
}

/** The same to a server that is no service's own. */
export function asSuperuserOf(login: ServerLogin): Promise<pg.Client> {
  return connected(driverConfig(login))
}

async function connected(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  return client
}
