import type { Random } from '../kernel/index.ts'
import type { Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import { sodium } from './sodium.ts'

const saltLength = 32

/** A salted hash that can be published, and what opens it later. Destroying the salt makes it say nothing for ever. */
export interface Commitment {
  readonly salt: Bytes
  readonly commitment: Bytes
}

/** Commits to content without showing it: SHA-256 over label, 256-bit salt and content, 32 bytes. */
export function commitTo(random: Random, content: Uint8Array): Commitment {
  const salt = new Uint8Array(random.bytes(saltLength))
  return { salt, commitment: digestOf(salt, content) }
}

/** Whether this salt and content are what was committed to. */
export function commitmentHolds(salt: Uint8Array, content: Uint8Array, commitment: Uint8Array): boolean {
  const digest = digestOf(salt, content)
  return commitment.length === digest.length && sodium.sodium_memcmp(digest, commitment)
}

function digestOf(salt: Uint8Array, content: Uint8Array): Bytes {
  return sha256(encode('commitment', salt, content))
}
