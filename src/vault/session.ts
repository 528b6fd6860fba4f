import { Refusal, Secret } from '../kernel/index.ts'
import type { Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { deriveKey, sha256 } from './hashing.ts'
import { unwrapKeys, wrapKeys, type PrivateKeys } from './keys.ts'
import { sodium } from './sodium.ts'

const context = 'session keys'
const noSalt = new Uint8Array(0)

/** What a sign-in leaves behind: `sk` goes into the JWT and nowhere else, the other two into the session row. */
export interface SessionLock {
  readonly sk: Secret<Uint8Array>
  readonly skHash: Bytes
  readonly wrapped: Bytes
}

/** Re-wraps opened keys under 256 fresh bits, so that neither the database alone nor the cookie alone opens anything. */
export function lockForSession(keys: PrivateKeys): SessionLock {
  const sk = new Uint8Array(32)
  sodium.randombytes_buf(sk)
  const wrappingKey = deriveKey(sk, noSalt, 'session wrapping key')
  const wrapped = wrapKeys(wrappingKey, context, keys)
  sodium.sodium_memzero(wrappingKey)
  return { sk: new Secret(sk), skHash: hashSessionKey(sk), wrapped }
}

/** The keys of a session. Throws Refusal `record_not_genuine` where this `sk` does not open the row. */
export function openForSession(wrapped: Uint8Array, sk: Uint8Array): PrivateKeys {
  const wrappingKey = deriveKey(sk, noSalt, 'session wrapping key')
  const keys = unwrapKeys(wrappingKey, context, wrapped)
  sodium.sodium_memzero(wrappingKey)
  if (keys === null) throw new Refusal('record_not_genuine')
  return keys
}

/** What the session row keeps of `sk` to know it again, 32 bytes. */
export function hashSessionKey(sk: Uint8Array): Bytes {
  return sha256(encode('session key', sk))
}
