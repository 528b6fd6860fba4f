import { newId, Refusal, type Random } from '../../kernel/index.ts'
import { createCompartmentKeys, openGrant, sealGrant, type CompartmentKeys } from '../../vault/index.ts'
import type { GrantRow, OpenCompartment } from '../sealing/sealed-parts.ts'

/** As whom an epoch's key holds the one before it. */
const holderOf = (epoch: number) => `epoch ${epoch}`

/** A compartment's next epoch, and the grant by which its key opens what was sealed before: nothing has to be sealed anew (`security.md` 2). */
export interface NextEpoch {
  readonly part: OpenCompartment
  readonly earlier: GrantRow
}

/** A new key for what is sealed from now on. Who held the old key and gets no grant of the new one reads none of it. */
export function nextEpoch(random: Random, part: OpenCompartment): NextEpoch {
  const keys = createCompartmentKeys()
  const next = { ...part, epoch: part.epoch + 1, keys, earlier: new Map([...(part.earlier ?? []), [part.epoch, part.keys]]) }
  const { id, concernId, kind, epoch } = part
  const binding = { concernId, compartmentId: id, kind, epoch, holder: holderOf(next.epoch) }
  return {
    part: next,
    earlier: { id: newId(random), ...binding, concernId, compartmentId: id, sealed: sealGrant(binding, part.keys, keys.publicKey) },
  }
}

/**
 * The compartment with the keys of all its epochs, back to the first. Only who knew an epoch's key can have sealed it to the next: so each step
 * back also proves that whoever renewed the key held it (a row in the database does not). Refusal `record_not_genuine` where a step is missing,
 * was altered, or does not lead back to the key the concern was raised with; a compartment made later has none such.
 */
export function withEarlierEpochs(
  part: OpenCompartment,
  grants: readonly GrantRow[],
  firstKeys: ReadonlyMap<string, Uint8Array>,
): OpenCompartment {
  const earlier = new Map<number, CompartmentKeys>()
  const firstKey = firstKeys.get(part.id)
  let keys = part.keys
  for (let epoch = part.epoch; epoch > 1; epoch -= 1) {
    const grant = grants.find((row) => row.compartmentId === part.id && row.holder === holderOf(epoch) && row.epoch === epoch - 1)
    if (grant === undefined && firstKey === undefined) break
    if (grant === undefined) throw new Refusal('record_not_genuine')
    const binding = { concernId: part.concernId, compartmentId: part.id, kind: part.kind, epoch: epoch - 1, holder: grant.holder }
    keys = openGrant(binding, grant.sealed, { box: keys.privateKey, publicKeys: { box: keys.publicKey } })
    earlier.set(epoch - 1, keys)
  }
  if (firstKey !== undefined && Buffer.compare(firstKey, keys.publicKey) !== 0) throw new Refusal('record_not_genuine')
  return earlier.size === 0 ? part : { ...part, earlier }
}
