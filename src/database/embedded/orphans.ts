import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from '../cannot-start.ts'
import { launcherLives, launcherPid, livingIn, type LivingProcess } from './processes.ts'

/** A living process already runs the server of this data folder. */
export class AlreadyRunning extends CannotStart {}

/**
 * Waits until no server lives in the folder. An orphan, whose launcher died, is told to stop, and after ten seconds to stop at
 * once. Throws `AlreadyRunning` where the launcher lives, or where the server is not ours.
 */
export async function emptyFolder(cluster: string): Promise<void> {
  for (const { pid } of orphansIn(cluster).filter(({ isPostmaster }) => isPostmaster)) signal(pid, 'SIGINT')
  if (await areGone(cluster, 10_000)) return
  for (const { pid } of orphansIn(cluster)) signal(pid, 'SIGQUIT')
  if (await areGone(cluster, 5_000)) return
  const left = orphansIn(cluster).map(({ pid }) => pid)
  throw new CannotStart(`Processes of an earlier server do not leave ${cluster}: ${left.join(', ')}.`)
}

/** Without their first process the others end by themselves. */
async function areGone(cluster: string, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (orphansIn(cluster).length > 0) {
    if (performance.now() > deadline) return false
    await pause(20)
  }
  return true
}

function orphansIn(cluster: string): LivingProcess[] {
  const living = livingIn(cluster)
  for (const { isPostmaster, pid, launcher } of living) if (isPostmaster) refuseUnlessOrphan(pid, launcher, cluster)
  return living
}

function refuseUnlessOrphan(pid: number, launcher: string | null, cluster: string): void {
  if (launcher === null)
    throw new AlreadyRunning(`Another PostgreSQL (process ${pid}), which Forthright did not start, uses ${cluster}. Stop it first.`)
  if (!launcherLives(launcher)) return
  throw new AlreadyRunning(
    `Forthright already runs on this data folder: process ${launcherPid(launcher)}, database in ${cluster}. Stop it first.`,
  )
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended meanwhile, which is what we want.
  }
}
