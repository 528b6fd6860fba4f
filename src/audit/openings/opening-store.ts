import { dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'

/** What is kept of a name, with the text of the entry that commits to it. `sealed` is null once it was destroyed. */
export interface OpeningRow {
  readonly entryId: string
  readonly alias: string
  readonly sealed: Uint8Array | null
  readonly text: string
}

export async function insertOpening(
  tx: Tx,
  { entryId, alias, sealed }: { readonly entryId: string; readonly alias: string; readonly sealed: Uint8Array },
): Promise<void> {
  await tx.entryOpening.create({ data: { entryId, alias, sealed: new Uint8Array(sealed), destroyedOn: null } })
}

/** Those of some aliases; the order is the same each time. */
export async function readOpenings(tx: Tx, aliases: readonly string[]): Promise<OpeningRow[]> {
  return tx.$queryRaw<OpeningRow[]>`
    select o.entry_id as "entryId", o.alias, o.sealed, s.text from entry_opening o join staff_entry s on s.id = o.entry_id
    where o.alias = any(${[...aliases]}::uuid[]) order by s.happened_at, o.entry_id`
}

/** Those that are kept, of entries with a place before `size`, in the order of their places after `after`. */
export async function readPlacedOpenings(
  tx: Tx,
  size: number,
  after: number,
  limit: number,
): Promise<(OpeningRow & { readonly index: number; readonly sealed: Uint8Array })[]> {
  const rows = await tx.$queryRaw<(OpeningRow & { index: bigint; sealed: Uint8Array })[]>`
    select p.index, o.entry_id as "entryId", o.alias, o.sealed, s.text from entry_opening o
      join log_position p on p.entry_id = o.entry_id join staff_entry s on s.id = o.entry_id
    where o.sealed is not null and p.index > ${after}::bigint and p.index < ${size}::bigint order by p.index limit ${limit}::int`
  return rows.map((row) => ({ ...row, index: Number(row.index) }))
}

export async function countPlacedOpenings(tx: Tx, size: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(*) from entry_opening o join log_position p on p.entry_id = o.entry_id where o.sealed is not null and p.index < ${size}::bigint`
  return Number(row?.count ?? 0)
}

/** Forgets whatever opens names behind an alias. Answers how many there were. */
export async function emptyOpenings(tx: Tx, alias: string, on: DateText): Promise<number> {
  const { count } = await tx.entryOpening.updateMany({
    where: { alias, sealed: { not: null } },
    data: { sealed: null, destroyedOn: dateToColumn(on) },
  })
  return count
}

/** Aliases behind which a name is kept, with the last day on which the log said whether they are here; null while that waits for its place. */
export async function readKeptAliases(tx: Tx): Promise<{ readonly alias: string; readonly last: Date | null }[]> {
  return tx.$queryRaw`
    select kept.alias, told.last from (select distinct alias from entry_opening where sealed is not null) as kept
      left join (select text::json -> 'fields' ->> 'person' as alias, max(p.day) as last
        from log_position p join staff_entry s on s.id = p.entry_id
        where p.kind in ('person_invited', 'invitation_withdrawn', 'person_added', 'person_enrolled', 'person_deactivated', 'person_reactivated')
        group by 1) as told on told.alias = kept.alias::text
    order by kept.alias`
}
