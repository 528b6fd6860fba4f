import type { Tx } from '../../database/index.ts'
import { readEpochGrants } from '../sealing/grant-store.ts'
import type { RaisedKeys } from '../sealing/reporter-record.ts'
import type { OpenCompartment } from '../sealing/sealed-parts.ts'
import { withEarlierEpochs } from './epochs.ts'

/** A compartment that one holder opened by itself, with the keys of its earlier epochs. Refusal `record_not_genuine`. */
export async function withAllEpochs(tx: Tx, part: OpenCompartment, { firstKeys }: Pick<RaisedKeys, 'firstKeys'>): Promise<OpenCompartment> {
  return part.epoch === 1 ? part : withEarlierEpochs(part, await readEpochGrants(tx, [part.concernId]), firstKeys)
}
