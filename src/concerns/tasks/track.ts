import type { StoredEntry } from '../../audit/index.ts'
import { readDate, type DateText } from '../../kernel/index.ts'

type Entry = Pick<StoredEntry, 'kind' | 'on' | 'text'>

export type TaskState = 'open' | 'done' | 'passed_on'

/** One task as the log tells it: nothing sealed is opened for this. */
export interface TaskTrack {
  readonly id: string
  readonly setOn: DateText
  /** The date it was given first. Where it stands now is its clock's. */
  readonly setFor: DateText | null
  /** The sealed record that holds its words: its own, or the findings it was set with. */
  readonly item: string
  /** Which of the tasks of that record, from 0. */
  readonly place: number
  readonly state: TaskState
  readonly endedOn: DateText | null
  /** The sealed record of how it ended. */
  readonly endItem: string | null
}

/** Every task of a concern, in the order they were set. `entries` in their own order. */
export function tasksIn(entries: readonly Entry[]): TaskTrack[] {
  const places = new Map<string, number>()
  const ends = endsIn(entries)
  return entries.flatMap((entry) => {
    if (entry.kind !== 'task_set') return []
    const { task, dueOn, item } = fieldsOf(entry)
    if (typeof task !== 'string' || typeof item !== 'string') return []
    const place = places.get(item) ?? 0
    places.set(item, place + 1)
    const end = ends.get(task)
    return [
      {
        id: task,
        setOn: entry.on,
        setFor: typeof dueOn === 'string' ? readDate(dueOn) : null,
        item,
        place,
        state: end?.state ?? 'open',
        endedOn: end?.on ?? null,
        endItem: end?.item ?? null,
      },
    ]
  })
}

/** How many actions set with findings no task stands for: those of before tasks were kept. */
export function untrackedActions(entries: readonly Entry[]): number {
  const tracked = new Map<unknown, number>()
  for (const { item } of tasksIn(entries)) tracked.set(item, (tracked.get(item) ?? 0) + 1)
  return entries.reduce((sum, entry) => {
    if (entry.kind !== 'findings_recorded') return sum
    const { actions, item } = fieldsOf(entry)
    return sum + Math.max(0, (typeof actions === 'number' ? actions : 0) - (tracked.get(item) ?? 0))
  }, 0)
}

interface End {
  readonly state: TaskState
  readonly on: DateText
  readonly item: string | null
}

function endsIn(entries: readonly Entry[]): ReadonlyMap<string, End> {
  const ends = new Map<string, End>()
  for (const entry of entries) {
    if (entry.kind !== 'task_done' && entry.kind !== 'task_passed_on') continue
    const { task, item } = fieldsOf(entry)
    if (typeof task !== 'string' || ends.has(task)) continue
    const state = entry.kind === 'task_done' ? 'done' : 'passed_on'
    ends.set(task, { state, on: entry.on, item: typeof item === 'string' ? item : null })
  }
  return ends
}

function fieldsOf({ text }: Pick<Entry, 'text'>): Readonly<Record<string, unknown>> {
  return (JSON.parse(text) as { fields: Readonly<Record<string, unknown>> }).fields
}
