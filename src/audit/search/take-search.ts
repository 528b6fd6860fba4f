import type { Writable } from 'node:stream'
import { csvLine, instantToColumn, Refusal } from '../../kernel/index.ts'
import type { Database } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import { canonicalJson } from '../canonical.ts'
import { inclusionProof } from '../merkle/index.ts'
import { formatProof } from '../notes/index.ts'
import { readCheckpointRow, type PublishedCheckpoint } from '../publish/log-store.ts'
import { writeZip, type ZippedFile } from '../publish/write-zip.ts'
import { recordTaking, requireFreshFactor } from '../taking.ts'
import { createReadTile } from '../tile-store.ts'
import type { LogTaker } from '../view-log.ts'
import type { ReadExtent } from './extent.ts'
import { readText } from './read-text.ts'
import { withWholeAliases, type LogQuery } from './search-log.ts'
import { findPlaced, type PlacedRow } from './search-store.ts'

/** So many rows at most: proofs of more belong into a bundle of the whole log. */
export const mostTaken = 1_000

/** What a search found, as a table that a spreadsheet opens, and with each row what proves it. */
export interface TakenSearch {
  readonly entries: number
  /** More was found than is taken at once: these are the newest. */
  readonly more: boolean
  readonly fileName: string
  /** Writes a zip and ends the stream. Proofs are made one by one on the way. Throws where the stream breaks. */
  write(to: Writable): Promise<void>
}

/**
 * Takes away what a search finds in its place, newest first, with the newest checkpoint and a proof of each entry against it. Aliases alone: names
 * leave the house with a bundle only. Recorded before it is given: `log_exported`. Refusal `permission_denied`, `step_up_required`,
 * `invalid_input` as for a search, `not_found` before anything was signed.
 */
export type TakeSearch = (ctx: LogTaker, query: LogQuery) => Promise<TakenSearch>

export function createTakeSearch(database: Database, audited: AuditedTransaction, readExtent: ReadExtent): TakeSearch {
  return async (ctx, query) => {
    await requireFreshFactor(audited, ctx)
    const { newest, rows } = await database.read(async (tx) => {
      const checkpoint = await readCheckpointRow(tx, null)
      if (checkpoint === null) throw new Refusal('not_found')
      const before = Math.min(query.before ?? checkpoint.size, checkpoint.size)
      return {
        newest: checkpoint,
        rows: await findPlaced(tx, { ...(await withWholeAliases(tx, query)), before, limit: mostTaken + 1 }, await readExtent(tx)),
      }
    })
    const taken = rows.slice(0, mostTaken)
    const more = rows.length > mostTaken
    await recordTaking(audited, ctx, { what: 'search', from: taken.at(-1)?.index ?? 0, entries: taken.length, size: newest.size })
    return {
      entries: taken.length,
      more,
      fileName: `forthright-search-${newest.size}.zip`,
      write: (to) => writeZip(to, filesOf(database, newest, taken, more), instantToColumn(newest.publishedAt)),
    }
  }
}

function filesOf(database: Database, newest: PublishedCheckpoint, rows: readonly PlacedRow[], more: boolean): ZippedFile[] {
  const text = (name: string, words: string): ZippedFile => ({ name, compress: true, read: async () => Buffer.from(words) })
  return [
    text('README.txt', readme(newest, rows, more)),
    text('rows.csv', [csvLine(headings), ...rows.map(lineOf)].join('')),
    text('checkpoint', newest.note),
    ...rows.flatMap((row) => [
      text(`entries/${row.index}.json`, row.text),
      { name: `proofs/${row.index}.txt`, compress: false, read: () => proofOf(database, newest, row.index) },
    ]),
  ]
}

async function proofOf(database: Database, { size, note }: PublishedCheckpoint, index: number): Promise<Uint8Array> {
  const hashes = await database.read((tx) => inclusionProof(index, size, createReadTile(tx)))
  return Buffer.from(formatProof({ index, hashes, note }))
}

const headings = ['index', 'hash', 'day', 'at', 'lane', 'kind', 'role', 'actor', 'concern', 'number', 'fields']

function lineOf({ index, hash, text }: PlacedRow): string {
  const { on, at, lane, kind, role, actor, concern, number, fields } = readText(text)
  const said = Object.keys(fields).length === 0 ? null : canonicalJson(fields)
  return csvLine([index, Buffer.from(hash).toString('hex'), on, at, lane, kind, role, actor, concern, number, said])
}

const readme = ({ size, note, publishedAt }: PublishedCheckpoint, rows: readonly PlacedRow[], more: boolean): string => {
  const example = rows[0]?.index ?? 0
  return `Forthright: what a search of the log found

Log: ${note.split('\n')[0]}
Entries of the log: ${size}
Checkpoint published: ${publishedAt.toString()}
Rows: ${rows.length}${more ? `, the newest of more: narrow the search to take the others` : ''}

rows.csv              a row for each entry found, newest first, with its index and leaf hash
checkpoint            the newest signed note (C2SP tlog-checkpoint)
entries/<index>.json  the entry in the exact text that was hashed
proofs/<index>.txt    that it is in the log (C2SP tlog-proof)

To check a row without trusting us, save the log's key in a file key.txt and run, on any machine with Node 20 or later:

  node verify-log.mjs proof proofs/${example}.txt entries/${example}.json --key key.txt

A proof shows that an entry is in the log, not that a search gave all there are: for that, take the whole log.
`
}
