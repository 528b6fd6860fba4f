import { dateToColumn, instantFromColumn, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { tileWidth } from '../merkle/index.ts'
import { longestEntry } from '../notes/index.ts'

/** A checkpoint as it is published: the signed note, with the witnesses' lines below ours. */
export interface PublishedCheckpoint {
  readonly size: number
  readonly root: Uint8Array
  /** How often the log had been put back from a backup. */
  readonly restored: number
  readonly note: string
  readonly publishedAt: Temporal.Instant
  /** Which witnesses have signed it. */
  readonly witnesses: readonly string[]
  /** No entry older than these waits for a place. */
  readonly staffFrom: Date
  readonly reporterFrom: Date
}

/** The newest, or the one of exactly this size; null where there is none. */
export async function readCheckpointRow(tx: Tx, size: number | null): Promise<PublishedCheckpoint | null> {
  const where = size === null ? {} : { size: BigInt(size) }
  const row = await tx.logCheckpoint.findFirst({ where, orderBy: { size: 'desc' } })
  if (row === null) return null
  const cosigned = await tx.logCosignature.findMany({ where: { size: row.size }, orderBy: { witness: 'asc' } })
  return {
    ...row,
    size: Number(row.size),
    note: row.note + cosigned.map(({ line }) => line).join(''),
    publishedAt: instantFromColumn(row.publishedAt),
    witnesses: cosigned.map(({ witness }) => witness),
  }
}

/** Sizes of every checkpoint up to this one, smallest first. */
export async function readCheckpointSizes(tx: Tx, upTo: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ size: bigint }[]>`select size from log_checkpoint where size <= ${upTo}::bigint order by size`
  return rows.map(({ size }) => Number(size))
}

/** Notes of checkpoints of these sizes, each with what witnesses signed, smallest first. */
export async function readNotes(tx: Tx, sizes: readonly number[]): Promise<string[]> {
  const wanted = sizes.map(BigInt)
  const rows = await tx.$queryRaw<{ note: string }[]>`
    select c.note || coalesce(string_agg(s.line, '' order by s.witness), '') as note
    from log_checkpoint c left join log_cosignature s on s.size = c.size where c.size = any(${wanted}::bigint[]) group by c.size, c.note order by c.size`
  return rows.map(({ note }) => note)
}

/** An entry in its place. */
export interface PlacedText {
  readonly index: number
  readonly text: string
}

/** Entries from one index to before another, in order; without words where somebody deleted the entry and left its place. */
export async function readTexts(tx: Tx, from: number, end: number): Promise<PlacedText[]> {
  const rows = await tx.$queryRaw<{ index: bigint; text: string }[]>`
    select p.index, coalesce(s.text, r.text, c.text, '') as text from log_position p
      left join staff_entry s on p.lane = 'staff' and s.id = p.entry_id
      left join reporter_entry r on p.lane = 'reporter' and r.id = p.entry_id
      left join cover_entry c on p.lane = 'cover' and c.id = p.entry_id
    where p.index >= ${from}::bigint and p.index < ${end}::bigint order by p.index`
  return rows.map(({ index, text }) => ({ index: Number(index), text }))
}

/**
 * The same, one for each index: nothing stands where somebody took the entry or its place away, or put in its place what no bundle can hold. So the
 * rest can be given, and whoever checks it is told which one is gone.
 */
export async function readEvery(tx: Tx, from: number, end: number): Promise<string[]> {
  const texts = new Map((await readTexts(tx, from, end)).map(({ index, text }) => [index, text]))
  return Array.from({ length: end - from }, (_, at) => holdable(texts.get(from + at) ?? ''))
}

const holdable = (text: string): string => (text.isWellFormed() && Buffer.byteLength(text) <= longestEntry ? text : '')

