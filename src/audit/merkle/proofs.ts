import { emptyRoot } from './hash.ts'
import { createRangeHash, splitPoint, type ReadTile } from './tiles.ts'

/** The root of the tree of the first `size` leaves. Throws a RangeError where `size` is no count of leaves. */
export async function rootOf(size: number, readTile: ReadTile): Promise<Uint8Array> {
  mustCount(size)
  return size === 0 ? emptyRoot : createRangeHash(size, readTile)(0, size)
}

/**
 * That the leaf at `index` (from 0) is in the tree of `size` leaves: the hashes from the leaf's sibling up (RFC 6962 2.1.1).
 * Throws a RangeError where the tree has no such leaf.
 */
export async function inclusionProof(index: number, size: number, readTile: ReadTile): Promise<Uint8Array[]> {
  mustCount(index)
  mustCount(size)
  if (index >= size) throw new RangeError('the tree has no such leaf')
  const siblings: [number, number][] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    siblings.push(index < middle ? [middle, end] : [start, middle])
    if (index < middle) end = middle
    else start = middle
  }
  return hashesOf(siblings.toReversed(), size, readTile)
}

/**
 * That the tree of `from` leaves is the beginning of the tree of `to` leaves (RFC 6962 2.1.2). Empty where `from` is 0 or equals `to`.
 * Throws a RangeError where `from` is larger than `to`.
 */
export async function consistencyProof(from: number, to: number, readTile: ReadTile): Promise<Uint8Array[]> {
  mustCount(from)
  mustCount(to)
  if (from > to) throw new RangeError('the earlier tree is larger than the later one')
  if (from === 0 || from === to) return []
  const ranges: [number, number][] = []
  let [start, end] = [0, to]
  while (from < end) {
    const middle = start + splitPoint(end - start)
    ranges.push(from <= middle ? [middle, end] : [start, middle])
    if (from <= middle) end = middle
    else start = middle
  }
  // the earlier tree's own root is known to whoever checks; a smaller part that both trees share is not
  if (start > 0) ranges.push([start, end])
  return hashesOf(ranges.toReversed(), to, readTile)
}

async function hashesOf(ranges: readonly (readonly [number, number])[], size: number, readTile: ReadTile): Promise<Uint8Array[]> {
  const rangeHash = createRangeHash(size, readTile)
  return Promise.all(ranges.map(([start, end]) => rangeHash(start, end)))
}

function mustCount(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('not a count of leaves')
}
