import type { CompartmentKeys } from '../../vault/index.ts'
import type { ConcernDeps } from '../dependencies.ts'

/** What the background process looks at clocks with. */
export type SweepDeps = Pick<ConcernDeps, 'database' | 'audited' | 'clock' | 'random' | 'directory' | 'settings' | 'outbox'> & {
  /** The background process's own: no other holds it. Null where its file is lost: then what leads are told waits for it, since it may be about them. */
  readonly dutyKeys: CompartmentKeys | null
}
