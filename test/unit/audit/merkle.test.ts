import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyProof,
  createTreeEdge,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  sameHash,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
  widthOfTile,
  type ConsistencyClaim,
  type InclusionClaim,
} from '../../../src/audit/merkle/index.ts'
import { createNaiveTree, numberedLeaves } from '../../support/naive-tree.ts'

const largest = 600
const leaves = numberedLeaves(largest)
const { root: naiveRoot, readTile } = createNaiveTree(leaves)
const roots = Array.from({ length: largest + 1 }, (_, size) => naiveRoot(size))

const sizes = fc.oneof(fc.integer({ min: 1, max: largest }), fc.constantFrom(1, 2, 255, 256, 257, 511, 512, 513, largest))

async function inclusionClaim(index: number, size: number): Promise<InclusionClaim> {
  return { index, size, leaf: leaves[index]!, proof: await inclusionProof(index, size, readTile), root: roots[size]! }
}

async function consistencyClaim(from: number, to: number): Promise<ConsistencyClaim> {
  return { from, to, fromRoot: roots[from]!, toRoot: roots[to]!, proof: await consistencyProof(from, to, readTile) }
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  copy[Math.floor(bit / 8) % copy.length]! ^= 1 << (bit % 8)
  return copy
}

const withFlippedHash = (proof: readonly Uint8Array[], at: number, bit: number): Uint8Array[] =>
  proof.map((hash, each) => (each === at % proof.length ? flipped(hash, bit) : hash))

/** Every proof with one hash more or fewer, or two in each other's place. */
function bent(proof: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  const [first, second, ...rest] = proof
  const swapped = first !== undefined && second !== undefined ? [[second, first, ...rest]] : []
  const shorter = proof.length > 0 ? [proof.slice(1), proof.slice(0, -1)] : []
  return [[...proof, emptyRoot], [emptyRoot, ...proof], [...proof, new Uint8Array(0)], ...shorter, ...swapped]
}

describe('a root', () => {
  test('read from tiles is what the definition says, for every size', async () => {
    for (const [size, root] of roots.entries()) expect(sameHash(await rootOf(size, readTile), root)).toBe(true)
  })

  test('asks for each tile once, and only for tiles of its own size', async () => {
    const asked: string[] = []
    await rootOf(largest, (level, number, width) => {
      asked.push(`${level}/${number}.p/${width}`)
      return readTile(level, number, width)
    })
    expect(asked.toSorted()).toEqual(['0/2.p/88', '1/0.p/2'])
  })

  test('is refused over a tile that is too short or too long', async () => {
    const cut: typeof readTile = async (...at) => (await readTile(...at)).subarray(1)
    await expect(rootOf(300, cut)).rejects.toThrow('has not the')
    await expect(createTreeEdge(300, cut)).rejects.toThrow('has not the')
  })

  test('tells a leaf from a node: what a node hashes is no leaf', () => {
    expect(naiveRoot(2)).not.toEqual(leafHash(Buffer.concat([leaves[0]!, leaves[1]!])))
  })
})

describe('a proof that an entry is in the log', () => {
  test('holds for every entry of trees of every shape', async () => {
    const shape = sizes.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)))
    await fc.assert(
      fc.asyncProperty(shape, async ([index, size]) => verifyInclusion(await inclusionClaim(index, size))),
      { numRuns: 120 },
    )
  })

  test('is refused with any bit flipped, in the leaf, the root or a hash between', async () => {
    const shape = sizes.chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size), fc.nat(255), fc.nat(9)))
    await fc.assert(
      fc.asyncProperty(shape, async ([index, size, bit, at]) => {
        const claim = await inclusionClaim(index, size)
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) })).toBe(false)
        const proof = withFlippedHash(claim.proof, at, bit)
        expect(verifyInclusion({ ...claim, proof })).toBe(proof.length === 0)
      }),
      { numRuns: 80 },
    )
  })

  test('is refused at every other index, and for a proof with a hash more, fewer, or in another place', async () => {
    for (const size of [1, 2, 3, 7, 8, 9, 255, 256, 257]) {
      for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
        const claim = await inclusionClaim(index, size)
        for (let other = -1; other <= size; other += 1) expect(verifyInclusion({ ...claim, index: other })).toBe(other === index)
        for (const proof of bent(claim.proof)) expect(verifyInclusion({ ...claim, proof })).toBe(false)
      }
    }
  })

  // A proof names no size by itself: under a false size it must not hold for that size's own root.
  test('is refused against the root of any other size', async () => {
    const shape = fc.tuple(sizes, sizes).chain(([size, other]) => fc.tuple(fc.nat(size - 1), fc.constant(size), fc.constant(other)))
    await fc.assert(
      fc.asyncProperty(shape, async ([index, size, other]) => {
        fc.pre(size !== other)
        const claim = await inclusionClaim(index, size)
        expect(verifyInclusion({ ...claim, size: other, root: roots[other]! })).toBe(false)
        expect(verifyInclusion({ ...claim, root: roots[other]! })).toBe(false)
      }),
      { numRuns: 80 },
    )
  })

  test('never throws and never holds for numbers that are no sizes', async () => {
    const claim = await inclusionClaim(3, 8)
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 60]) {
      expect(verifyInclusion({ ...claim, index: bad })).toBe(false)
      expect(verifyInclusion({ ...claim, size: bad })).toBe(false)
    }
    expect(verifyInclusion({ ...claim, size: Number.MAX_SAFE_INTEGER })).toBe(false)
    expect(verifyInclusion({ ...claim, proof: Array.from({ length: 100_000 }, () => emptyRoot) })).toBe(false)
  })

  test('cannot be made for an entry that the tree has not', async () => {
    await expect(inclusionProof(8, 8, readTile)).rejects.toThrow(RangeError)
    await expect(inclusionProof(-1, 8, readTile)).rejects.toThrow(RangeError)
    await expect(inclusionProof(0, 0, readTile)).rejects.toThrow(RangeError)
  })
})

