import { dateFromColumn, dateToColumn, type Alias, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import type { EntryKind } from '../catalogue.ts'

/** What entries are looked for by. Everything that is given must hold. */
export interface LogSearch {
  /** Both days included. */
  readonly days: { readonly from: DateText; readonly to: DateText } | null
  /** One of these; none: any kind. */
  readonly kinds: readonly EntryKind[]
  readonly actor: Alias | null
  readonly concern: Alias | null
  /** Only entries before this index: the `next` of an earlier page. Null begins with the newest. */
  readonly before: number | null
  readonly limit: number
}

export interface FoundEntry {
  readonly index: number
  readonly lane: 'reporter' | 'staff'
  readonly kind: EntryKind
  readonly day: DateText
  readonly actor: Alias | null
  readonly concern: Alias | null
  readonly text: string
}

/** A page of what was found, newest place first. It stays what it is while the log grows: pages go by index. */
export interface FoundEntries {
  readonly items: readonly FoundEntry[]
  readonly next: number | null
}

interface Row extends Omit<FoundEntry, 'index' | 'day'> {
  readonly index: bigint
  readonly day: Date
}

/** Looks for entries in their places, and passes over cover entries. */
export async function findEntries(tx: Tx, search: LogSearch): Promise<FoundEntries> {
  const bounds = search.days === null ? null : await placesOfDays(tx, search.days)
  if (search.days !== null && bounds === null) return { items: [], next: null }
  const rows = await tx.$queryRaw<Row[]>`
    select p.index, p.lane, p.kind, p.day, p.actor, p.concern, coalesce(s.text, r.text) as text
    from (select * from log_position where ${conditions(search, bounds)} order by index desc limit ${search.limit + 1}::int) p
      left join staff_entry s on p.lane = 'staff' and s.id = p.entry_id
      left join reporter_entry r on p.lane = 'reporter' and r.id = p.entry_id
    order by p.index desc`
  const items = rows.slice(0, search.limit).map((row): FoundEntry => ({ ...row, index: Number(row.index), day: dateFromColumn(row.day) }))
  return { items, next: rows.length > search.limit ? (items.at(-1)?.index ?? null) : null }
}

interface Bounds {
  readonly low: bigint
  readonly high: bigint
}

/**
 * The places between which all entries of these days are. Days are nearly in the order of places, so that a walk along the places between meets
 * little else, where one along all places would meet years.
 */
async function placesOfDays(tx: Tx, { from, to }: { readonly from: DateText; readonly to: DateText }): Promise<Bounds | null> {
  const [row] = await tx.$queryRaw<{ low: bigint | null; high: bigint | null }[]>`
    select min(found.low) as low, max(found.high) as high
    from generate_series(greatest(${dateToColumn(from)}::date, (select min(day) from log_position)),
        least(${dateToColumn(to)}::date, (select max(day) from log_position)), interval '1 day') as each (day)
      cross join lateral (select (select index from log_position where day = each.day::date order by index limit 1) as low,
        (select index from log_position where day = each.day::date order by index desc limit 1) as high) as found`
  return row === undefined || row.low === null || row.high === null ? null : { low: row.low, high: row.high }
}

function conditions({ days, kinds, actor, concern, before }: LogSearch, bounds: Bounds | null): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`lane <> 'cover'`,
      ...(before === null ? [] : [Prisma.sql`index < ${before}::bigint`]),
      ...(bounds === null ? [] : [Prisma.sql`index between ${bounds.low}::bigint and ${bounds.high}::bigint`]),
      ...(days === null ? [] : [Prisma.sql`day between ${dateToColumn(days.from)}::date and ${dateToColumn(days.to)}::date`]),
      ...(kinds.length === 0 ? [] : [Prisma.sql`kind = any(${[...kinds]}::text[])`]),
      ...(actor === null ? [] : [Prisma.sql`actor = ${actor}::uuid`]),
      ...(concern === null ? [] : [Prisma.sql`concern = ${concern}::uuid`]),
    ],
    ' and ',
  )
}
