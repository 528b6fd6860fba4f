import { Secret } from '../kernel/index.ts'
import { join, utf8, type Bytes } from './bytes.ts'
import type { CompartmentKeys } from './compartments.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import { openSealed, sealToPublicKey } from './sealed-box.ts'
import { lengths, sodium } from './sodium.ts'

/** The key pair of a private key that lies in a file: the background process's duty key (`security.md` 2). Throws RangeError but for 32 bytes. */
export function dutyKeysOf(privateKey: Uint8Array): CompartmentKeys {
  if (privateKey.length !== lengths.key) throw new RangeError('a duty key has 32 bytes')
  const publicKey = new Uint8Array(lengths.key)
  sodium.crypto_scalarmult_base(publicKey, privateKey)
  return { publicKey, privateKey: new Secret(privateKey) }
}

/**
 * Seals for the duty key what the clock may act on without anybody's session, bound to its concern and filled up to `size` bytes: the length says
 * nothing. What lies inside for a person is sealed to that person already. Throws RangeError where the text is longer than that.
 */
export function sealForDuty(publicKey: Uint8Array, concernId: string, text: string, size: number): Bytes {
  const content = utf8(text)
  if (content.length > size) throw new RangeError('more than there is room for')
  const filled = new Uint8Array(size).fill(0x20)
  filled.set(content)
  return sealToPublicKey(publicKey, join(sha256(encode('duty', concernId)), filled))
}

/** The text with its filling of blanks, or null where it was sealed for another key or concern, or is not whole. */
export function openForDuty(keys: CompartmentKeys, concernId: string, sealed: Uint8Array): string | null {
  const plain = openSealed(sealed, keys.publicKey, keys.privateKey.reveal())
  const bound = sha256(encode('duty', concernId))
  if (plain === null || plain.length < bound.length || !sodium.sodium_memcmp(plain.subarray(0, bound.length), bound)) return null
  return Buffer.from(plain.subarray(bound.length)).toString('utf8')
}
