import { rmSync } from 'node:fs'
import { placesFor } from '../../src/database/embedded/places.ts'
import { livingIn } from '../../src/database/embedded/processes.ts'

/** The one server of a test run, as the run's set-up hands it to the test files. */
export interface TestServer {
  /** The folder of the socket. */
  readonly host: string
  readonly port: number
  readonly superuser: TestLogin
  readonly owner: TestLogin
  readonly app: TestLogin
  readonly signer: TestLogin
  readonly auditor: TestLogin
  /** The secrets that fit `demonstrationName`. Copy them. */
  readonly demonstrationSecrets: string
}

export interface TestLogin {
  readonly user: string
  readonly password: string
}

/** The database that was migrated once and that nobody enters. */
export const templateName = 'forthright_template'
/** The same with the demonstration's settings and people in it, as its first start leaves it on `ordinaryMorning`. */
export const demonstrationName = 'forthright_demonstration'

/**
 * Removes the database of a service that a test ran on this data folder and has ended: for root it lies outside the folder, under
 * `/var/lib/forthright`, and would stay.
 */
export function removeServerOf(dataDir: string): void {
  const { home, cluster, socketDir } = placesFor(dataDir)
  const living = livingIn(cluster)
  if (living.length > 0) throw new Error(`a server still lives in ${cluster}: ${living.map(({ pid }) => pid).join(', ')}`)
  for (const folder of [socketDir, home]) rmSync(folder, { recursive: true, force: true })
}
