import type { DateText } from '../../kernel/index.ts'
import type { ClockReading } from '../../timeliness/index.ts'
import type { ClockStanding } from '../../workflow/index.ts'

/** A clock as every screen, report and export shows it. */
export type NextClock = Pick<ClockReading, 'code' | 'label' | 'dueOn' | 'state' | 'words' | 'force' | 'source' | 'workingDaysLeft'>

/** A clock with where it comes from: a second time round, which report or task, which round, and the date that stood first. */
export type ClockView = NextClock &
  Pick<ClockReading, 'cycle' | 'of' | 'round' | 'startedOn' | 'firstDueOn' | 'stoppedOn' | 'pause' | 'shownTo'>

/** An open clock with what may be done to it. Which of these are open to the reader stands in `allowedActions`. */
export interface OpenClock extends ClockStanding {
  readonly label: string
  readonly words: string
  readonly shownTo: ClockReading['shownTo']
  readonly startedOn: DateText
  readonly firstDueOn: DateText
  readonly extensions: number
  /** Working days it has stood still in all. */
  readonly pausedDays: number
}
