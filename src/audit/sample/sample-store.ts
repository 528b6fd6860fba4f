import { dateToColumn } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { Period } from '../search/search-store.ts'

/**
 * Aliases of the concerns whose raising stands in the tree of this size, or anywhere in it, by the day of that entry. Only what has a
 * place counts, and it gets one when its day is over.
 */
export async function readSamplePopulation(tx: Tx, size: number | null, { from, to }: Period): Promise<string[]> {
  const rows = await tx.$queryRaw<{ concern: string }[]>`
    select concern::text as concern from log_position
    where kind = 'concern_raised' and (${size}::bigint is null or index < ${size}::bigint) and concern is not null
      and day between ${dateToColumn(from)}::date and ${dateToColumn(to)}::date`
  return rows.map(({ concern }) => concern)
}

/** Who drew a sample and what was drawn, as the log has it: a row of the sample alone is nobody's act. Null where no entry says so. */
export async function readDrawnEntry(
  tx: Tx,
  sample: string,
): Promise<{ readonly alias: string | null; readonly drawn: readonly string[] } | null> {
  const [row] = await tx.$queryRaw<{ text: string }[]>`
    select text from staff_entry where kind = 'sample_drawn' and text::jsonb->'fields'->>'sample' = ${sample} limit 1`
  if (row === undefined) return null
  const { actor, fields } = JSON.parse(row.text) as { actor: { alias?: string }; fields: { drawn?: readonly string[] } }
  return { alias: actor.alias ?? null, drawn: fields.drawn ?? [] }
}
