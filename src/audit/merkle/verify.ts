import { emptyRoot, hashLength, nodeHash, sameHash } from './hash.ts'

/** What a proof of inclusion claims. */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** What a proof of consistency claims. */
export interface ConsistencyClaim {
  readonly from: number
  readonly to: number
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** No tree that can be counted here is higher; a longer proof is refused unread. */
const longestProof = 63

/** Whether the leaf's hash stands at `index` in the tree (RFC 9162 2.1.3.2). Anything malformed is false; nothing throws. */
export function verifyInclusion({ index, size, leaf, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes(leaf, root) || !areProof(proof)) return false
  const climb = createClimb(index, size - 1)
  let hash = leaf
  for (const sibling of proof) {
    const side = climb.step()
    if (side === null) return false
    hash = side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }
  return climb.atTop() && sameHash(hash, root)
}

/** Whether the earlier tree is the beginning of the later one (RFC 9162 2.1.4.2). Anything malformed is false; nothing throws. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim
  if (!isCount(from) || !isCount(to) || from > to || !areHashes(fromRoot, toRoot) || !areProof(proof)) return false
  if (from === to) return proof.length === 0 && sameHash(fromRoot, toRoot)
  if (from === 0) return proof.length === 0 && sameHash(fromRoot, emptyRoot)
  return bothRootsFollow(claim)
}

function bothRootsFollow({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim): boolean {
  let [index, last] = [from - 1, to - 1]
  while (index % 2 === 1) [index, last] = [half(index), half(last)]
  // an earlier tree that is one complete subtree is where the way up begins, and its root is left out of the proof
  const [first, ...rest] = index === 0 ? [fromRoot, ...proof] : proof
  if (first === undefined) return false

  const climb = createClimb(index, last)
  let [earlier, later] = [first, first]
  for (const hash of rest) {
    const side = climb.step()
    if (side === null) return false
    if (side === 'left') earlier = nodeHash(hash, earlier)
    later = side === 'left' ? nodeHash(hash, later) : nodeHash(later, hash)
  }
  return climb.atTop() && sameHash(earlier, fromRoot) && sameHash(later, toRoot)
}

/** The way from a node up to the root: on which side each next sibling stands, null where there is none left. */
interface Climb {
  step(): 'left' | 'right' | null
  atTop(): boolean
}

function createClimb(leaf: number, lastLeaf: number): Climb {
  let [index, last] = [leaf, lastLeaf]
  const rise = (): void => {
    index = half(index)
    last = half(last)
  }
  return {
    step: () => {
      if (last === 0) return null
      const side = index % 2 === 1 || index === last ? 'left' : 'right'
      // the last node of a row without a partner rises as it is until it has one
      if (side === 'left') while (index % 2 === 0 && index !== 0) rise()
      rise()
      return side
    },
    atTop: () => last === 0,
  }
}

/** Not a shift: sizes go up to 2 ** 53. */
const half = (value: number): number => Math.floor(value / 2)

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const areHashes = (...hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === hashLength)

const areProof = (proof: readonly Uint8Array[]): boolean => proof.length <= longestProof && areHashes(...proof)
