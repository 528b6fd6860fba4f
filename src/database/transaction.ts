import { writeOn, type Database, type Tx } from './database.ts'

/**
 * A transaction that may write. Not on the room's door: only the audited transaction, which adds the entries, and the unlogged one
 * import this file, and the import rules say so (P3). Throws like `Database.read`; a unique violation comes through as it is
 * (`isUniqueViolation`), as do the errors of the database's own guards.
 */
export function runTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return writeOn(database, work)
}
