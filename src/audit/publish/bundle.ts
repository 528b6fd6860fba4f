import type { Writable } from 'node:stream'
import { instantToColumn } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import { tileWidth, widthOfTile } from '../merkle/index.ts'
import { encodeEntryBundle, entriesPath, tilePath } from '../notes/index.ts'
import { readCheckpointSizes, readEvery, readFullTiles, readLastTile, readNotes, type PublishedCheckpoint } from './log-store.ts'
import { writeZip, type ZippedFile } from './write-zip.ts'

/** The log up to one checkpoint, ready to be written as a zip. What is in it never changes while it is written, whatever the log does. */
export interface LogBundle {
  readonly size: number
  readonly fileName: string
  /**
   * Writes it and ends the stream, a few files in memory at a time. What somebody took out of the database is left empty in its place, for the
   * verifier to name. Throws like `Database.read`, or where the stream breaks.
   */
  write(to: Writable): Promise<void>
}

export interface BundleOptions {
  /** Canonical JSON lines, one for each opening that the reader may have, ready to be read once. */
  readonly openings?: (size: number) => AsyncIterable<string>
}

/** How many are read at once. */
const notesAtOnce = 100
const tilesAtOnce = 32
const bundlesAtOnce = 8

export function prepareBundle(database: Database, newest: PublishedCheckpoint, { openings }: BundleOptions = {}): LogBundle {
  return {
    size: newest.size,
    fileName: `forthright-log-${newest.size}.zip`,
    write: async (to) => {
      const last = openings && { name: 'openings.jsonl', bytes: openings(newest.size) }
      await writeZip(to, await filesOf(database, newest, openings !== undefined), instantToColumn(newest.publishedAt), last)
    },
  }
}

async function filesOf(database: Database, newest: PublishedCheckpoint, hasOpenings: boolean): Promise<ZippedFile[]> {
  const { size, note } = newest
  const whole = (name: string, text: string): ZippedFile => ({ name, compress: true, read: async () => Buffer.from(text) })
  const sizes = await database.read((tx) => readCheckpointSizes(tx, size))
  const notes = inSlices(database, sizes.length, notesAtOnce, async (tx, from, end) =>
    (await readNotes(tx, sizes.slice(from, end))).map((text) => Buffer.from(text)),
  )
  return [
    whole('README.txt', readme(newest, hasOpenings)),
    whole('checkpoint', note),
    ...sizes.map((each) => ({ name: `checkpoints/${each}`, compress: false, read: notes })),
    ...levelsOf(size).flatMap((level) => tilesOf(database, size, level)),
    ...entriesOf(database, size),
  ]
}

function levelsOf(size: number): number[] {
  const levels: number[] = []
  for (let level = 0; Math.floor(size / tileWidth ** level) > 0; level += 1) levels.push(level)
  return levels
}

function tilesOf(database: Database, size: number, level: number): ZippedFile[] {
  const full = Math.floor(size / tileWidth ** (level + 1))
  const next = inSlices(database, full, tilesAtOnce, (tx, from, end) => readFullTiles(tx, level, from, end))
  const files = Array.from({ length: full }, (_, number) => ({ name: tilePath(level, number, tileWidth), compress: false, read: next }))
  const width = widthOfTile(size, level, full)
  const last = {
    name: width === 0 ? '' : tilePath(level, full, width),
    compress: false,
    read: () => database.read((tx) => readLastTile(tx, level, full, width)),
  }
  return width === 0 ? files : [...files, last]
}

function entriesOf(database: Database, size: number): ZippedFile[] {
  const count = Math.ceil(size / tileWidth)
  const next = inSlices(database, count, bundlesAtOnce, async (tx, from, end) => {
    const texts = await readEvery(tx, from * tileWidth, Math.min(end * tileWidth, size))
    return Array.from({ length: end - from }, (_, at) => encodeEntryBundle(texts.slice(at * tileWidth, (at + 1) * tileWidth)))
  })
  return Array.from({ length: count }, (_, number) => ({
    name: entriesPath(number, widthOfTile(size, 0, number)),
    compress: true,
    read: next,
  }))
}

/** Gives the parts of a long list one by one, in order, and reads them in slices. */
function inSlices(
  database: Database,
  count: number,
  slice: number,
  read: (tx: Tx, from: number, end: number) => Promise<Uint8Array[]>,
): () => Promise<Uint8Array> {
  let given = 0
  let held: Uint8Array[] = []
  return async () => {
    if (held.length === 0) held = (await database.read((tx) => read(tx, given, Math.min(given + slice, count)))).toReversed()
    given += 1
    const next = held.pop()
    if (next === undefined) throw new Error('a part of the log is not there')
    return next
  }
}

const readme = (
  { size, note, publishedAt }: PublishedCheckpoint,
  hasOpenings: boolean,
): string => `Forthright: the log as an auditor takes it away

Log: ${note.split('\n')[0]}
Entries: ${size}
Checkpoint published: ${publishedAt.toString()}

checkpoint          the newest signed note (C2SP tlog-checkpoint)
checkpoints/<size>  every signed note that was published
tile/               hashes of the tree (C2SP tlog-tiles)
tile/entries/       the entries, each in the exact text that was hashed
${hasOpenings ? openingsLine : ''}
To check it without trusting us, save the log's key in a file key.txt and run, on any machine with Node 20 or later:

  node verify-log.mjs forthright-log-${size}.zip --key key.txt

Take the key from the minutes or from somebody who noted it down, not from this file. docs/auditors-guide.md says more.
`

const openingsLine = `openings.jsonl      names behind aliases, as far as they are still kept, each with the salt that proves it; keep this
                    file from whoever is no auditor, and take it out of a copy for anybody else: the rest verifies without it
`
