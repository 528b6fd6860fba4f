import pg from 'pg'

/** One table as a backup holds it: its name, and its columns in the order of their values. */
export interface TableCopy {
  readonly table: string
  readonly columns: readonly string[]
}

/** The same with the columns its rows are put in order by. */
export interface OrderedTable extends TableCopy {
  readonly order: readonly string[]
}

/** Tables whose rows no backup holds, and why. Every other table of ours is copied, those of later releases too. */
export const leftOut: Readonly<Record<string, string>> = {
  _prisma_migrations: 'made anew by the migrations',
  staff_session: 'nobody is signed in after a restore',
  reporter_session: 'drafts and open inboxes die within a day; a backup would keep them for as long as it is kept',
  receipt: 'an answer that can be shown again until the next day, with the code in it: no copy may outlive that day',
  kept_text: 'text kept for hours after a session ended',
  written_draft: 'text kept for hours before it is sent',
}

/** The concern first, since entries name it; entries by their number, since each names the one before; the tree after what it is made of. */
const firstTables = ['concern', 'reporter_entry', 'staff_entry', 'cover_entry', 'log_position', 'log_tile', 'log_checkpoint']

/** Every table to copy, in the order in which they can be put back with their guards awake. */
export async function tablesToCopy(client: pg.Client): Promise<OrderedTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string[] | null }>(columnsAndKeys)
  return rows
    .filter(({ name }) => !Object.hasOwn(leftOut, name))
    .map(({ name, columns, key }) => ({ table: name, columns, order: isEntries(name) ? ['number', 'id'] : (key ?? columns) }))
    .toSorted((one, other) => rankOf(one.table) - rankOf(other.table) || (one.table < other.table ? -1 : 1))
}

/** Each concern's entries by their number, those of many concerns side by side. */
const isEntries = (table: string): boolean => table === 'reporter_entry' || table === 'staff_entry'

/**
 * The words that copy a table out. Rows come in the order of their keys: random ids where a reporter's act wrote them, so that no row's place
 * says when it came (P2).
 */
export function copyOutWords({ table, columns, order }: OrderedTable): string {
  const places = order.map((column) => `${quoted(column)} nulls first`).join(', ')
  return `copy (select ${listOf(columns)} from public.${quoted(table)} order by ${places}) to stdout (format binary)`
}

export function copyInWords({ table, columns }: TableCopy): string {
  return `copy public.${quoted(table)} (${listOf(columns)}) from stdin (format binary)`
}

export const quoted = (name: string): string => pg.escapeIdentifier(name)
const listOf = (columns: readonly string[]): string => columns.map(quoted).join(', ')

function rankOf(table: string): number {
  const place = firstTables.indexOf(table)
  return place < 0 ? firstTables.length : place
}

const columnsAndKeys = `
  select c.relname as name,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select array_agg(a.attname::text order by k.place) from pg_index i
      cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary) as key
  from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`