describe('a proof that an earlier tree is the beginning of a later one', () => {
  const pairs = fc.tuple(fc.nat(largest), fc.nat(largest)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

  test('holds for every pair of sizes', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ([from, to]) => verifyConsistency(await consistencyClaim(from, to))),
      { numRuns: 120 },
    )
  })

  test('is empty from nothing and between equal trees, and never otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ([from, to]) => {
        expect((await consistencyProof(from, to, readTile)).length === 0).toBe(from === 0 || from === to)
      }),
      { numRuns: 80 },
    )
  })

  test('is refused with any bit flipped, in either root or a hash between', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat(255), fc.nat(9), async ([from, to], bit, at) => {
        const claim = await consistencyClaim(from, to)
        expect(verifyConsistency({ ...claim, fromRoot: flipped(claim.fromRoot, bit) })).toBe(false)
        // nothing ties the later root to the tree of nothing: every log begins there
        expect(verifyConsistency({ ...claim, toRoot: flipped(claim.toRoot, bit) })).toBe(from === 0 && to > 0)
        const proof = withFlippedHash(claim.proof, at, bit)
        expect(verifyConsistency({ ...claim, proof })).toBe(proof.length === 0)
      }),
      { numRuns: 80 },
    )
  })

  test('is refused for other sizes, swapped roots, and a proof with a hash more, fewer, or in another place', async () => {
    for (const [from, to] of [
      [1, 2],
      [1, 8],
      [6, 8],
      [6, 7],
      [2, 5],
      [255, 256],
      [256, 257],
      [256, 512],
      [257, 599],
    ] as const) {
      const claim = await consistencyClaim(from, to)
      expect(verifyConsistency(claim)).toBe(true)
      for (const other of [from - 1, from + 1, to + 1]) {
        expect(verifyConsistency({ ...claim, from: other, fromRoot: roots[other]! })).toBe(false)
      }
      expect(verifyConsistency({ ...claim, to: to + 1, toRoot: roots[to + 1]! })).toBe(false)
      // nor for the same roots at a size with another height
      expect(verifyConsistency({ ...claim, to: to * 2 })).toBe(false)
      expect(verifyConsistency({ ...claim, fromRoot: claim.toRoot, toRoot: claim.fromRoot })).toBe(false)
      for (const proof of bent(claim.proof)) expect(verifyConsistency({ ...claim, proof })).toBe(false)
    }
  })

  test('is refused for a fork: the same sizes, one entry changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: largest }), fc.nat(), async (from, where) => {
        const forked = createNaiveTree(leaves.map((leaf, at) => (at === where % from ? leafHash('changed') : leaf)))
        const claim: ConsistencyClaim = {
          from,
          to: largest,
          fromRoot: roots[from]!,
          toRoot: forked.root(largest),
          proof: await consistencyProof(from, largest, forked.readTile),
        }
        expect(verifyConsistency(claim)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  test('cannot go back', async () => {
    await expect(consistencyProof(8, 7, readTile)).rejects.toThrow(RangeError)
    const claim = await consistencyClaim(7, 8)
    expect(verifyConsistency({ ...claim, from: 8, to: 7, fromRoot: claim.toRoot, toRoot: claim.fromRoot })).toBe(false)
  })
})

