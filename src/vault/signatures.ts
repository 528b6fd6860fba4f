import { bodyOf, underSuite, type Bytes } from './bytes.ts'
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
  return sodium.crypto_sign_verify_detached(body, message, signKey)
}
