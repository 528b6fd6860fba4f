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
 * Clocks of open concerns whose date would be another, by how many: never which. An administrator may be who a concern is about, and could else follow
 * it from limit to limit. As of the last day that is over, so that no two looks date what somebody did. Null where there is no such clock before or after.
 */
export interface MovedDeadline {
  readonly clock: string
  readonly before: DateText | null
  readonly after: DateText | null
  readonly clocks: number
}

export const countMoved = (moved: readonly MovedDeadline[]): number => moved.reduce((sum, { clocks }) => sum + clocks, 0)

/** What is reckoned by before a change and after it. */
export interface ReckoningChange {
  readonly before: Reckoning
  readonly after: Reckoning
}

/** The dates of open concerns. Kept by the concerns' room, which settings do not know. */
export interface OpenDeadlines {
  /** What would change on `today`, by limit and date. Changes nothing. */
  preview(tx: Tx, change: ReckoningChange, today: DateText): Promise<readonly MovedDeadline[]>
  /** Changes exactly that, and what began today, and says so in each concern's own entries. */
  move(
    tx: Tx,
    change: ReckoningChange,
    by: { readonly actor: EntryActor; readonly at: Temporal.Instant; readonly setting: string },
  ): Promise<{ readonly moved: readonly MovedDeadline[]; readonly entries: readonly AuditDraft[] }>
}
