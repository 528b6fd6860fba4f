import type { Tx } from '../../database/index.ts'
import type { CompartmentId, ConcernId } from '../../kernel/index.ts'
import { readItems, type StoredItem } from '../item-store.ts'
import type { GrantRow } from '../sealed-parts.ts'

/** The sealed records of a concern that make links or take them away, oldest first. */
export async function readLinkItems(tx: Tx, id: ConcernId, grants: readonly GrantRow[]): Promise<StoredItem[]> {
  const internal: CompartmentId[] = grants.filter(({ kind }) => kind === 'internal').map(({ compartmentId }) => compartmentId)
  const { staff } = await readItems(tx, id, internal)
  return staff.filter(({ kind }) => kind === 'link' || kind === 'unlink')
}

/** A concern's id by its reference, whoever may know of it; null where there is none. */
export async function findByReference(tx: Tx, reference: string): Promise<ConcernId | null> {
  const row = await tx.concern.findUnique({ where: { reference }, select: { id: true } })
  return row === null ? null : (row.id as ConcernId)
}
