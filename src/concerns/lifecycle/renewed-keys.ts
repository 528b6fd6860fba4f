import type { StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import type { CompartmentId, ConcernId } from '../../kernel/index.ts'

/** A compartment's key of a later epoch, as the entry of the act that made it vouches for it. */
export interface RenewedKey {
  readonly id: CompartmentId
  readonly epoch: number
  readonly publicKey: Uint8Array
}

/** Renewed keys as their entry holds them: public halves only, which tell nothing to anybody. */
export function writeRenewed(keys: readonly RenewedKey[]): string[] {
  return keys.map(({ id, epoch, publicKey }) => `${id} ${epoch} ${Buffer.from(publicKey).toString('hex')}`).sort()
}

/** The keys that one entry renewed; none where it was an act of somebody who held no key that others write under. */
export function renewedIn({ kind, text }: Pick<StoredEntry, 'kind' | 'text'>): RenewedKey[] {
  if (kind !== 'conflict_declared') return []
  const { parts } = (JSON.parse(text) as { fields: { parts?: readonly string[] } }).fields
  return (parts ?? []).map((part) => {
    const [id, epoch, key] = part.split(' ')
    return { id: id as CompartmentId, epoch: Number(epoch), publicKey: new Uint8Array(Buffer.from(key ?? '', 'hex')) }
  })
}

/** The entries that renewed keys of these concerns, oldest first. */
export async function readRenewals(
  tx: Tx,
  concernIds: readonly ConcernId[],
): Promise<Map<ConcernId, Pick<StoredEntry, 'kind' | 'text'>[]>> {
  const rows = await tx.staffEntry.findMany({
    where: { concernId: { in: [...concernIds] }, kind: 'conflict_declared' },
    orderBy: { number: 'asc' },
    select: { concernId: true, text: true },
  })
  const found = new Map<ConcernId, Pick<StoredEntry, 'kind' | 'text'>[]>()
  for (const { concernId, text } of rows) {
    const id = concernId as ConcernId
    found.set(id, [...(found.get(id) ?? []), { kind: 'conflict_declared', text }])
  }
  return found
}