/** Full tiles of a level, joined hashes each, from one number to before another: noughts where somebody took one away. */
export async function readFullTiles(tx: Tx, level: number, from: number, end: number): Promise<Uint8Array[]> {
  const rows = await tx.$queryRaw<{ number: bigint; hashes: Uint8Array }[]>`
    select number, hashes from log_tile where level = ${level}::smallint and number >= ${from}::bigint and number < ${end}::bigint`
  const tiles = new Map(rows.map(({ number, hashes }) => [Number(number), hashes]))
  return Array.from({ length: end - from }, (_, at) => filledUp(tiles.get(from + at), tileWidth))
}

/** The last tile of a level, which is not full: its hashes are put together from what is below it, with noughts for what is gone. */
export async function readLastTile(tx: Tx, level: number, number: number, width: number): Promise<Uint8Array> {
  const first = number * tileWidth
  const rows =
    level === 0
      ? await tx.$queryRaw<{ at: bigint; hash: Uint8Array }[]>`
          select index as at, hash from log_position where index >= ${first}::bigint and index < ${first + width}::bigint`
      : await tx.$queryRaw<{ at: bigint; hash: Uint8Array }[]>`
          select number as at, root as hash from log_tile
          where level = ${level - 1}::smallint and number >= ${first}::bigint and number < ${first + width}::bigint`
  const hashes = new Map(rows.map(({ at, hash }) => [Number(at) - first, hash]))
  return Buffer.concat(Array.from({ length: width }, (_, at) => filledUp(hashes.get(at), 1)))
}

function filledUp(hashes: Uint8Array | undefined, width: number): Uint8Array {
  return hashes?.length === width * 32 ? hashes : new Uint8Array(width * 32)
}

/** An entry that waits for its place, with what the next page of such entries begins after. */
export interface WaitingText {
  readonly lane: 'staff' | 'reporter'
  readonly key: string
  readonly id: string
  readonly text: string
}

/** Where a page of waiting entries begins: after this one, or at the beginning of its lane. */
export type After = { readonly key: string; readonly id: string } | null

/**
 * Staff's by time, from `since` on, since no older one waits, to `until`. Each is asked for its place alone: `not exists` may become a join with the whole
 * log.
 */
export async function readWaitingStaff(tx: Tx, since: Date, until: Date, after: After, limit: number): Promise<WaitingText[]> {
  const key = after === null ? since : new Date(after.key)
  const rows = await tx.$queryRaw<{ id: string; at: Date; text: string }[]>`
    select id, happened_at as at, text from staff_entry e
    where happened_at >= ${since}::timestamptz and happened_at <= ${until}::timestamptz
      and (happened_at > ${key}::timestamptz or (happened_at = ${key}::timestamptz and id > ${after?.id ?? lowest}::uuid))
      and (select p.index from log_position p where p.entry_id = e.id) is null
    order by happened_at, id limit ${limit}::int`
  return rows.map(({ id, at, text }) => ({ lane: 'staff', key: at.toISOString(), id, text }))
}

/**
 * Reporters' by day, in random order within it, of days before `today`: those of today are shown to nobody, since whoever asked twice would
 * learn the time between (P2).
 */
export async function readWaitingReporters(tx: Tx, since: Date, today: DateText, after: After, limit: number): Promise<WaitingText[]> {
  const key = after === null ? since : new Date(after.key)
  const rows = await tx.$queryRaw<{ id: string; on: Date; text: string }[]>`
    select id, happened_on as "on", text from reporter_entry e
    where happened_on >= ${since}::date and happened_on < ${dateToColumn(today)}::date
      and (happened_on > ${key}::date or (happened_on = ${key}::date and id > ${after?.id ?? lowest}::uuid))
      and (select p.index from log_position p where p.entry_id = e.id) is null
    order by happened_on, id limit ${limit}::int`
  return rows.map(({ id, on, text }) => ({ lane: 'reporter', key: on.toISOString(), id, text }))
}

const lowest = '00000000-0000-0000-0000-000000000000'
