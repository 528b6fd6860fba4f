import type { DateText } from '../kernel/index.ts'

/** Something that happened to a concern, by its London date: the only precision a reporter's act has, and all a clock needs. */
export interface TimelineEvent {
  readonly kind: string
  readonly on: DateText
  /** Which one, where there may be several: a report of bad treatment, a task, a request. */
  readonly of?: string
  /** The date that was set or told with it: the end of an investigation, a task's own date, an extension's, a pause's. */
  readonly until?: DateText
  /** The clock that was paused, resumed or extended. */
  readonly clock?: string
  /** The entry of the log that says so. */
  readonly entry?: string
}

/** What stands in clear about a concern and decides which limits hold for it. */
export interface TimelineFacts {
  readonly danger: boolean
  readonly returnChannel: boolean
}

export const nothingSpecial: TimelineFacts = { danger: false, returnChannel: true }

/** One start of one clock: the events that can stop, end or move it, in their order. */
export interface Occurrence {
  readonly cycle: number
  readonly of: string | null
  readonly startedOn: DateText
  /** The entry that started it; absent where a passing day did. */
  readonly entry?: string
  /** The date that came with the start. */
  readonly setFor: DateText | null
  readonly events: readonly TimelineEvent[]
}

export type Cycles = readonly (readonly TimelineEvent[])[]

/** Events by the cycle they belong to: each reopening begins the next, with itself. Events come in the order in which they happened. */
export function cyclesOf(events: readonly TimelineEvent[]): Cycles {
  const cycles: TimelineEvent[][] = [[]]
  for (const event of events) {
    if (event.kind === 'reopened') {
      // The one that is left ends with it, and the next begins with it
      cycles.at(-1)!.push(event)
      cycles.push([])
    }
    cycles.at(-1)!.push(event)
  }
  return cycles
}

/** The earliest event of this kind, on or after a day; null where there is none. */
export function firstOf(events: readonly TimelineEvent[], kind: string, from?: DateText): TimelineEvent | null {
  let first: TimelineEvent | null = null
  for (const event of events) {
    if (event.kind !== kind || (from !== undefined && event.on < from)) continue
    if (first === null || event.on < first.on) first = event
  }
  return first
}
