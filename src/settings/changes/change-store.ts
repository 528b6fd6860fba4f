import type { Tx } from '../../database/index.ts'
import { instantFromColumn, instantToColumn } from '../../kernel/index.ts'
import { canonicalJson } from '../../audit/index.ts'
import type { Row } from './area.ts'

export interface StoredChange {
  readonly id: string
  readonly setting: string
  readonly changedAt: Temporal.Instant
  readonly personId: string
  readonly reason: string
  readonly removed: readonly Row[]
  readonly added: readonly Row[]
}

export async function insertChange(tx: Tx, change: StoredChange): Promise<void> {
  const { changedAt, removed, added, ...rest } = change
  await tx.settingChange.create({
    data: { ...rest, changedAt: instantToColumn(changedAt), removed: canonicalJson(removed), added: canonicalJson(added) },
  })
}

/** The latest changes, newest first. */
export async function readChanges(tx: Tx, limit: number): Promise<StoredChange[]> {
  const rows = await tx.settingChange.findMany({ orderBy: [{ changedAt: 'desc' }, { id: 'desc' }], take: limit })
  return rows.map(({ changedAt, removed, added, ...rest }) => ({
    ...rest,
    changedAt: instantFromColumn(changedAt),
    removed: JSON.parse(removed) as Row[],
    added: JSON.parse(added) as Row[],
  }))
}

/** How many there ever were: another number means that something was changed. */
export async function countChanges(tx: Tx): Promise<number> {
  return tx.settingChange.count()
}

/** Makes two processes that change settings at once do it one after the other. Held to the end of the transaction. */
export async function lockSettings(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('forthright settings', 0))`
}
