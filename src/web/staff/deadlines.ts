import type { ClockView, NextClock } from '../../concerns/index.ts'

export interface Chip {
  readonly text: string
  readonly colour: 'red' | 'orange' | 'yellow' | 'green' | 'grey'
}

export interface Deadline {
  readonly label: string
  /** `YYYY-MM-DD` */
  readonly dueOn: string
  readonly chip: Chip
}

/** Working days in which a date counts as near, as in the queue's published order. */
const near = 3

/** A clock as a chip. The words are the clock's own and carry the whole meaning; the colour only repeats them. */
export function deadlineOf(clock: NextClock): Deadline {
  return { label: clock.label, dueOn: clock.dueOn, chip: chipOf(clock) }
}

export function chipOf(clock: Pick<NextClock, 'state' | 'words' | 'workingDaysLeft'>): Chip {
  return { text: clock.words, colour: colourOf(clock) }
}

/** The clock that matters now: the first still open by due date, or, when all have stopped, the last that ran. */
export function leadingClock(clocks: readonly ClockView[]): ClockView | null {
  const byDue = clocks.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return byDue.find(isOpen) ?? byDue.at(-1) ?? null
}

/** Whether somebody still has something to do: it runs, stands still or is late. */
export function isOpen({ state }: Pick<ClockView, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'overdue'
}

function colourOf({ state, workingDaysLeft }: Pick<NextClock, 'state' | 'workingDaysLeft'>): Chip['colour'] {
  if (state === 'overdue' || state === 'missed') return 'red'
  if (state === 'paused') return 'grey'
  if (state === 'met' || state === 'not_applicable' || workingDaysLeft > near) return 'green'
  return workingDaysLeft <= 0 ? 'orange' : 'yellow'
}
