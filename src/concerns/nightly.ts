import { unloggedTransaction, type Database } from '../database/index.ts'
import { dateToColumn, londonDate, type Clock } from '../kernel/index.ts'
import { deleteDueTexts } from './sample/sample-store.ts'

/** Deletes drafts, inboxes and receipts whose purge date has come. Returns how many. */
export function purgeReporterRows(database: Database, clock: Clock): Promise<number> {
  const due = { purgeOn: { lte: dateToColumn(londonDate(clock.now())) } }
  return unloggedTransaction(database, async (tx) => {
    const sessions = await tx.reporterSession.deleteMany({ where: due })
    const receipts = await tx.receipt.deleteMany({ where: due })
    return sessions.count + receipts.count
  })
}

/** Deletes masked texts of samples whose time is over; that they were unlocked and read stays in the log. Returns how many. */
export function purgeSampleTexts(database: Database, clock: Clock): Promise<number> {
  return unloggedTransaction(database, (tx) => deleteDueTexts(tx, londonDate(clock.now())))
}

/**
 * Writes anew every row that a reporter's act wrote, all in one transaction and in the order of their random keys, so that neither place
 * nor transaction number dates an act (`security.md` 4). Each table is locked while it is written: seconds, at night.
 */
export async function forgetReporterOrder(database: Database): Promise<void> {
  await unloggedTransaction(database, (tx) => tx.$executeRaw`select forget_reporter_order()`)
}
