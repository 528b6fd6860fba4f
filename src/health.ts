import type { Database } from './database/index.ts'

/** What readiness looks at, and what the worker's process says of itself. */
export interface HealthDeps {
  readonly database: Database
  readonly directory: { current(): Promise<unknown> }
  readonly workerAlive: () => boolean
}

export interface Health {
  ready(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }>
}

/** Whether the service can keep its promises now; `reasons` name what fails, as codes: `database`, `log`, `recipients`, `worker`. */
export function createHealth({ database, directory, workerAlive }: HealthDeps): Health {
  const checks: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['database', () => database.ping()],
    ['log', () => database.read((tx) => tx.staffEntry.findFirst({ select: { id: true } }))],
    ['recipients', () => directory.current()],
    ['worker', async () => (workerAlive() ? null : Promise.reject(new Error('no worker')))],
  ]
  return {
    async ready() {
      const failed = await Promise.all(
        checks.map(([reason, check]) =>
          check().then(
            () => null,
            () => reason,
          ),
        ),
      )
      const reasons = failed.filter((reason) => reason !== null)
      return { ready: reasons.length === 0, reasons }
    },
  }
}