describe('the edge of a growing tree', () => {
  test('has the root of the definition after every entry', async () => {
    const edge = await createTreeEdge(0, readTile)
    expect(edge.root()).toEqual(emptyRoot)
    leaves.forEach((leaf, at) => {
      edge.append([leaf])
      expect([edge.size, sameHash(edge.root(), roots[at + 1]!)]).toEqual([at + 1, true])
    })
  })

  test('goes on where another left off, at any size and in any steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(largest), fc.nat(largest), async (start, count) => {
        const edge = await createTreeEdge(start, readTile)
        edge.append(leaves.slice(start, start + count))
        expect(edge.root()).toEqual(roots[Math.min(start + count, largest)])
      }),
      { numRuns: 100 },
    )
  })

  test('hands out each full tile once, as the definition cuts it, with its root', async () => {
    const edge = await createTreeEdge(200, readTile)
    const full = [...edge.append(leaves.slice(200, 300)), ...edge.append(leaves.slice(300))]
    expect(full.map(({ level, number }) => [level, number])).toEqual([
      [0, 0],
      [0, 1],
    ])
    for (const { level, number, hashes, root } of full) {
      expect(hashes).toEqual(await readTile(level, number, tileWidth))
      expect(root).toEqual(naiveRoot((number + 1) * tileWidth, number * tileWidth))
    }
  })

  test('fills tiles of the second level, whose root stands in the third', async () => {
    const many = Array.from({ length: tileWidth ** 2 + 3 }, (_, at) => leaves[at % largest]!)
    const tree = createNaiveTree(many)
    const complete = tree.root(tileWidth ** 2)
    const root = nodeHash(complete, tree.root(many.length, tileWidth ** 2))
    const edge = await createTreeEdge(0, readTile)
    const full = edge.append(many)
    expect(full).toHaveLength(tileWidth + 1)
    expect(full.at(-1)).toMatchObject({ level: 1, number: 0, root: complete })
    expect(edge.root()).toEqual(root)

    const stored = new Map(full.map((tile) => [`${tile.level}/${tile.number}`, tile]))
    const fromStore: typeof readTile = async (level, number, width) => {
      const whole = stored.get(`${level}/${number}`)?.hashes
      if (whole !== undefined) return whole
      const below = level === 0 ? many.slice(number * tileWidth) : [stored.get(`${level - 1}/${number * tileWidth}`)!.root]
      return new Uint8Array(Buffer.concat(below.slice(0, width)))
    }
    expect(await rootOf(many.length, fromStore)).toEqual(root)
    expect((await createTreeEdge(many.length, fromStore)).root()).toEqual(root)
    const claim = { index: 70, size: many.length, leaf: many[70]!, root }
    expect(verifyInclusion({ ...claim, proof: await inclusionProof(70, many.length, fromStore) })).toBe(true)
  })

  test('does not let go of tiles that were handed to it: changing them later changes nothing', async () => {
    const lent = await readTile(0, 0, 100)
    const edge = await createTreeEdge(100, async () => lent)
    lent.fill(0)
    expect(edge.root()).toEqual(roots[100])
  })
})

describe('sizes near the end of what can be counted', () => {
  // Every leaf the same, so that a tree of any size has one hash a level, and 2 ** 53 leaves need no storage.
  const leaf = leafHash('same')
  const levels = [leaf]
  const sameTiles: typeof readTile = async (level, _, width) => {
    while (levels.length <= level) levels.push(createNaiveTree(Array.from({ length: tileWidth }, () => levels.at(-1)!)).root(tileWidth))
    return new Uint8Array(Buffer.concat(Array.from({ length: width }, () => levels[level]!)))
  }

  test('have roots and proofs that hold', async () => {
    for (const size of [2 ** 31, 2 ** 32 + 1, 2 ** 48 - 1, 2 ** 49 - 1, 2 ** 52 + 12_345, Number.MAX_SAFE_INTEGER]) {
      const root = await rootOf(size, sameTiles)
      expect((await createTreeEdge(size, sameTiles)).root()).toEqual(root)
      for (const index of [0, Math.floor(size / 3), size - 1]) {
        expect(verifyInclusion({ index, size, leaf, root, proof: await inclusionProof(index, size, sameTiles) })).toBe(true)
        const proof = await consistencyProof(index + 1, size, sameTiles)
        const fromRoot = await rootOf(index + 1, sameTiles)
        expect(verifyConsistency({ from: index + 1, to: size, fromRoot, toRoot: root, proof })).toBe(true)
      }
    }
  })

  test('tell the width of the last tile of each level', () => {
    expect(widthOfTile(2 ** 53 - 1, 0, 2 ** 45 - 1)).toBe(255)
    expect(widthOfTile(2 ** 53 - 1, 6, 0)).toBe(31)
    expect(widthOfTile(256, 1, 0)).toBe(1)
    expect(widthOfTile(255, 1, 0)).toBe(0)
  })
})
