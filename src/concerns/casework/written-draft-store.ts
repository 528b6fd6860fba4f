import { unloggedTransaction, type Database } from '../../database/index.ts'
import { instantFromColumn, instantToColumn, type UserId } from '../../kernel/index.ts'
import type { SealedItem } from '../../vault/index.ts'

/** More than somebody has forms open; older ones go. */
const mostKept = 20
/** As long as text kept from a session that ended. */
export const keptHours = 12

export interface WrittenDraftRow extends SealedItem {
  readonly id: string
  readonly personId: UserId
  readonly keptAt: Temporal.Instant
}

/** Keeps a draft, in place of an earlier one of the same person and id; those past their time go, whosever they are. Bookkeeping: no entry. */
export async function keepWrittenDraft(database: Database, row: WrittenDraftRow): Promise<void> {
  const { id, personId, keptAt, itemKey, ciphertext, signature } = row
  const sealed = { itemKey, ciphertext, signature, keptAt: instantToColumn(keptAt) }
  await unloggedTransaction(database, async (tx) => {
    await tx.writtenDraft.deleteMany({ where: { keptAt: { lt: instantToColumn(keptAt.subtract({ hours: keptHours })) } } })
    const { count } = await tx.writtenDraft.updateMany({ where: { id, personId }, data: sealed })
    if (count === 0) await tx.writtenDraft.create({ data: { id, personId, ...sealed }, select: { id: true } })
    await tx.$executeRaw`
      delete from written_draft where person_id = ${personId}::uuid
        and id not in (select id from written_draft where person_id = ${personId}::uuid order by kept_at desc, id limit ${mostKept})`
  })
}

export async function readWrittenDraft(database: Database, personId: UserId, id: string): Promise<WrittenDraftRow | null> {
  const row = await database.read((tx) => tx.writtenDraft.findFirst({ where: { id, personId } }))
  return row && { ...row, personId, keptAt: instantFromColumn(row.keptAt) }
}

export async function dropWrittenDraft(database: Database, personId: UserId, id: string): Promise<void> {
  await unloggedTransaction(database, (tx) => tx.writtenDraft.deleteMany({ where: { id, personId } }))
}
