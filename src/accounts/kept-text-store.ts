import { instantFromColumn, instantToColumn, type UserId } from '../kernel/index.ts'
import { unloggedTransaction, type Database } from '../database/index.ts'

/** More than somebody has windows open; older ones go. */
const mostKept = 5

export interface KeptTextRow {
  readonly id: string
  readonly personId: UserId
  readonly sealed: Uint8Array
  readonly keptAt: Temporal.Instant
}

/** Bookkeeping: no entry. */
export async function insertKeptText(database: Database, { id, personId, sealed, keptAt }: KeptTextRow): Promise<void> {
  await unloggedTransaction(database, async (tx) => {
    await tx.keptText.create({ data: { id, personId, sealed: new Uint8Array(sealed), keptAt: instantToColumn(keptAt) } })
    await tx.$executeRaw`
      delete from kept_text where person_id = ${personId}::uuid
        and id not in (select id from kept_text where person_id = ${personId}::uuid order by kept_at desc, id limit ${mostKept})`
  })
}

/** Reads and removes a person's texts, newest first. */
export async function takeKeptTexts(database: Database, personId: UserId): Promise<KeptTextRow[]> {
  const rows = await unloggedTransaction(
    database,
    (tx) => tx.$queryRaw<{ id: string; sealed: Uint8Array; kept_at: Date }[]>`
      delete from kept_text where person_id = ${personId}::uuid returning id, sealed, kept_at`,
  )
  return rows
    .map((row) => ({ id: row.id, personId, sealed: new Uint8Array(row.sealed), keptAt: instantFromColumn(row.kept_at) }))
    .toSorted((a, b) => Temporal.Instant.compare(b.keptAt, a.keptAt))
}
