import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process of a PostgreSQL server that still lives in a cluster's folder. */
export interface LivingProcess {
  readonly pid: number
  /** The first process of a server, which holds the folder; the others end with it. */
  readonly isPostmaster: boolean
  /** Who started it, as `launcherMark` wrote it on its command line; null for a server that somebody else started. */
  readonly launcher: string | null
}

/** The arguments that say on the postmaster's own command line which process launched it. One can't be there without the other. */
export function launcherMark(): string[] {
  return ['-c', `forthright.launcher=${process.pid}.${startOf(process.pid) ?? 'unknown'}`]
}

/** True while the process that wrote the mark lives. The start time tells it from a later process that was given the same number. */
export function launcherLives(mark: string): boolean {
  const [pid, start] = mark.split('.')
  return start !== undefined && startOf(Number(pid)) === start
}

export function launcherPid(mark: string): number {
  return Number(mark.split('.')[0])
}

/**
 * Every living process of a server in this folder. PostgreSQL changes into its folder, so on Linux the kernel names them
 * whatever `postmaster.pid` says; elsewhere that file and `ps` have to do.
 */
export function livingIn(cluster: string): LivingProcess[] {
  const pids = process.platform === 'linux' ? pidsWorkingIn(cluster) : pidInLockFile(cluster)
  return pids.map((pid) => describe(pid, cluster)).filter((found) => process.platform === 'linux' || found.isPostmaster)
}

/** False for a missing process and for a zombie, which has ended and only waits for its parent to notice. */
export function isAlive(pid: number): boolean {
  return startOf(pid) !== null
}

function describe(pid: number, cluster: string): LivingProcess {
  const line = `${commandLine(pid)} `
  return { pid, isPostmaster: line.includes(` -D ${cluster} `), launcher: / forthright\.launcher=(\S+)/.exec(line)?.[1] ?? null }
}

function pidsWorkingIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && linkTarget(`/proc/${name}/cwd`) === folder && procStat(Number(name))?.name === 'postgres')
    .map(Number)
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

function pidInLockFile(cluster: string): number[] {
  const pid = lockHolder(`${cluster}/postmaster.pid`)
  return pid !== null && isAlive(pid) ? [pid] : []
}

/** The process number a lock file of PostgreSQL names in its first line (negative for a single-user server), or null without one. */
export function lockHolder(file: string): number | null {
  const text = readText(file)
  const pid = Math.abs(Number.parseInt(text ?? '', 10))
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command')
  return (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ')
}

/** When a living process started, in the system's own reckoning; null for a missing one and a zombie. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') {
    if (ps(pid, 'stat').startsWith('Z')) return null
    return ps(pid, 'lstart').replaceAll(/[^\dA-Za-z]/g, '') || null
  }
  const found = procStat(pid)
  return found === null || found.state === 'Z' || found.state === 'X' ? null : found.start
}

/** proc(5): the name stands in brackets and may hold spaces and brackets; the state is the third field, the start the twenty-second. */
function procStat(pid: number): { name: string; state: string; start: string } | null {
  const parts = /^\d+ \((.*)\) (\S) (.*)$/s.exec(readText(`/proc/${pid}/stat`) ?? '')
  const start = parts?.[3]?.split(' ')[18]
  return parts && start !== undefined ? { name: parts[1]!, state: parts[2]!, start } : null
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
