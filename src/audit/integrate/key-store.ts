import { instantFromColumn, instantToColumn } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'

/** A key that signs the log, or did. */
export interface LogKeyRow {
  /** In signed-note form, `name+id+key`. */
  readonly verifierKey: string
  readonly announcedAt: Temporal.Instant
  readonly retiredAt: Temporal.Instant | null
}

/** Oldest first. */
export async function readLogKeys(tx: Tx): Promise<LogKeyRow[]> {
  const rows = await tx.logKey.findMany({ orderBy: [{ announcedAt: 'asc' }, { verifierKey: 'asc' }] })
  return rows.map(({ verifierKey, announcedAt, retiredAt }) => ({
    verifierKey,
    announcedAt: instantFromColumn(announcedAt),
    retiredAt: retiredAt && instantFromColumn(retiredAt),
  }))
}

/** Announced after every key before it, whatever the clock says: their order decides which of two takes over. */
export async function insertLogKey(tx: Tx, verifierKey: string, at: Temporal.Instant): Promise<void> {
  await tx.$executeRaw`
    insert into log_key (verifier_key, announced_at) select ${verifierKey}, greatest(${instantToColumn(at)}::timestamptz, max(announced_at) + interval '1 millisecond') from log_key
    on conflict do nothing`
}

export async function retireLogKey(tx: Tx, verifierKey: string, at: Temporal.Instant): Promise<void> {
  await tx.$executeRaw`
    update log_key set retired_at = ${instantToColumn(at)}::timestamptz where verifier_key = ${verifierKey} and retired_at is null`
}

/** Whether the log says so already: a run that was killed between entry and row is taken up by the next. */
export async function saysOfKey(tx: Tx, kind: 'log_key_announced' | 'log_key_retired', verifierKey: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from staff_entry where kind = ${kind} and text::json -> 'fields' ->> 'verifierKey' = ${verifierKey} limit 1`
  return found.length > 0
}
