import type { ConcernId, Random } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import { appendToLane, insertEntries } from './append-store.ts'
import { composeEntry, openEntry, type AuditDraft, type ComposedEntry } from './entry.ts'

/** A draft, or an entry composed already because its concern is made in the same statement (its number is 1). */
export type EntryToAppend = AuditDraft | ComposedEntry

/** Inserts the entries and moves their concerns' counters, under the row locks that the business change took. */
export async function appendEntries(tx: Tx, random: Random, entries: readonly EntryToAppend[]): Promise<void> {
  const composed: ComposedEntry[] = []
  const byConcern = new Map<ConcernId, AuditDraft[]>()
  for (const entry of entries) {
    if ('draft' in entry) composed.push(entry)
    else if (entry.concernId === undefined) composed.push(composeEntry(random, entry, null))
    else byConcern.set(entry.concernId, [...(byConcern.get(entry.concernId) ?? []), entry])
  }
  await insertEntries(tx, composed)
  // One order of locks for everyone, or two people with two concerns each could wait for one another.
  for (const concernId of [...byConcern.keys()].sort())
    for (const draft of byConcern.get(concernId)!) await appendToLane(tx, openEntry(random, draft), concernId)
}
