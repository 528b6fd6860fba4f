import { spawnSync } from 'node:child_process'
import type { Account } from './places.ts'

/** Nothing of our own environment reaches a program of the server: it may hold secrets, and `PG…` or `LC_…` variables would steer it. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * The words to put before a command so that on Linux it ends with the process that launched it, even with one killed by kill -9.
 * None where `setpriv` is missing or can't do it (busybox): the next start then finds an orphan.
 */
export function leash(account: Account | null): string[] {
  if (process.platform !== 'linux') return []
  const words = ['setpriv', '--pdeathsig', 'INT', '--']
  const tried = spawnSync(words[0]!, [...words.slice(1), 'true'], { cwd: '/', env: serverEnvironment, stdio: 'ignore', ...account })
  return tried.status === 0 ? words : []
}
