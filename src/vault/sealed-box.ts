import { bodyOf, suite, type Bytes } from './bytes.ts'
import { lengths, sodium } from './sodium.ts'

/**
 * Seals for whoever holds the private half of an X25519 key (libsodium's sealed box). Says nothing about who sealed it:
 * anybody with the public key can. Throws RangeError where the key has not 32 bytes.
 */
export function sealToPublicKey(publicKey: Uint8Array, content: Uint8Array): Bytes {
  if (publicKey.length !== lengths.key) throw new RangeError('a public key has 32 bytes')
  const record = new Uint8Array(1 + content.length + lengths.boxOverhead)
  record[0] = suite
  sodium.crypto_box_seal(record.subarray(1), content, publicKey)
  return record
}

/** The content of a sealed box, or null where it was sealed for another key or is not whole. */
export function openSealed(sealed: Uint8Array, publicKey: Uint8Array, privateKey: Uint8Array): Bytes | null {
  const box = bodyOf(sealed, lengths.boxOverhead)
  if (box === null) return null
  const content = new Uint8Array(box.length - lengths.boxOverhead)
  return sodium.crypto_box_seal_open(content, box, publicKey, privateKey) ? content : null
}
