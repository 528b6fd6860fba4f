import type { Tx } from '../database/index.ts'
import { Refusal, type ConcernId } from '../kernel/index.ts'
import type { CompartmentKind } from '../vault/index.ts'
import { reporterKeyDigest } from './reporter-keys.ts'

/** Refusal `record_not_genuine` where a compartment's key is not the one the concern was raised with: somebody slipped in a key of their own. */
export function assertRaisedWith(
  keys: RaisedKeys | null,
  part: { readonly id: string; readonly keys: { readonly publicKey: Uint8Array } },
): RaisedKeys {
  const raised = keys?.partKeys.get(part.id)
  if (keys === null || raised === undefined || Buffer.compare(raised, part.keys.publicKey) !== 0) throw new Refusal('record_not_genuine')
  return keys
}

/** The keys a concern was raised with, true to its first log entry. */
export interface RaisedKeys {
  readonly signKey: Uint8Array
  /** As the entry gives it, hex. */
  readonly digest: string
  /** Public keys of the first compartments, by compartment id. */
  readonly partKeys: ReadonlyMap<string, Uint8Array>
}

/**
 * The keys of these concerns, each held against its own entry number 1; absent where somebody swapped one, and then nothing the reporter
 * is said to have written may be shown (`security.md` 1, writer to the database).
 */
export async function readRaisedKeys(tx: Tx, concernIds: readonly ConcernId[]): Promise<Map<ConcernId, RaisedKeys>> {
  const { keys, parts } = await readKeyRows(tx, concernIds)
  const first = await tx.reporterEntry.findMany({
    where: { concernId: { in: [...concernIds] }, number: 1 },
    select: { concernId: true, text: true },
  })
  const found = new Map<ConcernId, RaisedKeys>()
  for (const { concernId, text } of first) {
    const own = parts.filter((part) => part.concernId === concernId)
    const raised = checkRaisedKeys(
      keys.find((row) => row.concernId === concernId),
      own,
      text,
    )
    if (raised !== null) found.set(concernId as ConcernId, raised)
  }
  return found
}

interface KeyRow {
  readonly boxKey: Uint8Array
  readonly signKey: Uint8Array
}

interface PartRow {
  readonly id: string
  readonly kind: string
  readonly publicKey: Uint8Array
}

async function readKeyRows(tx: Tx, concernIds: readonly ConcernId[]) {
  const ofThese = { in: [...concernIds] }
  const keys = await tx.reporterKey.findMany({ where: { concernId: ofThese }, select: { concernId: true, boxKey: true, signKey: true } })
  const parts = await tx.compartment.findMany({ where: { concernId: ofThese, epoch: 1, kind: { in: ['shared', 'internal', 'identity'] } } })
  return { keys, parts }
}

/** The keys a concern's rows hold, if its first entry is of just these; null otherwise. */
export function checkRaisedKeys(keys: KeyRow | undefined, parts: readonly PartRow[], entryText: string): RaisedKeys | null {
  if (keys === undefined) return null
  const promised = (JSON.parse(entryText) as { fields: { reporterKey?: string } }).fields.reporterKey
  const listed = parts.map((row) => ({ kind: row.kind as CompartmentKind, keys: { publicKey: row.publicKey } }))
  const digest = reporterKeyDigest({ box: keys.boxKey as Uint8Array<ArrayBuffer>, sign: keys.signKey as Uint8Array<ArrayBuffer> }, listed)
  return digest === promised ? { signKey: keys.signKey, digest, partKeys: new Map(parts.map((row) => [row.id, row.publicKey])) } : null
}
