import { fork, type ChildProcess } from 'node:child_process'
import type { Log } from './kernel/index.ts'

export interface WorkerKeeper {
  start(): void
  alive(): boolean
  /** Tells it to finish and starts it no more. */
  stop(): void
}

const pauseMilliseconds = 1_000

/** Keeps the background process running: one that ends by itself, as where the database was away, is started again after a second. */
export function createWorkerKeeper(file: string, log: Log): WorkerKeeper {
  let worker: ChildProcess | null = null
  let stopped = false
  const start = (): void => {
    if (stopped) return
    worker = fork(file)
    worker.once('exit', () => {
      worker = null
      if (stopped) return
      log('internal_error', { where: 'worker', kind: 'ended' })
      setTimeout(start, pauseMilliseconds).unref()
    })
  }
  return {
    start,
    alive: () => worker?.connected ?? false,
    stop: () => {
      stopped = true
      worker?.kill('SIGTERM')
    },
  }
}
