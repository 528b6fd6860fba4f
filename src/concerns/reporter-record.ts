import type { StoredEntry } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import type { ConcernId } from '../kernel/index.ts'
import type { CompartmentKind } from '../vault/index.ts'
import { reporterKeyDigest } from './reporter-keys.ts'

/**
 * The reporter's signing key, if the keys in the database are those of the concern's first entry; null where somebody swapped one, and then
 * nothing the reporter is said to have written may be shown (`security.md` 1, writer to the database).
 */
export async function readReporterSignKey(tx: Tx, concernId: ConcernId, entries: readonly StoredEntry[]): Promise<Uint8Array | null> {
  const keys = await tx.reporterKey.findUnique({ where: { concernId } })
  const raised = entries.find((entry) => entry.kind === 'concern_raised')
  if (keys === null || raised === undefined) return null
  const promised = (JSON.parse(raised.text) as { fields: { reporterKey?: string } }).fields.reporterKey
  const first = await tx.compartment.findMany({ where: { concernId, epoch: 1, kind: { in: ['shared', 'internal', 'identity'] } } })
  const parts = first.map((row) => ({ kind: row.kind as CompartmentKind, keys: { publicKey: row.publicKey } }))
  return reporterKeyDigest({ box: keys.boxKey, sign: keys.signKey }, parts) === promised ? keys.signKey : null
}
