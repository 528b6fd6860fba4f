import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from '../cannot-start.ts'

/** Stands in a data folder while a backup is put back into it, and after a kill: half a log must never be taken for a whole one. */
export const unfinishedMark = 'restore-unfinished'

export function refuseUnfinished(dataDir: string): void {
  if (!existsSync(join(dataDir, unfinishedMark))) return
  throw new CannotStart(`A backup was being put back into ${dataDir}, and that was not finished. Run npm run restore again with it.`)
}
