import type { Random } from '../kernel/index.ts'
import { runTransaction, type Database, type Tx } from '../database/index.ts'
import { appendEntries, type EntryToAppend } from './append.ts'

/** What a change must hand back: its result, and at least one entry. An empty list does not compile. */
export interface Audited<T> {
  readonly value: T
  readonly entries: readonly [EntryToAppend, ...EntryToAppend[]]
}

/** Writes entries before the end of the work, for a chain of steps each of which reads what the last one wrote. */
export type AppendMore = (entries: Audited<unknown>['entries']) => Promise<void>

export type AuditedTransaction = <T>(work: (tx: Tx, append: AppendMore) => Promise<Audited<T>>) => Promise<T>

/** The only way to change a concern, person, right, rule or setting: change and entries commit together or not at all (P3). */
export function createAuditedTransaction(database: Database, random: Random): AuditedTransaction {
  return (work) =>
    runTransaction(database, async (tx) => {
      const { value, entries } = await work(tx, (earlier) => appendEntries(tx, random, earlier))
      await appendEntries(tx, random, entries)
      return value
    })
}
