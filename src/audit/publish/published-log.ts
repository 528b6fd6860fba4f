import { instantToColumn, londonDate, Refusal, type DateText } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import { readLogKeys, type LogKeyRow } from '../integrate/key-store.ts'
import { inclusionProof, tileWidth, widthOfTile } from '../merkle/index.ts'
import { encodeEntryBundle, formatProof } from '../notes/index.ts'
import { createReadTile, TileMissing } from '../tile-store.ts'
import { prepareBundle, type BundleOptions, type LogBundle } from './bundle.ts'
import { writePlace, type LogPlace } from './log-place.ts'
import {
  readCheckpointRow,
  readEvery,
  readTexts,
  readWaitingReporters,
  readWaitingStaff,
  type PlacedText,
  type PublishedCheckpoint,
  type WaitingText,
} from './log-store.ts'

/** A page of the log: placed entries by index, then those that wait. `next` begins the page after it; null on the last. */
export interface LogEntries {
  readonly items: readonly { readonly index: number | null; readonly entry: string }[]
  readonly next: string | null
}

/** What is published of the log, as it lies in the database. Says nothing of who may have it: `recorded-reads.ts` does. */
export interface PublishedLog {
  /** The newest, or the one of this size. Refusal `not_found`. */
  readCheckpoint(size?: number): Promise<PublishedCheckpoint>
  /** Every key that ever signed, oldest first. */
  readVerifierKeys(): Promise<readonly LogKeyRow[]>
  /** Joined hashes of a tile of the published tree, or the first `width` of them. Refusal `not_found`. */
  readTile(level: number, number: number, width: number): Promise<Uint8Array>
  /** The first `width` entries of the 256 from `number` × 256 on, as C2SP tlog-tiles has them. Refusal `not_found`. */
  readEntryBundle(number: number, width: number): Promise<Uint8Array>
  readLogEntries(from: LogPlace, limit: number, now: Temporal.Instant): Promise<LogEntries>
  readEntry(index: number): Promise<PlacedText>
  /** That the entry is in the newest checkpoint, as C2SP tlog-proof has it. Refusal `not_found`. */
  readProof(index: number): Promise<{ readonly size: number; readonly proof: string }>
  /** Everything up to the newest checkpoint, for the offline verifier. Refusal `not_found` before there is one. */
  prepareBundle(options?: BundleOptions): Promise<LogBundle>
}

export function createPublishedLog(database: Database): PublishedLog {
  const inLog = <T>(work: (tx: Tx, newest: PublishedCheckpoint) => Promise<T>): Promise<T> =>
    database
      .read(async (tx) => work(tx, await newestOf(tx)))
      .catch((error: unknown) => {
        // Hashes that somebody took away: the check of the whole log says which
        throw error instanceof TileMissing ? new Refusal('not_found') : error
      })
  return {
    readCheckpoint: (size) => database.read(async (tx) => (await readCheckpointRow(tx, size ?? null)) ?? missing()),
    readVerifierKeys: () => database.read(readLogKeys),
    readTile: (level, number, width) =>
      inLog((tx, { size }) => (width <= widthOfTile(size, level, number) ? readPart(tx, level, number, width, size) : missing())),
    readEntryBundle: (number, width) =>
      inLog(async (tx, { size }) => {
        if (width > widthOfTile(size, 0, number)) missing()
        return encodeEntryBundle(await readEvery(tx, number * tileWidth, number * tileWidth + width))
      }),
    readLogEntries: (from, limit, now) => database.read((tx) => readPage(tx, from, limit, now)),
    readEntry: (index) => database.read(async (tx) => (await readTexts(tx, index, index + 1))[0] ?? missing()),
    readProof: (index) =>
      inLog(async (tx, { size, note }) => {
        if (index >= size) missing()
        return { size, proof: formatProof({ index, hashes: await inclusionProof(index, size, createReadTile(tx)), note }) }
      }),
    prepareBundle: async (options) => prepareBundle(database, await database.read(newestOf), options),
  }
}

function missing(): never {
  throw new Refusal('not_found')
}

const newestOf = async (tx: Tx): Promise<PublishedCheckpoint> => (await readCheckpointRow(tx, null)) ?? missing()

/** A smaller width than the tile has by now is what an earlier, smaller tree had: it stays to be had (C2SP tlog-tiles). */
async function readPart(tx: Tx, level: number, number: number, width: number, size: number): Promise<Uint8Array> {
  const whole = widthOfTile(size, level, number)
  return (await createReadTile(tx)(level, number, whole)).subarray(0, width * 32)
}

async function readPage(tx: Tx, from: LogPlace, limit: number, now: Temporal.Instant): Promise<LogEntries> {
  const placed = from.kind === 'index' ? await readTexts(tx, from.index, from.index + limit + 1) : []
  const items = placed.slice(0, limit).map(({ index, text }) => ({ index, entry: text }))
  const following = placed[limit]
  if (following !== undefined) return { items, next: writePlace({ kind: 'index', index: following.index }) }
  const left = limit - items.length
  const start = from.kind === 'waiting' ? from : ({ kind: 'waiting', lane: 'staff', after: null, until: now } as const)
  const waiting = await readWaiting(tx, start, londonDate(now), left + 1)
  const shown = waiting.slice(0, left)
  const all = [...items, ...shown.map(({ text }) => ({ index: null, entry: text }))]
  if (waiting.length <= left) return { items: all, next: null }
  const last = shown.at(-1)
  const next: LogPlace = last === undefined ? start : { kind: 'waiting', lane: last.lane, after: last, until: start.until }
  return { items: all, next: writePlace(next) }
}

async function readWaiting(
  tx: Tx,
  { lane, after, until }: Extract<LogPlace, { kind: 'waiting' }>,
  today: DateText,
  limit: number,
): Promise<WaitingText[]> {
  const newest = await readCheckpointRow(tx, null)
  const [staffFrom, reporterFrom] = [newest?.staffFrom ?? new Date(0), newest?.reporterFrom ?? new Date(0)]
  const staff = lane === 'staff' ? await readWaitingStaff(tx, staffFrom, instantToColumn(until), after, limit) : []
  const rest = limit - staff.length
  if (rest === 0) return staff
  return [...staff, ...(await readWaitingReporters(tx, reporterFrom, today, lane === 'reporter' ? after : null, rest))]
}
