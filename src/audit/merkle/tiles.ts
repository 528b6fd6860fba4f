import { hashLength, nodeHash } from './hash.ts'

/** Hashes in a full tile (C2SP tlog-tiles): eight levels of the tree. */
export const tileWidth = 256
const tileHeight = 8

/**
 * Reads one tile: `width` hashes of 32 bytes, joined. `width` is 256 for a full tile, less for the last one of its level in the tree
 * that is asked about. A tile of level 0 holds leaf hashes, one of level n roots of full tiles of level n - 1.
 */
export type ReadTile = (level: number, number: number, width: number) => Promise<Uint8Array>

/** Hashes that a tile has in a tree of `size` leaves: 0 to 256. */
export function widthOfTile(size: number, level: number, number: number): number {
  return Math.max(0, Math.min(tileWidth, Math.floor(size / tileWidth ** level) - number * tileWidth))
}

/** The hash of the leaves from `start` to before `end`, as RFC 6962 2.1 builds it. Both ends must be those of a subtree. */
export type RangeHash = (start: number, end: number) => Promise<Uint8Array>

/** Reads a tree of `size` leaves from its tiles. Each tile is read once. Throws where a tile has another length than it must have. */
export function createRangeHash(size: number, readTile: ReadTile): RangeHash {
  const tiles = new Map<string, Promise<Uint8Array>>()
  const tileAt = (level: number, number: number): Promise<Uint8Array> => {
    const key = `${level}/${number}`
    const known = tiles.get(key) ?? readWhole(readTile, level, number, widthOfTile(size, level, number))
    tiles.set(key, known)
    return known
  }

  /** A complete subtree of 2 ** level leaves, the index-th of its kind. */
  const nodeAt = async (level: number, index: number): Promise<Uint8Array> => {
    const inner = level % tileHeight
    const first = index * 2 ** inner
    const number = Math.floor(first / tileWidth)
    const tile = await tileAt(Math.floor(level / tileHeight), number)
    return completeRoot(splitHashes(tile, first - number * tileWidth, 2 ** inner))
  }

  return async (start, end) => {
    const complete: Uint8Array[] = []
    for (let from = start; from < end;) {
      const level = levelWithin(end - from)
      // oxlint-disable-next-line no-await-in-loop -- the next piece is most often in the same tile
      complete.push(await nodeAt(level, from / 2 ** level))
      from += 2 ** level
    }
    return joinFromRight(complete)
  }
}

async function readWhole(readTile: ReadTile, level: number, number: number, width: number): Promise<Uint8Array> {
  const tile = await readTile(level, number, width)
  if (tile.length !== width * hashLength) throw new Error(`tile ${level}/${number} has not the ${width} hashes it must have`)
  return tile
}

/** `count` hashes of a tile from the one at `first`. */
export function splitHashes(tile: Uint8Array, first: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => tile.subarray((first + at) * hashLength, (first + at + 1) * hashLength))
}

/** The root above hashes whose number is a power of two. */
export function completeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[2 * at]!, row[2 * at + 1]!))
  return row[0]!
}

/** The root above complete subtrees that grow smaller to the right (RFC 6962 2.1). There must be one at least. */
export function joinFromRight(complete: readonly Uint8Array[]): Uint8Array {
  return complete.reduceRight((right, left) => nodeHash(left, right))
}

/** The largest power of two below `count`, which must be two at least. */
export function splitPoint(count: number): number {
  return 2 ** levelWithin(count - 1)
}

/** The level of the largest complete subtree that `count` leaves fill. Counted, since logarithms are rounded near 2 ** 49 and above. */
function levelWithin(count: number): number {
  let level = 0
  while (2 ** (level + 1) <= count) level += 1
  return level
}
