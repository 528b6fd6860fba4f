import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import type { ConcernId, ItemId, UserId } from '../../kernel/index.ts'
import { readItemsById, type StoredItem } from '../sealing/item-store.ts'
import type { ItemKind } from '../sealing/sealed-parts.ts'

/** A concern's staff items of these kinds, in their own order. */
export async function readItemsOfKinds(tx: Tx, concernId: ConcernId, kinds: readonly ItemKind[]): Promise<StoredItem[]> {
  const rows = await tx.staffItem.findMany({
    where: { concernId, kind: { in: [...kinds] } },
    orderBy: { number: 'asc' },
    select: { id: true },
  })
  const ids = rows.map(({ id }) => id as ItemId)
  const items = await readItemsById(tx, ids)
  return ids.flatMap((id) => items.get(id) ?? [])
}

/** Sums of one person's logged contacts over the concerns whose INTERNAL they hold, newest month first. */
export async function readTime(tx: Tx, person: UserId): Promise<{ month: string; channel: string; contacts: number; minutes: number }[]> {
  return tx.$queryRaw(Prisma.sql`
    select fields->>'month' as month, fields->>'channel' as channel, count(*)::int as contacts, sum((fields->>'minutes')::int)::int as minutes
    from (
      select e.text::jsonb->'fields' as fields from staff_entry e
      where e.kind = 'contact_logged' and e.actor_id = ${person}::uuid
        and exists (select 1 from key_grant g where g.concern_id = e.concern_id and g.holder = ${person} and g.kind = 'internal')
      offset 0) logged
    group by 1, 2 order by 1 desc, 2`)
}
