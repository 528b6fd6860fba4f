import { Refusal } from '../../kernel/index.ts'
import type { Database, Tx } from '../../database/index.ts'
import type { AuditedTransaction } from '../audited-transaction.ts'
import { readLogKeys } from '../integrate/key-store.ts'
import { inclusionProof, leafHash, verifyInclusion } from '../merkle/index.ts'
import { FormatFault, openCheckpoint, parseVerifierKey } from '../notes/index.ts'
import type { Names, ReadNames } from '../openings/index.ts'
import { readCheckpointRow } from '../publish/log-store.ts'
import { createReadTile, TileMissing } from '../tile-store.ts'
import { actorOf, type LogReader } from '../view-log.ts'
import { readText } from './read-text.ts'
import { recordLook, requireAuditor, type ShownEntry } from './search-log.ts'
import { readLaneNeighbours, readPlaced, type PlacedRow } from './search-store.ts'

/** One thing that was checked; null where there is nothing to check (an entry of no concern has no link). */
export interface EntryChecks {
  /** The text gives the hash that stands at this place. */
  readonly text: boolean
  /** The newest checkpoint carries a signature of this log that holds. */
  readonly signed: boolean
  /** The hash is in the tree that the checkpoint is of. */
  readonly included: boolean
  /** It follows the entry before it in its concern's lane: number and hash. */
  readonly follows: boolean | null
  /** The one after it in the lane names its hash. */
  readonly followed: boolean | null
  /** Entries of the checkpoint, and when it was published. */
  readonly size: number
  readonly publishedAt: Temporal.Instant
}

export interface EntryPage extends ShownEntry {
  readonly index: number
  /** Hexadecimal: the leaf hash of RFC 6962 that its place in the log holds. */
  readonly hash: string
  /** Places of the entries before and after it in its concern's lane. */
  readonly before: number | null
  readonly after: number | null
  /** Who stands behind the aliases in it. */
  readonly names: Names
  /** Entries with a place. */
  readonly size: number
  /** Only where it was asked for. */
  readonly checks: EntryChecks | null
}

export interface EntryReader {
  /** Refusal `permission_denied`, `not_found`. Recorded before it is read: `log_viewed`. */
  read(ctx: LogReader, index: number, check: boolean): Promise<EntryPage>
  /** Its exact text, to be taken away. Recorded: `log_exported`. */
  takeText(ctx: LogReader, index: number): Promise<string>
}

export function createEntryReader(database: Database, audited: AuditedTransaction, readNames: ReadNames): EntryReader {
  return {
    read: async (ctx, index, check) => {
      await recordLook(audited, ctx, 1)
      return database.read(async (tx) => {
        const page = await readPage(tx, index, check)
        return { ...page, names: await readNames(tx, [page.said]) }
      })
    },
    takeText: async (ctx, index) => {
      requireAuditor(ctx)
      const fields = { what: 'entry', from: index, entries: 1 }
      const entry = { kind: 'log_exported', actor: actorOf(ctx.person, 'auditor'), at: ctx.now, fields } as const
      await audited(async () => ({ value: null, entries: [entry] }))
      return (await database.read((tx) => placedAt(tx, index))).text
    },
  }
}

async function placedAt(tx: Tx, index: number): Promise<PlacedRow> {
  const row = await readPlaced(tx, index)
  if (row === null) throw new Refusal('not_found')
  return row
}

async function readPage(tx: Tx, index: number, check: boolean): Promise<Omit<EntryPage, 'names'>> {
  const row = await placedAt(tx, index)
  const said = readText(row.text)
  const newest = await readCheckpointRow(tx, null)
  const beside = said.concern === null ? { before: null, after: null } : await readLaneNeighbours(tx, row, said.concern)
  return {
    index,
    text: row.text,
    said,
    hash: hex(row.hash),
    ...beside,
    size: newest?.size ?? 0,
    checks: check ? await checkEntry(tx, row, beside) : null,
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

async function checkEntry(
  tx: Tx,
  row: PlacedRow,
  { before, after }: { readonly before: number | null; readonly after: number | null },
): Promise<EntryChecks> {
  const newest = await readCheckpointRow(tx, null)
  if (newest === null) throw new Refusal('not_found')
  const { number, previous, concern } = readText(row.text)
  const leaf = leafHash(row.text)
  const said = await signedBy(tx, newest.note)
  const earlier = before === null ? null : await readPlaced(tx, before)
  const later = after === null ? null : await readPlaced(tx, after)
  return {
    text: hex(leaf) === hex(row.hash),
    signed: said !== null,
    included: said !== null && (await isIncluded(tx, row.index, leaf, said)),
    follows:
      concern === null
        ? null
        : earlier === null
          ? number === 1 && previous === null
          : number === (readText(earlier.text).number ?? 0) + 1 && previous === hex(leafHash(earlier.text)),
    followed: later === null ? null : readText(later.text).previous === hex(leaf),
    size: newest.size,
    publishedAt: newest.publishedAt,
  }
}

interface SignedTree {
  readonly size: number
  readonly root: Uint8Array
}

/** What the note says, where a key of this log signed it. */
async function signedBy(tx: Tx, note: string): Promise<SignedTree | null> {
  const keys = (await readLogKeys(tx)).map(({ verifierKey }) => verifierKey)
  try {
    return openCheckpoint(note, keys.map(parseVerifierKey)).checkpoint
  } catch (error) {
    if (error instanceof FormatFault) return null
    throw error
  }
}

async function isIncluded(tx: Tx, index: number, leaf: Uint8Array, { size, root }: SignedTree): Promise<boolean> {
  try {
    const proof = index < size ? await inclusionProof(index, size, createReadTile(tx)) : null
    return proof !== null && verifyInclusion({ index, size, leaf, proof, root })
  } catch (error) {
    if (error instanceof TileMissing) return false
    throw error
  }
}
