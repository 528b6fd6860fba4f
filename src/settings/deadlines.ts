import type { AuditDraft, EntryActor } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import type { DateText } from '../kernel/index.ts'
import type { Rule, WorkingCalendar } from '../timeliness/index.ts'

/** What deadlines are reckoned by. */
export interface Reckoning {
  readonly calendar: WorkingCalendar
  readonly rules: readonly Rule[]
}

/**
 * A clock of an open concern whose date would be another: the concern's reference and two dates, which stand in clear, and nothing of what was
 * said. Null where it has no such clock before or after.
 */
export interface MovedDeadline {
  readonly reference: string
  readonly clock: string
  /** The report or task the clock is for; null where it is the concern's own. */
  readonly of: string | null
  readonly before: DateText | null
  readonly after: DateText | null
}

/** What is reckoned by before a change and after it. */
export interface ReckoningChange {
  readonly before: Reckoning
  readonly after: Reckoning
}

/** The dates of open concerns. Kept by the concerns' room, which settings do not know. */
export interface OpenDeadlines {
  /** What would change on `today`, by reference. Changes nothing. */
  preview(tx: Tx, change: ReckoningChange, today: DateText): Promise<readonly MovedDeadline[]>
  /** Changes exactly that, and says so in each concern's own entries. */
  move(
    tx: Tx,
    change: ReckoningChange,
    by: { readonly actor: EntryActor; readonly at: Temporal.Instant; readonly setting: string },
  ): Promise<{ readonly moved: readonly MovedDeadline[]; readonly entries: readonly AuditDraft[] }>
}
