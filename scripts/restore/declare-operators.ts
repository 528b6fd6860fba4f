import { RowsRefused, settleRestored, type Connection } from '../../src/database/index.ts'
import { declareRestore, type Declared } from './declare.ts'
import { comparePins, leftCheckpoints } from './old-folder.ts'
import { RestoreRefused } from './refused.ts'
import type { RestoreWanted, RestoreWorld } from './restore-backup.ts'

/**
 * Declares that an operator's own database was put back: the log is checked, nobody is signed in any more, and the log says which copy it is. The
 * service must not be running. Throws `RestoreRefused`; then nothing was changed.
 */
export async function declareOperators(
  { config, clock, random }: RestoreWorld,
  owner: Connection,
  wanted: Pick<RestoreWanted, 'outside' | 'outsideUnknown' | 'old' | 'olderList' | 'noticeDays'> & { readonly copyOf: string },
): Promise<Declared> {
  const { dir } = config.data
  const outside = [...wanted.outside, ...leftCheckpoints(dir, ...(wanted.old === null ? [] : [wanted.old]))]
  if (outside.length === 0 && !wanted.outsideUnknown) throw new RestoreRefused('outside_missing')
  const newerList = comparePins(wanted.old, dir, wanted.olderList)
  const declaration = { clock, random, outside, copyOn: wanted.copyOf, noticeDays: wanted.noticeDays, newerList }
  return settleRestored(owner, (database) => declareRestore(declaration, database)).catch((error: unknown) => {
    throw error instanceof RowsRefused && error.code.startsWith('FR') ? new RestoreRefused('log_does_not_hold') : error
  })
}
