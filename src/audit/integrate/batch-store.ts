import { dateToColumn, instantFromColumn, instantToColumn, dateFromColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { FullTile } from '../merkle/index.ts'
import type { EntryRow, Placed } from './check-entry.ts'

/** What a checkpoint's row holds. */
export interface CheckpointRow {
  readonly size: number
  readonly root: Uint8Array
  readonly restored: number
  readonly note: string
  readonly publishedAt: Temporal.Instant
  /** No older entry waited for its place when this was signed. */
  readonly staffFrom: Temporal.Instant
  readonly reporterFrom: DateText
}

/** The organisation's id, null before it has been set up. */
export async function readOrganisationId(tx: Tx): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`select id from organisation limit 1`
  return row?.id ?? null
}

export async function readLastCheckpoint(tx: Tx): Promise<CheckpointRow | null> {
  const row = await tx.logCheckpoint.findFirst({ orderBy: { size: 'desc' } })
  return row === null
    ? null
    : {
        ...row,
        size: Number(row.size),
        publishedAt: instantFromColumn(row.publishedAt),
        staffFrom: instantFromColumn(row.staffFrom),
        reporterFrom: dateFromColumn(row.reporterFrom),
      }
}

/** When the log was last signed: null for never though there was a day to do so, and `not set up` for a service of today. */
export async function readLastPublished(tx: Tx, today: DateText): Promise<Temporal.Instant | null | 'not set up'> {
  const last = await tx.logCheckpoint.findFirst({ orderBy: { size: 'desc' }, select: { publishedAt: true } })
  if (last !== null) return instantFromColumn(last.publishedAt)
  const [old] = await tx.$queryRaw<unknown[]>`
    select 1 from organisation where opened_on < ${dateToColumn(today)}::date`
  return old === undefined ? 'not set up' : null
}

/** How many places are given. */
export async function readSize(tx: Tx): Promise<number> {
  const last = await tx.logPosition.findFirst({ orderBy: { index: 'desc' }, select: { index: true } })
  return last === null ? 0 : Number(last.index) + 1
}

export async function countPositions(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`select count(*) as count from log_position`
  return Number(row?.count)
}

/** How often this log was put back from a backup. */
export async function readRestores(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select coalesce(max(number), 0)::int as count from log_restore`
  return row?.count ?? 0
}

/** Entries by id, in any order. */
export function readEntryRows(tx: Tx, lane: 'reporter' | 'staff', ids: readonly string[]): Promise<EntryRow[]> {
  return lane === 'staff'
    ? tx.$queryRaw<EntryRow[]>`
        select id, kind, number, (happened_at at time zone 'Europe/London')::date as day,
          to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as happened, text, hash from staff_entry where id = any(${[...ids]}::uuid[])`
    : tx.$queryRaw<EntryRow[]>`
        select id, kind, number, happened_on as day, happened_on::text as happened, text, hash from reporter_entry where id = any(${[...ids]}::uuid[])`
}

export async function insertCovers(
  tx: Tx,
  covers: readonly { readonly id: string; readonly text: string; readonly hash: Uint8Array }[],
): Promise<void> {
  await tx.$executeRaw`
    insert into cover_entry (id, text, hash)
    select * from unnest(${covers.map(({ id }) => id)}::uuid[], ${covers.map(({ text }) => text)}::text[], ${covers.map(({ hash }) => hash)}::bytea[])`
}

/** Gives these entries the places from `first` on. The database refuses a gap, and a place that does not say what its entry says. */
export async function insertPositions(tx: Tx, first: number, placed: readonly Placed[]): Promise<void> {
  await tx.$executeRaw`
    insert into log_position (index, entry_id, lane, kind, day, actor, concern, hash)
    select ${first}::bigint + n - 1, id, lane, kind, day, actor, concern, hash
    from unnest(${placed.map(({ id }) => id)}::uuid[], ${placed.map(({ lane }) => lane)}::text[], ${placed.map(({ kind }) => kind)}::text[],
      ${placed.map(({ day }) => day)}::date[], ${placed.map(({ actor }) => actor)}::uuid[], ${placed.map(({ concern }) => concern)}::uuid[],
      ${placed.map(({ hash }) => hash)}::bytea[]) with ordinality as given (id, lane, kind, day, actor, concern, hash, n)`
}

/** Each after those it is built on: the database compares it with them. */
export async function insertTiles(tx: Tx, tiles: readonly FullTile[]): Promise<void> {
  for (const { level, number, hashes, root } of tiles) {
    await tx.$executeRaw`insert into log_tile (level, number, hashes, root) values (${level}::smallint, ${number}::bigint, ${hashes}, ${root})`
  }
}

export async function insertCheckpoint(
  tx: Tx,
  { size, root, restored, note, publishedAt, staffFrom, reporterFrom }: CheckpointRow,
): Promise<void> {
  await tx.$executeRaw`
    insert into log_checkpoint (size, root, restored, note, published_at, staff_from, reporter_from)
    values (${size}::bigint, ${root}, ${restored}::int, ${note}, ${instantToColumn(publishedAt)}::timestamptz, ${instantToColumn(staffFrom)}::timestamptz,
      ${dateToColumn(reporterFrom)}::date)`
}
