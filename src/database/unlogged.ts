import type { Database, Tx } from './database.ts'
import { runTransaction } from './transaction.ts'

/**
 * A writing transaction that leaves no entry in the log: for drafts, receipts, reporters' sessions and the bookkeeping of staff
 * sessions and jobs (`security.md` 4). Its callers are on an allow-list in the import rules. Throws like `runTransaction`.
 */
export function unloggedTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return runTransaction(database, work)
}
