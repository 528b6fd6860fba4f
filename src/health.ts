import type { Directory } from './accounts/index.ts'
import type { Database } from './database/index.ts'

/** What readiness looks at, and what the worker's process says of itself. */
export interface HealthDeps {
  readonly database: Database
  readonly directory: { current(): Promise<Pick<Directory, 'people' | 'guardiansOf'>> }
  readonly workerAlive: () => boolean
}

export interface Health {
  ready(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[]; readonly warnings: readonly string[] }>
}

/**
 * What works and should not stay so, as codes: `one_guardian` where a team that receives concerns has one guardian only, so that nobody reads them
 * while that one is away (`security.md` 2). None where the list of recipients does not hold: that is a reason, not a warning.
 */
export async function warningsOf(directory: HealthDeps['directory']): Promise<'one_guardian'[]> {
  const current = await directory.current().catch(() => null)
  const groups = new Set(current?.people.flatMap(({ intakeGroupIds }) => intakeGroupIds) ?? [])
  return [...groups].some((group) => current?.guardiansOf(group).length === 1) ? ['one_guardian'] : []
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
      return { ready: reasons.length === 0, reasons, warnings: await warningsOf(directory) }
    },
  }
}
