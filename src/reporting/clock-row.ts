import type { DateText } from '../kernel/index.ts'
import type { ClockReading, ClockState } from '../timeliness/index.ts'

/** A clock of a concern as the report counts it: what the one reckoning says of it on the report's day. */
export interface ClockRow {
  readonly code: string
  readonly version: number
  readonly cycle: number
  /** The report or task it is for; null where it is the concern's own. */
  readonly of: string | null
  readonly round: number
  readonly startedOn: DateText
  readonly firstDueOn: DateText
  readonly dueOn: DateText
  /** Null while it is open. */
  readonly stoppedOn: DateText | null
  readonly outcome: ClockState
  /** From the start to the stop, or to the report's day. */
  readonly workingDays: number
  readonly pausedDays: number
  readonly extensions: number
  readonly endedBy: string | null
}

export function rowOf(reading: ClockReading): ClockRow {
  const {
    code,
    version,
    cycle,
    of,
    round,
    startedOn,
    firstDueOn,
    dueOn,
    stoppedOn,
    state,
    workingDaysTaken,
    pausedDays,
    extensions,
    endedBy,
  } = reading
  return {
    ...{ code, version, cycle, of, round, startedOn, firstDueOn, dueOn },
    stoppedOn: stoppedOn ?? null,
    outcome: state,
    workingDays: workingDaysTaken,
    pausedDays,
    extensions,
    endedBy: endedBy ?? null,
  }
}

/** Many clocks that are alike in all that is counted. */
export interface ClockGroup extends Pick<ClockRow, 'code' | 'version' | 'outcome' | 'workingDays' | 'endedBy'> {
  /** A pause or an extension moved its date. */
  readonly moved: boolean
  /** It had stopped, or was still open, by the date that stood when it started. */
  readonly withinFirst: boolean
  readonly count: number
  readonly pausedDays: number
  readonly extensions: number
}

export function groupOf(row: ClockRow, asOf: DateText): ClockGroup {
  const { code, version, outcome, workingDays, endedBy, pausedDays, extensions } = row
  return {
    ...{ code, version, outcome, workingDays, endedBy, pausedDays, extensions },
    moved: pausedDays > 0 || extensions > 0,
    withinFirst: (row.stoppedOn ?? asOf) <= row.firstDueOn,
    count: 1,
  }
}
