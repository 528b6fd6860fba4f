import { hash } from 'node:crypto'

/** Bytes of a SHA-256 hash. */
export const hashLength = 32

/** RFC 6962 2.1: the hash of a leaf is SHA-256 over a zero byte and the leaf (a text as UTF-8). */
export function leafHash(leaf: string | Uint8Array): Uint8Array {
  const bytes = typeof leaf === 'string' ? Buffer.from(leaf, 'utf8') : leaf
  const input = new Uint8Array(1 + bytes.length)
  input.set(bytes, 1)
  return sha256(input)
}

/** RFC 6962 2.1: the hash of a node is SHA-256 over a one byte, the left hash and the right hash. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return sha256(input)
}

/** RFC 6962 2.1: the root of a tree without a leaf is SHA-256 over nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0))

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

function sha256(input: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', input, 'buffer'))
}
