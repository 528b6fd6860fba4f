import type { Tx } from '../../database/index.ts'
import { readText } from '../search/read-text.ts'
import type { ReadEntry } from './kinds-read.ts'

/** Staff's entries of these concerns (aliases) but those of some kinds, placed or not, oldest first: the newest `limit` of them. */
export async function readStaffEntriesOf(
  tx: Tx,
  concerns: readonly string[],
  without: readonly string[],
  limit: number,
): Promise<ReadEntry[]> {
  if (concerns.length === 0) return []
  const rows = await tx.$queryRaw<{ index: bigint | null; text: string }[]>`
    select p.index, s.text from unnest(${[...concerns]}::uuid[]) as wanted (alias)
      join concern c on c.log_alias = wanted.alias
      join staff_entry s on s.concern_id = c.id
      left join log_position p on p.entry_id = s.id
    where s.kind <> all(${[...without]}::text[])
    order by s.happened_at desc, s.number desc limit ${limit}::int`
  return rows.toReversed().map(({ index, text }) => ({ index: index === null ? null : Number(index), said: readText(text) }))
}
