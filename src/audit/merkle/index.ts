/**
 * The Merkle tree of RFC 6962 over tiles of 256 hashes (C2SP tlog-tiles): roots, proofs and their verification, and the edge that a
 * growing tree needs. Pure: hashes in, hashes out. Sizes and indices are safe integers; every hash has 32 bytes.
 */
export { createTreeEdge, type FullTile, type TreeEdge } from './edge.ts'
export { emptyRoot, hashLength, leafHash, nodeHash, sameHash } from './hash.ts'
export { consistencyProof, inclusionProof, rootOf } from './proofs.ts'
export { tileWidth, widthOfTile, type ReadTile } from './tiles.ts'
export { verifyConsistency, verifyInclusion, type ConsistencyClaim, type InclusionClaim } from './verify.ts'
