import { emptyRoot, leafHash, nodeHash, tileWidth, type ReadTile } from '../../src/audit/merkle/index.ts'

/** Leaf hashes of the entries `leaf 0`, `leaf 1`, … */
export const numberedLeaves = (count: number): Uint8Array[] => Array.from({ length: count }, (_, at) => leafHash(`leaf ${at}`))

/** A tree as RFC 6962 2.1 defines it, word for word: what the product's tree is held against. */
export interface NaiveTree {
  /** The root of the leaves from `start` (0) to before `end`. */
  root(end: number, start?: number): Uint8Array
  /** Tiles as C2SP tlog-tiles cuts them. Fails where the tree has no such tile. */
  readonly readTile: ReadTile
}

export function createNaiveTree(leaves: readonly Uint8Array[]): NaiveTree {
  // a small tree remembers what it has worked out, since it is asked for every size
  const known = new Map<number, Uint8Array>()
  const root = (end: number, start = 0): Uint8Array => {
    if (end - start < 2) return end === start ? emptyRoot : leaves[start]!
    const key = start * 10_000 + end
    const before = known.get(key)
    if (before !== undefined) return before
    let left = 1
    while (left * 2 < end - start) left *= 2
    const hash = nodeHash(root(start + left, start), root(end, start + left))
    if (leaves.length <= 1000) known.set(key, hash)
    return hash
  }
  return {
    root,
    readTile: async (level, number, width) => {
      const span = tileWidth ** level
      const first = number * tileWidth
      if ((first + width) * span > leaves.length) throw new Error(`the tree has no tile ${level}/${number} of ${width} hashes`)
      return new Uint8Array(Buffer.concat(Array.from({ length: width }, (_, at) => root((first + at + 1) * span, (first + at) * span))))
    },
  }
}
