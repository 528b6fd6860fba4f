import type { Directory, StaffContext } from '../accounts/index.ts'
import type { Tx } from '../database/index.ts'
import type { ConcernId } from '../kernel/index.ts'
import type { Concern } from './concern.ts'
import { readGrantsFor } from './grant-store.ts'
import { readItemsById, type StoredItem } from './item-store.ts'
import { openIfWhole, readHeader, signKeysOf } from './opening.ts'
import { readRaisedKeys, type RaisedKeys } from './reporter-record.ts'
import type { HeaderContent } from './sealed-contents.ts'
import type { GrantRow } from './sealed-parts.ts'

/** The sealed headers of a page's rows, read in a handful of statements however many rows it has. */
export interface SealedHeaders {
  readonly items: ReadonlyMap<string, StoredItem>
  readonly grants: ReadonlyMap<ConcernId, GrantRow>
  readonly raisedKeys: ReadonlyMap<ConcernId, RaisedKeys>
}

export async function readHeaders(tx: Tx, concerns: readonly Concern[], holder: string): Promise<SealedHeaders> {
  const ids = concerns.map(({ id }) => id)
  return {
    items: await readItemsById(
      tx,
      concerns.map(({ headerItemId }) => headerItemId),
    ),
    grants: await readGrantsFor(tx, ids, holder, 'internal'),
    raisedKeys: await readRaisedKeys(tx, ids),
  }
}

/** The header of one row; null where the person holds no key to it or it is not genuine, and the rest of the page stays readable. */
export function headerIn(headers: SealedHeaders, concern: Concern, ctx: StaffContext, directory: Directory): HeaderContent | null {
  const item = headers.items.get(concern.headerItemId)
  const grant = headers.grants.get(concern.id)
  const raised = headers.raisedKeys.get(concern.id)
  if (item?.concernId !== concern.id || grant === undefined) return null
  return readHeader(item, openIfWhole(grant, ctx), signKeysOf(directory, raised?.signKey ?? null))
}
