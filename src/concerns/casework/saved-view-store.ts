import type { Tx } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'

export interface SavedViewRow {
  readonly id: string
  readonly personId: UserId
  readonly team: boolean
  readonly sealed: Uint8Array
}

/** One's own, and those that others share. */
export async function readSavedViews(tx: Tx, personId: UserId): Promise<SavedViewRow[]> {
  const rows = await tx.savedView.findMany({ where: { OR: [{ personId }, { team: true }] }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, personId: row.personId as UserId }))
}

export async function insertSavedView(tx: Tx, { id, personId, team, sealed }: SavedViewRow): Promise<void> {
  await tx.savedView.create({ data: { id, personId, team, sealed: new Uint8Array(sealed) }, select: { id: true } })
}

/** Only one's own can be changed or taken away. False where there is none. */
export async function replaceSavedView(tx: Tx, personId: UserId, id: string, sealed: Uint8Array): Promise<boolean> {
  const { count } = await tx.savedView.updateMany({ where: { id, personId }, data: { sealed: new Uint8Array(sealed) } })
  return count === 1
}

export async function deleteSavedView(tx: Tx, personId: UserId, id: string): Promise<boolean> {
  const { count } = await tx.savedView.deleteMany({ where: { id, personId } })
  return count === 1
}
