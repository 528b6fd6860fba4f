import type { StoredEntry } from '../../audit/index.ts'

/** Which time round the concern is: 1 from its raising, one more with each reopening. Read from the log and stored nowhere else. */
export function cycleOf(entries: readonly Pick<StoredEntry, 'kind'>[]): number {
  return 1 + entries.filter(({ kind }) => kind === 'concern_reopened').length
}

/** When the present cycle began, if it is not the first. */
export function reopenedAt(entries: readonly Pick<StoredEntry, 'kind' | 'at'>[]): Temporal.Instant | null {
  return entries.findLast(({ kind }) => kind === 'concern_reopened')?.at ?? null
}
