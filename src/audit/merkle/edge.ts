import { emptyRoot, hashLength } from './hash.ts'
import { completeRoot, joinFromRight, splitHashes, tileWidth, widthOfTile, type ReadTile } from './tiles.ts'

/** A tile that has become full: its place, its 256 hashes joined, and its root, which is a hash of the level above. */
export interface FullTile {
  readonly level: number
  readonly number: number
  readonly hashes: Uint8Array
  readonly root: Uint8Array
}

/** The right edge of a growing tree: what must be known to add leaves and to tell the root, at most 255 hashes a level. */
export interface TreeEdge {
  /** Leaves in the tree. */
  readonly size: number
  /** Adds leaf hashes in order, and returns the tiles that became full, each after those it is built on. */
  append(hashes: Iterable<Uint8Array>): FullTile[]
  root(): Uint8Array
}

/** The edge of the tree of `size` leaves, read from its partial tiles: one on each level at most. */
export async function createTreeEdge(size: number, readTile: ReadTile): Promise<TreeEdge> {
  const rows = await readRows(size, readTile)
  let count = size

  const rise = (level: number, hash: Uint8Array, full: FullTile[]): void => {
    const row = (rows[level] ??= [])
    row.push(hash)
    if (row.length < tileWidth) return
    const root = completeRoot(row)
    full.push({ level, number: count / tileWidth ** (level + 1) - 1, hashes: joined(row), root })
    rows[level] = []
    rise(level + 1, root, full)
  }

  return {
    get size() {
      return count
    },
    append: (hashes) => {
      const full: FullTile[] = []
      for (const hash of hashes) {
        if (hash.length !== hashLength) throw new RangeError('a leaf hash has 32 bytes')
        count += 1
        rise(0, hash, full)
      }
      return full
    },
    root: () => (count === 0 ? emptyRoot : joinFromRight(rows.flatMap(completeParts).toReversed())),
  }
}

async function readRows(size: number, readTile: ReadTile): Promise<Uint8Array[][]> {
  const rows: Uint8Array[][] = []
  for (let level = 0; tileWidth ** level <= size; level += 1) {
    const number = Math.floor(size / tileWidth ** (level + 1))
    const width = widthOfTile(size, level, number)
    // oxlint-disable-next-line no-await-in-loop -- seven levels at most, one statement each
    const tile = width === 0 ? new Uint8Array(0) : await readTile(level, number, width)
    if (tile.length !== width * hashLength) throw new Error(`tile ${level}/${number} has not the ${width} hashes it must have`)
    rows.push(splitHashes(tile.slice(), 0, width))
  }
  return rows
}

/** The complete subtrees of one partial tile, the smallest, which stands rightmost, first. */
function completeParts(row: readonly Uint8Array[]): Uint8Array[] {
  const parts: Uint8Array[] = []
  let end = row.length
  for (let width = 1; width < tileWidth; width *= 2) {
    if (Math.floor(row.length / width) % 2 === 0) continue
    parts.push(completeRoot(row.slice(end - width, end)))
    end -= width
  }
  return parts
}

function joined(row: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(row.length * hashLength)
  row.forEach((hash, at) => bytes.set(hash, at * hashLength))
  return bytes
}
