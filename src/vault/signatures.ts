import { bodyOf, underSuite, type Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import type { PrivateKeys } from './keys.ts'
import { lengths, sodium } from './sodium.ts'

/** A person's Ed25519 signature, 65 bytes with its suite byte. The message is always made by `encode`, so no two uses share one. */
export function sign(keys: PrivateKeys, message: Uint8Array): Bytes {
  const signature = new Uint8Array(lengths.signature)
  sodium.crypto_sign_detached(signature, message, keys.sign.reveal())
  return underSuite(signature)
}

/** Whether the holder of this key signed this message. Never throws, whatever a row holds. */
export function isSignedBy(signKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const body = bodyOf(signature, lengths.signature)
  if (body?.length !== lengths.signature || signKey.length !== lengths.key) return false
  const name = Buffer.from(sha256(encode('checked signature', signKey, message, body))).toString('base64')
  if (foundGood.has(name)) return true
  const good = sodium.crypto_sign_verify_detached(body, message, signKey)
  if (good) remember(name)
  return good
}

/**
 * Signatures that were found good, by a hash over key, message and signature: every look at a list checks the same headers again, and checking is
 * the dearest part of it. Holds no secret; what is in it can only be true, so nothing has to be forgotten but for room.
 */
const foundGood = new Set<string>()
const mostRemembered = 10_000

function remember(name: string): void {
  const [oldest] = foundGood
  if (foundGood.size >= mostRemembered && oldest !== undefined) foundGood.delete(oldest)
  foundGood.add(name)
}
