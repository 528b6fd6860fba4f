import { fork, type ChildProcess, type Serializable } from 'node:child_process'
import type { Lack, SigningState } from './health.ts'
import type { Log } from './kernel/index.ts'

export interface WorkerKeeper {
  start(): void
  alive(): boolean
  /** What it last said of the log; nothing while it does not run. */
  signing(): SigningState
  /** What it said that it has to do without. */
  lacks(): readonly Lack[]
  /** Tells it to finish and starts it no more. */
  stop(): void
}

const pauseMilliseconds = 1_000

/** Keeps the background process running: one that ends by itself, as where the database was away, is started again after a second. */
export function createWorkerKeeper(file: string, log: Log): WorkerKeeper {
  let worker: ChildProcess | null = null
  let stopped = false
  let signing: SigningState = { reasons: [], warnings: [] }
  let lacks: readonly Lack[] = []
  const start = (): void => {
    if (stopped) return
    worker = fork(file)
    worker.on('message', (message) => {
      if (isState(message)) signing = message.signing
      if (isLack(message)) lacks = message.lacks
    })
    worker.once('exit', () => {
      worker = null
      signing = { reasons: [], warnings: [] }
      lacks = []
      if (stopped) return
      log('internal_error', { where: 'worker', kind: 'ended' })
      setTimeout(start, pauseMilliseconds).unref()
    })
  }
  return {
    start,
    alive: () => worker?.connected ?? false,
    signing: () => signing,
    lacks: () => lacks,
    stop: () => {
      stopped = true
      worker?.kill('SIGTERM')
    },
  }
}

const isState = (message: Serializable): message is { signing: SigningState } & object =>
  typeof message === 'object' && message !== null && 'signing' in message

const isLack = (message: Serializable): message is { lacks: readonly Lack[] } & object =>
  typeof message === 'object' && message !== null && 'lacks' in message
