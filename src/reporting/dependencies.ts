import type { AuditedTransaction, LogReader, StoredEntry } from '../audit/index.ts'
import type { Database } from '../database/index.ts'
import type { DateText } from '../kernel/index.ts'
import type { ClockReading, Rule, WorkingCalendar } from '../timeliness/index.ts'
import type { ReckonedDuty } from './duty-rows.ts'

/** What clocks are told from: kind, London day and text of an entry. */
export type ClockedEntry = Pick<StoredEntry, 'kind' | 'on' | 'text'>

/** What clocks go by beside the entries. */
export interface Reckoning {
  readonly rules: readonly Rule[]
  readonly calendar: WorkingCalendar
}

/** The one reckoning of a concern's clocks from its entries, staff's of a day before reporters' (P5). `concerns` owns it. */
export type ReckonClocks = (raisedOn: DateText, entries: readonly ClockedEntry[], by: Reckoning, on: DateText) => readonly ClockReading[]

/** The same of the organisation's duties, from the texts of their entries, oldest first, at the end of a day. `duties` owns it. */
export type ReckonDuties = (texts: readonly string[], by: Reckoning, on: DateText) => readonly ReckonedDuty[]

/** What the room needs of the world; `src/composition.ts` fills it in. */
export interface ReportingDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly settings: { current(): Promise<Reckoning> }
  readonly reckon: ReckonClocks
  readonly reckonDuties: ReckonDuties
  /** Kinds of entry that clocks go by. */
  readonly clockedKinds: readonly string[]
  /** The last day a report tells of. With real concerns the last one that is over: else two looks at a report could date a reporter's act. */
  readonly lastDay: (now: Temporal.Instant) => DateText
}

/** Who looks, when, and whether with a second factor given within five minutes, at sign-in or since. A signed-in person's context is one. */
export interface ReportReader extends LogReader {
  readonly freshCode: boolean
}
