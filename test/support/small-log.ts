import { consistencyProof, createTreeEdge, leafHash, rootOf, tileWidth, type ReadTile } from '../../src/audit/merkle/index.ts'
import { createNoteSigner, formatCheckpoint, signNote, type NoteSigner } from '../../src/audit/notes/index.ts'

/** A log in memory that signs what it is asked to: enough of one to be watched. */
export interface SmallLog {
  readonly signer: NoteSigner
  readonly readTile: ReadTile
  readonly leaves: readonly Uint8Array[]
  /** The signed checkpoint of the first `size` entries. */
  note(size: number, extensions?: readonly string[]): Promise<string>
  consistencyProof(from: number, to: number): Promise<readonly Uint8Array[]>
}

/** Entries `prefix 0`, `prefix 1`, …; from `forkAt` on they are others, as a log has them that tells two people two things. */
export async function createSmallLog(origin: string, entries: number, forkAt = entries): Promise<SmallLog> {
  const signer = createNoteSigner(origin, leafHash(`the key of ${origin}`))
  const leaves = Array.from({ length: entries }, (_, at) => leafHash(at < forkAt ? `entry ${at}` : `another entry ${at}`))
  const full = new Map(
    (await createTreeEdge(0, async () => new Uint8Array(0))).append(leaves).map((tile) => [`${tile.level}/${tile.number}`, tile]),
  )
  const readTile: ReadTile = async (level, number, width) => {
    const whole = full.get(`${level}/${number}`)?.hashes
    if (whole !== undefined) return whole.subarray(0, width * 32)
    const first = number * tileWidth
    const hashes = Array.from({ length: width }, (_, at) =>
      level === 0 ? leaves[first + at]! : full.get(`${level - 1}/${first + at}`)!.root,
    )
    return new Uint8Array(Buffer.concat(hashes))
  }
  return {
    signer,
    readTile,
    leaves,
    note: async (size, extensions = []) =>
      signNote(formatCheckpoint({ origin, size, root: await rootOf(size, readTile), extensions }), [signer]),
    consistencyProof: (from, to) => consistencyProof(from, to, readTile),
  }
}
