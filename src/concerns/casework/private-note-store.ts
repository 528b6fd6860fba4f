import type { Tx } from '../../database/index.ts'
import { instantFromColumn, instantToColumn, type ConcernId, type UserId } from '../../kernel/index.ts'
import type { SealedItem } from '../../vault/index.ts'

export interface PrivateNoteRow extends SealedItem {
  readonly id: string
  readonly concernId: ConcernId
  readonly personId: UserId
  readonly writtenAt: Temporal.Instant
}

export async function insertPrivateNote(tx: Tx, { writtenAt, itemKey, ciphertext, signature, ...row }: PrivateNoteRow): Promise<void> {
  await tx.privateNote.create({
    data: { ...row, writtenAt: instantToColumn(writtenAt), itemKey, ciphertext, signature },
    select: { id: true },
  })
}

/** Only ever by concern and writer together: no question of ours finds another's notes. */
export async function readPrivateNotes(tx: Tx, concernId: ConcernId, personId: UserId): Promise<PrivateNoteRow[]> {
  const rows = await tx.privateNote.findMany({ where: { concernId, personId }, orderBy: [{ writtenAt: 'asc' }, { id: 'asc' }] })
  return rows.map((row) => ({ ...row, concernId, personId, writtenAt: instantFromColumn(row.writtenAt) }))
}
