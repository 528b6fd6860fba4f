import type { StoredEntry } from '../audit/index.ts'
import type { DateText } from '../kernel/index.ts'
import type { ClockReading, TimelineEvent } from '../timeliness/index.ts'
import type { ClockView } from './views.ts'

type Happened = Pick<StoredEntry, 'kind' | 'on' | 'text'>

/**
 * What the clocks go by, told from a concern's own entries (P5): received on the day it was raised, acknowledged on the London day of the
 * first entry in which a person acknowledged it. Reopening is an event of its own and none of receiving: a limit once met or missed stays so.
 */
export function eventsOf(raisedOn: DateText, entries: readonly Happened[]): TimelineEvent[] {
  return [{ kind: 'received', on: raisedOn }, ...entries.flatMap(eventIn)]
}

function eventIn(entry: Happened): TimelineEvent[] {
  const { kind, on } = entry
  if (kind === 'concern_acknowledged') return [{ kind: 'acknowledged', on }]
  if (kind === 'concern_reopened') return [{ kind: 'reopened', on }]
  return kind === 'concern_withdrawn' && movedTo(entry) === 'withdrawn' ? [{ kind: 'withdrawn', on }] : []
}

function movedTo({ text }: Happened): unknown {
  return (JSON.parse(text) as { fields: { to?: unknown } }).fields.to
}

export function clockView({ code, label, dueOn, state, words, force, source, workingDaysLeft }: ClockReading): ClockView {
  return { code, label, dueOn, state, words, force, source, workingDaysLeft }
}
