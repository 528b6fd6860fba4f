import { dateToColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import { entryKinds, type EntryKind } from '../catalogue.ts'

/** Both days included. */
export interface Period {
  readonly from: DateText
  readonly to: DateText
}

/** What entries are looked for by. Everything that is given must hold. */
export interface PlaceSearch {
  readonly period: Period | null
  /** One of these; none: any kind but cover entries. */
  readonly kinds: readonly (EntryKind | 'cover')[]
  readonly actor: string | null
  readonly concern: string | null
  /** Only entries before this index. */
  readonly before: number | null
  readonly limit: number
}

/** An entry in its place. */
export interface PlacedRow {
  readonly index: number
  readonly lane: string
  readonly text: string
  readonly hash: Uint8Array
}

interface Row extends Omit<PlacedRow, 'index'> {
  readonly index: bigint
}

const anyKind = Object.keys(entryKinds) as EntryKind[]

/** The newest that fit, newest first, with their texts, in one statement. */
export async function findPlaced(tx: Tx, search: PlaceSearch): Promise<PlacedRow[]> {
  const bounds = search.period === null ? everywhere : await placesOf(tx, search.period)
  if (bounds === null) return []
  const { low, high } = before(search.before, bounds)
  // Not the bare column: the index of days would be taken for it, and all entries of a year sorted for the newest 25
  const inTime =
    search.period === null
      ? Prisma.sql`true`
      : Prisma.sql`coalesce(day, 'infinity') between ${dateToColumn(search.period.from)}::date and ${dateToColumn(search.period.to)}::date`
  const found =
    search.actor === null && search.concern === null ? byKind(search, { low, high }, inTime) : byAlias(search, { low, high }, inTime)
  return placed(
    await tx.$queryRaw<Row[]>`
    select p.index, p.lane, p.hash, coalesce(s.text, r.text, c.text, '') as text from (${found}) as found
      join log_position p on p.index = found.index
      left join staff_entry s on p.lane = 'staff' and s.id = p.entry_id
      left join reporter_entry r on p.lane = 'reporter' and r.id = p.entry_id
      left join cover_entry c on p.lane = 'cover' and c.id = p.entry_id
    order by p.index desc`,
  )
}

/**
 * A few from the end of each kind, then the newest of all of them: whatever is rare or common, no statement walks along the log. Rows are compared
 * whole and ordered by both columns, so that only the index of kinds will do: an order by place alone would let the planner walk all places to
 * look for a kind that is rare, or that is nowhere.
 */
function byKind({ kinds, limit }: PlaceSearch, { low, high }: Bounds, inTime: Prisma.Sql): Prisma.Sql {
  const wanted = kinds.length === 0 ? anyKind : [...kinds]
  return Prisma.sql`
    select each.index from unnest(${wanted}::text[]) as wanted (kind) cross join lateral (
      select index from log_position
      where (kind, index) >= (wanted.kind, ${low}::bigint) and (kind, index) <= (wanted.kind, ${high}::bigint) and ${inTime}
      order by kind desc, index desc limit ${limit}::int) as each
    order by each.index desc limit ${limit}::int`
}

/** A concern has fewer entries than a person: with both given its index leads. */
function byAlias({ kinds, actor, concern, limit }: PlaceSearch, { low, high }: Bounds, inTime: Prisma.Sql): Prisma.Sql {
  const ofKinds = kinds.length === 0 ? Prisma.sql`true` : Prisma.sql`kind = any(${[...kinds]}::text[])`
  return concern === null
    ? Prisma.sql`
        select index from log_position
        where (actor, index) >= (${actor}::uuid, ${low}::bigint) and (actor, index) <= (${actor}::uuid, ${high}::bigint) and ${ofKinds} and ${inTime}
        order by actor desc, index desc limit ${limit}::int`
    : Prisma.sql`
        select index from log_position
        where (concern, index) >= (${concern}::uuid, ${low}::bigint) and (concern, index) <= (${concern}::uuid, ${high}::bigint)
          and (${actor}::uuid is null or actor = ${actor}::uuid) and ${ofKinds} and ${inTime}
        order by concern desc, index desc limit ${limit}::int`
}

const everywhere: Bounds = { low: 0n, high: 2n ** 62n }

const before = (place: number | null, { low, high }: Bounds): Bounds => ({
  low,
  high: place !== null && BigInt(place) - 1n < high ? BigInt(place) - 1n : high,
})

const placed = (rows: readonly Row[]): PlacedRow[] => rows.map((row) => ({ ...row, index: Number(row.index) }))

interface Bounds {
  readonly low: bigint
  readonly high: bigint
}

/**
 * The places between which all entries of these days are. Days are nearly in the order of places, so that a walk along the places between meets
 * little else, where one along all places would meet years.
 */
async function placesOf(tx: Tx, { from, to }: Period): Promise<Bounds | null> {
  const [row] = await tx.$queryRaw<{ low: bigint | null; high: bigint | null }[]>`
    select min(found.low) as low, max(found.high) as high
    from generate_series(greatest(${dateToColumn(from)}::date, (select min(day) from log_position)),
        least(${dateToColumn(to)}::date, (select max(day) from log_position)), interval '1 day') as each (day)
      cross join lateral (select (select index from log_position where day = each.day::date order by index limit 1) as low,
        (select index from log_position where day = each.day::date order by index desc limit 1) as high) as found`
  return row === undefined || row.low === null || row.high === null ? null : { low: row.low, high: row.high }
}

/** The entry at a place, with those before and after it in its concern's lane. */
export async function readPlaced(tx: Tx, index: number): Promise<PlacedRow | null> {
  const [row] = placed(
    await tx.$queryRaw<Row[]>`
    select p.index, p.lane, p.hash, coalesce(s.text, r.text, c.text, '') as text from log_position p
      left join staff_entry s on p.lane = 'staff' and s.id = p.entry_id
      left join reporter_entry r on p.lane = 'reporter' and r.id = p.entry_id
      left join cover_entry c on p.lane = 'cover' and c.id = p.entry_id
    where p.index = ${index}::bigint`,
  )
  return row ?? null
}

/** Lanes of a concern get their places in the order of their numbers, so that the next place of the lane is the next number. */
export async function readLaneNeighbours(
  tx: Tx,
  { index, lane }: PlacedRow,
  concern: string,
): Promise<{ readonly before: number | null; readonly after: number | null }> {
  const [row] = await tx.$queryRaw<{ before: bigint | null; after: bigint | null }[]>`
    select (select index from log_position where concern = ${concern}::uuid and lane = ${lane} and index < ${index}::bigint
        order by index desc limit 1) as before,
      (select index from log_position where concern = ${concern}::uuid and lane = ${lane} and index > ${index}::bigint
        order by index limit 1) as after`
  const place = (value: bigint | null | undefined) => (value === null || value === undefined ? null : Number(value))
  return { before: place(row?.before), after: place(row?.after) }
}

/** How many cover entries have a place from this index on, and the first place after those counted. */
export async function countCovers(tx: Tx, from: number): Promise<{ readonly covers: number; readonly end: number }> {
  const [row] = await tx.$queryRaw<{ covers: bigint; end: bigint }[]>`
    select (select count(*) from log_position where kind = 'cover' and index >= ${from}::bigint) as covers,
      (select coalesce(max(index) + 1, 0) from log_position) as end`
  return { covers: Number(row?.covers ?? 0), end: Number(row?.end ?? 0) }
}

/** The least and greatest alias of those that begin so; the same where there is one; null where there is none. */
export async function findAlias(tx: Tx, column: 'actor' | 'concern', beginning: string): Promise<readonly [string, string] | null> {
  const [low, high] = [fill(beginning, '0'), fill(beginning, 'f')]
  const [row] =
    column === 'actor'
      ? await tx.$queryRaw<AliasRow[]>`
          select (select actor from log_position where actor >= ${low}::uuid and actor <= ${high}::uuid order by actor limit 1)::text as low,
            (select actor from log_position where actor >= ${low}::uuid and actor <= ${high}::uuid order by actor desc limit 1)::text as high`
      : await tx.$queryRaw<AliasRow[]>`
          select (select concern from log_position where concern >= ${low}::uuid and concern <= ${high}::uuid order by concern limit 1)::text as low,
            (select concern from log_position where concern >= ${low}::uuid and concern <= ${high}::uuid order by concern desc limit 1)::text as high`
  return row === undefined || row.low === null || row.high === null ? null : [row.low, row.high]
}

interface AliasRow {
  readonly low: string | null
  readonly high: string | null
}

const fill = (beginning: string, digit: string): string => {
  const hex = beginning.replaceAll('-', '').padEnd(32, digit)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
