import type { StoredEntry } from '../audit/index.ts'
import type { DateText } from '../kernel/index.ts'
import type { ClockReading, TimelineEvent } from '../timeliness/index.ts'
import type { ClockView } from './views.ts'

/**
 * What the clocks go by, told from a concern's own entries (P5): received on the day it was raised, acknowledged on the London day of the
 * first entry in which a person acknowledged it.
 */
export function eventsOf(raisedOn: DateText, entries: readonly Pick<StoredEntry, 'kind' | 'on'>[]): TimelineEvent[] {
  const acknowledged = entries.filter((entry) => entry.kind === 'concern_acknowledged').map(({ on }) => ({ kind: 'acknowledged', on }))
  return [{ kind: 'received', on: raisedOn }, ...acknowledged]
}

export function clockView({ code, label, dueOn, state, words, force, source, workingDaysLeft }: ClockReading): ClockView {
  return { code, label, dueOn, state, words, force, source, workingDaysLeft }
}
