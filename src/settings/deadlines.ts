import type { AuditDraft, EntryActor } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import type { DateText } from '../kernel/index.ts'
import type { Rule, WorkingCalendar } from '../timeliness/index.ts'

/** What deadlines are reckoned by. */
export interface Reckoning {
  readonly calendar: WorkingCalendar
  readonly rules: readonly Rule[]
}

/** An open concern whose next date would be another: its reference and two dates, which stand in clear, and nothing of what was said. */
export interface MovedDeadline {
  readonly reference: string
  readonly clock: string
  readonly before: DateText | null
  readonly after: DateText | null
}

/** The stored next dates of open concerns. Kept by the concerns' room, which settings do not know. */
export interface OpenDeadlines {
  /** What would change on `today` under another reckoning, by reference. Changes nothing. */
  preview(tx: Tx, reckoning: Reckoning, today: DateText): Promise<readonly MovedDeadline[]>
  /** Changes exactly that, and says so in each concern's own entries. */
  move(
    tx: Tx,
    reckoning: Reckoning,
    by: { readonly actor: EntryActor; readonly at: Temporal.Instant; readonly setting: string },
  ): Promise<{ readonly moved: readonly MovedDeadline[]; readonly entries: readonly AuditDraft[] }>
}
