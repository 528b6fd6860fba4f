import type { DateText } from '../kernel/index.ts'
import type { ClockState, Force } from '../timeliness/index.ts'

/** What an entry says of who wrote it and when. */
export interface DutyAct {
  readonly entry: string
  readonly on: DateText
  readonly role: string
}

/** A duty of the organisation as a whole, as its entries give it at the end of a day: what the one reckoning says of it (P5). `duties` owns it. */
export interface ReckonedDuty {
  readonly duty: string
  readonly code: string
  readonly version: number
  readonly startedOn: DateText
  readonly firstDueOn: DateText
  readonly dueOn: DateText
  readonly stoppedOn: DateText | null
  readonly outcome: ClockState
  /** From the start to the stop, or to the report's day. */
  readonly workingDays: number
  /** Whole hours it took, of what runs in hours and is done. */
  readonly hours: number | null
  readonly pausedDays: number
  readonly extensions: number
  readonly force: Force
  readonly source: string
  readonly began: DutyAct
  readonly done: DutyAct | null
  readonly warned: DutyAct | null
  readonly escalations: readonly (DutyAct & { readonly to: string })[]
  readonly movedFor: readonly string[]
}

/** A duty with the places of its entries in the log. Codes, days and counts: no person, no concern, no time of day. */
export interface DutyRow extends Omit<ReckonedDuty, 'began' | 'done' | 'warned' | 'escalations'> {
  /** When its beginning was written down, and its end: later than `startedOn` or `stoppedOn` where it was done after the event. */
  readonly recordedOn: DateText
  readonly stopRecordedOn: DateText | null
  /** Places in the log; null where there is no such entry, or it waits for its place. */
  readonly startedEntry: number | null
  readonly startedRole: string
  readonly stoppedEntry: number | null
  readonly stoppedRole: string | null
  /** The day on which the clock said that its date is near, and the first on which it told somebody above. */
  readonly warnedOn: DateText | null
  readonly warnedEntry: number | null
  readonly escalatedOn: DateText | null
  /** Everybody above who was told, by role, and the entry of each. */
  readonly escalatedTo: readonly string[]
  readonly escalatedEntries: readonly (number | null)[]
}

export const entriesOf = ({ began, done, warned, escalations }: ReckonedDuty): readonly string[] =>
  [began, done, warned, ...escalations].flatMap((act) => act?.entry ?? [])

export function dutyRow({ began, done, warned, escalations, ...duty }: ReckonedDuty, placeOf: (entry: string) => number | null): DutyRow {
  const placeIn = (act: DutyAct | null) => act && placeOf(act.entry)
  return {
    ...duty,
    recordedOn: began.on,
    stopRecordedOn: done && done.on,
    startedEntry: placeIn(began),
    startedRole: began.role,
    stoppedEntry: placeIn(done),
    stoppedRole: done && done.role,
    warnedOn: warned && warned.on,
    warnedEntry: placeIn(warned),
    escalatedOn: escalations[0]?.on ?? null,
    escalatedTo: escalations.map(({ to }) => to),
    escalatedEntries: escalations.map(placeIn),
  }
}

/** Where a period has room for a duty: it began in it or before, and was not done before it. What takes a year is late in another than it began in. */
export function wasOpenIn(
  { startedOn, stoppedOn }: Pick<ReckonedDuty, 'startedOn' | 'stoppedOn'>,
  { from, to }: { readonly from: DateText; readonly to: DateText },
): boolean {
  return startedOn <= to && (stoppedOn === null || stoppedOn >= from)
}

/** The order of the list: by code, day of start and number, as texts. */
export function byDuty(a: Pick<DutyRow, 'code' | 'startedOn' | 'duty'>, b: Pick<DutyRow, 'code' | 'startedOn' | 'duty'>): number {
  for (const part of ['code', 'startedOn', 'duty'] as const) if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1
  return 0
}
