import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type ConcernId, type DateText, type UserId } from '../../kernel/index.ts'
import { readEpochGrants, readGrantsFor } from '../sealing/grant-store.ts'
import { readNarratives, type StoredItem } from '../sealing/item-store.ts'
import { readRaisedKeys, type RaisedKeys } from '../sealing/reporter-record.ts'
import type { GrantRow } from '../sealing/sealed-parts.ts'

/** What was said when a concern was raised, still sealed, with all that opens it for one holder. */
export interface SealedNarrative {
  readonly concernId: ConcernId
  readonly raisedOn: DateText
  readonly grant: GrantRow | null
  readonly epochGrants: readonly GrantRow[]
  readonly raisedKeys: RaisedKeys | null
  readonly item: StoredItem | null
}

interface Batch {
  readonly holder: UserId
  readonly from: DateText
  readonly to: DateText
  readonly after: ConcernId | null
  readonly limit: number
}

/**
 * The next concerns raised in a period whose thread this person holds a key to, in the order of their random ids; nothing of any other concern is read.
 * The same number of statements however many they are.
 */
export async function readSealedNarratives(tx: Tx, { holder, from, to, after, limit }: Batch): Promise<SealedNarrative[]> {
  const concerns = await tx.$queryRaw<{ id: ConcernId; raisedOn: Date }[]>`
    select c.id, c.raised_on as "raisedOn" from concern c
    where c.raised_on between ${dateToColumn(from)}::date and ${dateToColumn(to)}::date
      and (${after}::uuid is null or c.id > ${after}::uuid)
      and exists (select 1 from key_grant g where g.concern_id = c.id and g.holder = ${holder} and g.kind = 'shared')
    order by c.id limit ${limit}`
  const ids = concerns.map(({ id }) => id)
  if (ids.length === 0) return []
  const grants = await readGrantsFor(tx, ids, holder, 'shared')
  const epochGrants = Map.groupBy(await readEpochGrants(tx, ids), ({ concernId }) => concernId)
  const raisedKeys = await readRaisedKeys(tx, ids)
  const items = await readNarratives(tx, ids)
  return concerns.map(({ id, raisedOn }) => ({
    concernId: id,
    raisedOn: dateFromColumn(raisedOn),
    grant: grants.get(id) ?? null,
    epochGrants: epochGrants.get(id) ?? [],
    raisedKeys: raisedKeys.get(id) ?? null,
    item: items.get(id) ?? null,
  }))
}
