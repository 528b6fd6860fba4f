import {
  createCosign,
  createIntegrator,
  createLogKeys,
  createRollbackGuard,
  LogRefused,
  type KeptNote,
  type LogKeyFiles,
  type NamedWitness,
  type Pace,
  type WitnessOutcome,
} from './audit/index.ts'
import type { Service } from './composition.ts'
import { createDatabase, type Connection } from './database/index.ts'
import type { SigningState } from './health.ts'

export interface SigningOptions {
  /** The signer's login. */
  readonly connection: Connection
  readonly files: LogKeyFiles
  readonly pace: Pace
  readonly witnesses: readonly NamedWitness[]
  /** Where the newest published checkpoint is kept outside the database. */
  readonly published: KeptNote
  /** Hands on how it stands after each run: the web process shows it to whoever watches. */
  readonly tell: (state: SigningState) => void
}

export interface Signing {
  /** Makes the batch that is due, and asks the witnesses. One run at a time. Gives the entries added; 0 where the log was refused, which it tells. */
  run(): Promise<number>
  /** Again and again, after a pause that grows with what a look costs. */
  keepRunning(): void
  close(): Promise<void>
}

const connections = 2
/** A backlog of years is one batch, and a slow disk may need its time; it holds no lock that the service waits for. */
const patience = { wait: 10_000, transaction: 300_000 }
/** Milliseconds between looks in a demonstration; a look may take a twentieth of the time at most. */
const shortestPause = 2_000
const pauseForLook = 20

/** The background process's half of the log: places, tree, checkpoints, keys, witnesses. The web process has neither this login nor the keys. */
export function createSigning({ audited, clock, random, log, database }: Service, options: SigningOptions): Signing {
  const signer = createDatabase({ connection: options.connection, maxConnections: connections, patience })
  const keys = createLogKeys({ signer, audited, files: options.files, clock, random })
  const integrator = createIntegrator({ signer, random, pace: options.pace, signers: keys.settle })
  const cosign = createCosign({ signer, witnesses: options.witnesses, fetch })
  const guard = createRollbackGuard(database, options.published)
  let running: Promise<number> | null = null
  let closed = false

  const runOnce = async (): Promise<number> => {
    try {
      // What it would sign would contradict what is published: that must be declared first (docs/backup.md)
      if (await guard.isRolledBack()) throw new LogRefused('rolled_back')
      const { added } = await integrator.integrate(clock.now())
      await guard.keepNewest()
      const outcomes = options.witnesses.length === 0 ? [] : await cosign()
      const failed = Map.groupBy(
        outcomes.filter((outcome) => outcome !== 'cosigned'),
        (outcome) => outcome,
      )
      for (const [kind, each] of failed) log('witness_failed', { kind, count: each.length })
      options.tell({ reasons: [], warnings: warningsFor(outcomes) })
      return added
    } catch (error) {
      if (!(error instanceof LogRefused)) throw error
      log('log_refused', { code: error.code, ...(error.entry !== null && { entry: error.entry }) })
      options.tell({ reasons: ['log_refused'], warnings: [] })
      return 0
    }
  }
  const run = (): Promise<number> => {
    running ??= runOnce().finally(() => (running = null))
    return running
  }
  const keepRunning = (): void => {
    if (closed) return
    const began = performance.now()
    const again = () => setTimeout(keepRunning, Math.max(shortestPause, (performance.now() - began) * pauseForLook)).unref()
    run().then(again, (error: unknown) => {
      log('job_failed', { job: 'integrate', kind: error instanceof Error ? error.name : 'unknown' })
      again()
    })
  }
  return {
    run,
    keepRunning,
    close: async () => {
      closed = true
      await running?.catch(() => {})
      await signer.close()
    },
  }
}

function warningsFor(outcomes: readonly WitnessOutcome[]): SigningState['warnings'] {
  const ahead = outcomes.includes('knows_more')
  const silent = outcomes.some((outcome) => outcome !== 'cosigned' && outcome !== 'knows_more')
  return [...(ahead ? (['witness_ahead'] as const) : []), ...(silent ? (['witness_silent'] as const) : [])]
}
