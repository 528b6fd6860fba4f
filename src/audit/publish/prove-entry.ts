import { instantToColumn } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { readLogKeys } from '../integrate/key-store.ts'
import { inclusionProof } from '../merkle/index.ts'
import { formatProof, parseCheckpoint, splitNote } from '../notes/index.ts'
import { createReadTile } from '../tile-store.ts'
import { readCheckpointRow } from './log-store.ts'

/** That one entry is in the log, for whoever has the log's key and nothing else. */
export interface ProvenEntry {
  readonly index: number
  /** The log's name, and what it signed: so many entries, and the root of their tree. */
  readonly log: string
  readonly size: number
  readonly root: Uint8Array
  /** As C2SP tlog-proof has it. */
  readonly proof: string
}

/**
 * The proof of an entry, recorded nowhere; null while it waits for its place. It is against the first checkpoint that has the entry, not the newest:
 * so it comes out the same whenever it is asked for, and does not date the moment at which a reporter looked. Only a new key of the log changes
 * it, since it should hold for those who know just the newest one.
 */
export async function proveEntry(tx: Tx, entryId: string): Promise<ProvenEntry | null> {
  const position = await tx.logPosition.findUnique({ where: { entryId }, select: { index: true } })
  if (position === null) return null
  const index = Number(position.index)
  const published = await readCheckpointRow(tx, await firstSizeWith(tx, index))
  if (published === null || published.size <= index) return null
  const { size, root, note } = published
  const { origin } = parseCheckpoint(splitNote(note).text)
  const hashes = await inclusionProof(index, size, createReadTile(tx))
  return { index, log: origin, size, root, proof: formatProof({ index, hashes, note }) }
}

/** Since the newest key was announced it signs every checkpoint. */
async function firstSizeWith(tx: Tx, index: number): Promise<number | null> {
  const newestKey = (await readLogKeys(tx)).at(-1)
  const row = await tx.logCheckpoint.findFirst({
    where: { size: { gt: BigInt(index) }, ...(newestKey && { publishedAt: { gte: instantToColumn(newestKey.announcedAt) } }) },
    orderBy: { size: 'asc' },
    select: { size: true },
  })
  return row === null ? null : Number(row.size)
}
