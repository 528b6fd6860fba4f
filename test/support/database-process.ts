import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach } from 'vitest'
import { driverConfig } from '../../src/database/connection.ts'
import { serverEnvironment } from '../../src/database/embedded/leash.ts'
import { placesFor, type Places } from '../../src/database/embedded/places.ts'
import { livingIn, lockHolder } from '../../src/database/embedded/processes.ts'
import { serverArguments } from '../../src/database/embedded/settings.ts'
import { superuserOf } from '../../src/database/embedded/start.ts'
import { compileCache } from './process.ts'

export const isRoot = process.getuid?.() === 0
const nobody = 65_534

/** A data folder of its own, removed with every process of its server at the end of the test file. */
export interface Ground {
  readonly dataDir: string
  readonly rootsFolder: string
}

/** Whoever the launcher is to run as: this process's own user, or (only root can) one without any rights. */
export type RunAs = 'self' | 'nobody'

const grounds: Ground[] = []
const launchers: Pick<Launcher, 'kill'>[] = []
let folder: string | null = null

/** Ends every launcher after its test, and removes grounds and servers after the file's last one. Call it once in each file. */
export function leaveNothing(): void {
  afterEach(async () => {
    await Promise.all(launchers.splice(0).map((launcher) => launcher.kill()))
  })
  afterAll(() => {
    const clusters = grounds
      .splice(0)
      .flatMap(({ dataDir, rootsFolder }) => [placesFor(dataDir, rootsFolder).cluster, join(dataDir, 'postgresql', 'cluster')])
    for (const { pid } of clusters.flatMap(livingIn)) kill(pid)
    if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    folder = null
  })
}

function folderOfFile(): string {
  if (folder === null) {
    folder = mkdtempSync(join(tmpdir(), 'forthright-launch-'))
    chmodSync(folder, 0o711)
  }
  return folder
}

/** A new data folder; `within` gives it a path of its own. */
export function newGround(as: RunAs = 'self', within = `data-${grounds.length}`): Ground {
  const rootsFolder = join(folderOfFile(), 'root')
  const dataDir = join(folderOfFile(), within)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (as === 'nobody') chownSync(dataDir, nobody, nobody)
  const ground = { dataDir, rootsFolder }
  grounds.push(ground)
  return ground
}

interface Answer {
  readonly ready?: { readonly putAside: string | null; readonly places: Places }
  /** The sentence for the console. */
  readonly refused?: string
}

export interface Launcher {
  readonly answer: Answer
  /** kill -9 to the launcher alone. */
  kill(): Promise<void>
  /** Stops launcher and server in order. */
  stop(): Promise<void>
}

/** Starts a launcher and waits for its answer: ready, or refused. */
export async function launch(ground: Ground, as: RunAs = 'self'): Promise<Launcher> {
  const { answer, ...launcher } = begin(ground, as)
  return { ...launcher, answer: await answer }
}

/** Starts a launcher and does not wait: to kill it on the way. */
export function begin(ground: Ground, as: RunAs = 'self'): Omit<Launcher, 'answer'> & { readonly answer: Promise<Answer> } {
  const script = fileURLToPath(new URL('./database-launcher.ts', import.meta.url))
  const account = as === 'nobody' ? { uid: nobody, gid: nobody } : {}
  // As strict as an administrator's shell may be: what the server's account needs must not hang on it.
  const umask = process.umask(0o077)
  const child = spawn(process.execPath, [script, JSON.stringify(ground)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    env: { ...process.env, ...compileCache },
    ...account,
  })
  process.umask(umask)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  launchers.push({ kill: () => end('SIGKILL') })
  const answer = firstLine(child).then((line) => JSON.parse(line) as Answer)
  return { answer, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line
  throw new Error('the launcher ended without an answer')
}

/** Where the server of a launcher that answered "ready" is. */
export function placesOf({ answer }: Launcher): Places {
  if (answer.ready === undefined) throw new Error(`refused: ${answer.refused}`)
  return answer.ready.places
}

/** Runs one statement as the server's superuser and gives its rows. */
export async function ask<Row extends pg.QueryResultRow>(launcher: Launcher, statement: string): Promise<Row[]> {
  const client = new pg.Client(driverConfig(superuserOf(placesOf(launcher))))
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<Row>(statement)
    return rows
  } finally {
    await client.end()
  }
}

/** The number of the server's first process. */
export function postmasterOf(launcher: Launcher): number {
  return lockHolder(join(placesOf(launcher).cluster, 'postmaster.pid'))!
}

/** kill -9, to a process that may have ended by itself meanwhile. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A server in the folder that no living launcher answers for. `mark`: what its command line says about who launched it. */
export function startStray(places: Places, binaries: string, mark: string | null): void {
  const words = serverArguments(places, {}).slice(0, -2)
  const marked = mark === null ? words : [...words, '-c', `forthright.launcher=${mark}`]
  const { uid, gid } = statSync(places.cluster)
  spawn(join(binaries, 'postgres'), marked, {
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: 'ignore',
    ...(isRoot && { uid, gid }),
  }).unref()
}
