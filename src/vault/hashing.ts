import { createHmac, hash, hkdfSync } from 'node:crypto'
import type { Bytes } from './bytes.ts'
import { encode } from './encoding.ts'

export function sha256(bytes: Uint8Array): Bytes {
  return new Uint8Array(hash('sha256', bytes, 'buffer'))
}

/**
 * A key of `length` bytes for one purpose, by HKDF-SHA256 (RFC 5869). `secret` must already be hard to guess; a password is not.
 */
export function deriveKey(secret: Uint8Array, salt: Uint8Array, purpose: string, length = 32): Bytes {
  return new Uint8Array(hkdfSync('sha256', secret, salt, encode('key', purpose), length))
}

/**
 * HMAC-SHA256 of a value under a server key, 32 bytes. Two purposes never give the same hash for the same value.
 * Text is hashed as UTF-8, in which broken surrogates all become U+FFFD.
 */
export function keyedHash(key: Uint8Array, purpose: string, value: Uint8Array | string): Bytes {
  return new Uint8Array(
    createHmac('sha256', key)
      .update(encode('hash', purpose, value))
      .digest(),
  )
}
