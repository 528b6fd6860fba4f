import { CannotStart, type Database } from '../database/index.ts'
import type { Stamp } from './organisation.ts'
import { readOrganisation } from './settings-store.ts'

/**
 * Whether the database is ready for this mode: true where its organisation was opened with the same stamp, false where there is no
 * organisation yet. Throws `CannotStart` where it belongs to the other mode: real concerns never meet people whose password is
 * printed at start.
 */
export async function checkStamp(database: Database, mode: Stamp): Promise<boolean> {
  const organisation = await database.read(readOrganisation)
  if (organisation === null) return false
  refuseOtherStamp(organisation.stamp, mode)
  return true
}

export function refuseOtherStamp(found: Stamp, mode: Stamp): void {
  if (found === mode) return
  throw new CannotStart(
    found === 'demonstration'
      ? 'This database is a demonstration, whose passwords are public. Real mode refuses it: use another DATA_DIR or DATABASE_URL.'
      : 'This database holds real concerns. Demonstration mode refuses it: use another DATA_DIR.',
  )
}
