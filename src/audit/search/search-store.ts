import { addDays, dateToColumn } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import type { EntryKind } from '../catalogue.ts'
import type { Bounds, Extent, Period } from './extent.ts'

export type { Period }

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

/** The newest that fit, newest first, with their texts, in one statement. */
export async function findPlaced(tx: Tx, search: PlaceSearch, extent: Extent): Promise<PlacedRow[]> {
  const bounds = search.period === null ? everywhere : extent.placesOf(search.period)
  if (bounds === null) return []
  const { low, high } = before(search.before, bounds)
  // Not the bare column: the index of days would be taken for it, and all entries of a year sorted for the newest 25
  const inTime =
    search.period === null
      ? Prisma.sql`true`
      : Prisma.sql`coalesce(day, 'infinity') between ${dateToColumn(search.period.from)}::date and ${dateToColumn(search.period.to)}::date`
  const found =
    search.actor !== null || search.concern !== null
      ? byAlias(search, { low, high }, inTime)
      : search.kinds.length > 0
        ? byKind(search, { low, high }, inTime)
        : ofAnyKind(search, { low, high }, inTime)
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
  return Prisma.sql`
    select each.index from unnest(${[...kinds]}::text[]) as wanted (kind) cross join lateral (
      select index from log_position
      where (kind, index) >= (wanted.kind, ${low}::bigint) and (kind, index) <= (wanted.kind, ${high}::bigint) and ${inTime}
      order by kind desc, index desc limit ${limit}::int) as each
    order by each.index desc limit ${limit}::int`
}

/** More days than this are walked along their places, fewer are looked up one by one. */
const fewDays = 31

/** Whatever says something: newest first along the index that leaves cover entries out, or of a few days those of each, whatever lies between. */
function ofAnyKind({ period, limit }: PlaceSearch, { low, high }: Bounds, inTime: Prisma.Sql): Prisma.Sql {
  if (period === null || addDays(period.from, fewDays) <= period.to)
    return Prisma.sql`
      select index from log_position where kind <> 'cover' and index >= ${low}::bigint and index <= ${high}::bigint and ${inTime}
      order by index desc limit ${limit}::int`
  return Prisma.sql`
    select each.index from generate_series(${dateToColumn(period.from)}::date, ${dateToColumn(period.to)}::date, interval '1 day') as wanted (day)
      cross join lateral (
        select index from log_position where day = wanted.day::date and index >= ${low}::bigint and index <= ${high}::bigint
        order by index desc limit ${limit}::int) as each
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

const everywhere: Bounds = { low: 0, high: Number.MAX_SAFE_INTEGER }

const before = (place: number | null, { low, high }: Bounds): Bounds => ({ low, high: place === null ? high : Math.min(place - 1, high) })

const placed = (rows: readonly Row[]): PlacedRow[] => rows.map((row) => ({ ...row, index: Number(row.index) }))

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
