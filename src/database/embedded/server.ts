import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from '../cannot-start.ts'
import { leash, serverEnvironment } from './leash.ts'
import { socketFile, serverPort, type Places } from './places.ts'
import { livingIn, lockHolder } from './processes.ts'
import { serverArguments, type ServerOptions } from './settings.ts'

/** One run of PostgreSQL, accepting connections. */
export interface RunningServer {
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>
  /** Ends every session and the server: politely, then, after ten seconds, without a last checkpoint. */
  stop(): Promise<void>
}

/**
 * Starts the server in its folder and waits until it accepts connections, however long it has to repair itself after a crash.
 * Throws `CannotStart` with the server's own words where it ends before that.
 */
export async function runServer(places: Places, binaries: string, options: ServerOptions): Promise<RunningServer> {
  removeStaleLock(join(places.cluster, 'postmaster.pid'), places.cluster)
  removeStaleLock(`${socketFile(places.socketDir, options.port ?? serverPort)}.lock`, places.cluster)
  const words = [...leash(places.account), join(binaries, 'postgres'), ...serverArguments(places, options)]
  const logFile = join(places.home, 'server.log')
  const log = openSync(logFile, 'w', 0o600)
  const { account } = places
  // A session of its own: Ctrl-C in a terminal reaches us alone, and we stop it in order.
  const child = spawn(words[0]!, words.slice(1), {
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
    ...account,
  })
  closeSync(log)
  const ended = endOf(child)
  while (!isReady(places.cluster, child.pid)) {
    if (child.pid === undefined || hasEnded(child)) {
      await ended
      throw new CannotStart(`PostgreSQL did not start in ${places.cluster}: ${lastWords(logFile)}`)
    }
    await Promise.race([ended, pause(5)])
  }
  child.unref()
  const stopWithUs = () => child.kill('SIGINT')
  process.once('exit', stopWithUs)
  void ended.then(() => process.off('exit', stopWithUs))
  return { ended, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.ref()
  child.kill('SIGINT')
  await Promise.race([ended, pause(10_000, undefined, { ref: false })])
  if (!hasEnded(child)) child.kill('SIGQUIT')
  await ended
}

function endOf(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('error', () => resolve())
  child.once('exit', () => resolve())
  return promise
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Line 8 of the lock file is the server's own word on its state: https://www.postgresql.org/docs/current/storage-file-layout.html */
function isReady(cluster: string, pid: number | undefined): boolean {
  const file = join(cluster, 'postmaster.pid')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
}

/**
 * PostgreSQL clears its lock file by itself where the process in it is gone. It can't where that number now belongs to a zombie or
 * to a stranger. A server that lives in the folder keeps its lock: without it two could write to one database.
 */
function removeStaleLock(file: string, cluster: string): void {
  const holder = lockHolder(file)
  if (holder !== null && exists(holder) && !livingIn(cluster).some(({ pid }) => pid === holder)) rmSync(file, { force: true })
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function lastWords(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join(' ')
}
