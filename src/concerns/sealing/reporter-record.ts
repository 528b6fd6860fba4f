import type { Tx } from '../../database/index.ts'
import { Refusal, type ConcernId } from '../../kernel/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import { readRenewals, renewedIn, type RenewedKey } from '../lifecycle/renewed-keys.ts'
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

/** The keys a concern was raised with, true to its first log entry, and those that entries put in their place since. */
export interface RaisedKeys {
  readonly signKey: Uint8Array
  /** As the entry gives it, hex. */
  readonly digest: string
  /** The reporter's own, 32 bytes each. */
  readonly boxKey: Uint8Array
  /** Public keys of the first compartments as they are now, by compartment id: where to seal what is new. */
  readonly partKeys: ReadonlyMap<string, Uint8Array>
  /** The epoch of each of these keys. */
  readonly epochs: ReadonlyMap<string, number>
  /** The keys of epoch 1, to which every later one has to lead back. */
  readonly firstKeys: ReadonlyMap<string, Uint8Array>
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
  const renewals = await readRenewals(tx, concernIds)
  const found = new Map<ConcernId, RaisedKeys>()
  for (const { concernId, text } of first) {
    const own = parts.filter((part) => part.concernId === concernId)
    const raised = checkRaisedKeys(
      keys.find((row) => row.concernId === concernId),
      own,
      text,
    )
    const current = raised && withRenewals(raised, own, (renewals.get(concernId as ConcernId) ?? []).map(renewedIn))
    if (current !== null) found.set(concernId as ConcernId, current)
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
  if (digest !== promised) return null
  const firstKeys = new Map(parts.map((row) => [row.id, row.publicKey]))
  const epochs = new Map(parts.map((row) => [row.id, 1]))
  return { signKey: keys.signKey, boxKey: keys.boxKey, digest, partKeys: firstKeys, epochs, firstKeys }
}

/**
 * The keys as later entries renewed them; null where an entry is none of ours. Each renewal takes in the thread's key and follows the one before:
 * who holds the thread's new key sees whether its maker held the old one (`withEarlierEpochs`), and so whether to believe the rest.
 */
function withRenewals(raised: RaisedKeys, parts: readonly PartRow[], renewals: readonly (readonly RenewedKey[])[]): RaisedKeys | null {
  const shared = parts.find(({ kind }) => kind === 'shared')?.id
  const partKeys = new Map(raised.partKeys)
  const epochs = new Map(raised.epochs)
  for (const renewal of renewals) {
    if (renewal.length === 0) continue
    if (!renewal.some(({ id }) => id === shared)) return null
    for (const { id, epoch, publicKey } of renewal) {
      const before = epochs.get(id)
      if (before !== undefined && epoch !== before + 1) return null
      partKeys.set(id, publicKey)
      epochs.set(id, epoch)
    }
  }
  return { ...raised, partKeys, epochs }
}
