import { dateFromColumn, instantFromColumn, londonDate, type Clock, type DateText } from '../kernel/index.ts'
import type { Database } from '../database/index.ts'

/** The database was put back to an older state: what people of those days have to be told. */
export interface RestoreNotice {
  /** The day of the copy, and the day it was put back. What was done between the two may be lost. */
  readonly copyOn: DateText
  readonly restoredOn: DateText
}

export interface RestoreNotices {
  /** What to tell today; null where nothing was put back, or long enough ago. */
  current(): Promise<RestoreNotice | null>
}

const freshSeconds = 60

/** The last restore, while people are to be told of it. Kept for a minute: only a command that runs while the service does not can add one. */
export function createRestoreNotices({ database, clock }: { readonly database: Database; readonly clock: Clock }): RestoreNotices {
  let kept: { readonly last: (RestoreNotice & { readonly until: DateText }) | null; readonly readAt: Temporal.Instant } | null = null

  const read = async () => {
    const row = await database.read((tx) => tx.logRestore.findFirst({ orderBy: { number: 'desc' } }))
    return row === null
      ? null
      : {
          copyOn: dateFromColumn(row.copyOn),
          restoredOn: londonDate(instantFromColumn(row.restoredAt)),
          until: dateFromColumn(row.noticeUntil),
        }
  }
  return {
    current: async () => {
      const now = clock.now()
      const age = kept === null ? Infinity : (now.epochMilliseconds - kept.readAt.epochMilliseconds) / 1000
      if (kept === null || age < 0 || age >= freshSeconds) kept = { last: await read(), readAt: now }
      const { last } = kept
      return last === null || last.until < londonDate(now) ? null : { copyOn: last.copyOn, restoredOn: last.restoredOn }
    },
  }
}
