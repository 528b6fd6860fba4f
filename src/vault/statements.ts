import type { Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import type { PrivateKeys } from './keys.ts'
import { isSignedBy, sign } from './signatures.ts'

/**
 * A person's signature over bytes, for one kind of statement: 'recipient set', 'approval'. A signature for one context never
 * holds for another, nor for an item. 65 bytes: suite byte, then Ed25519 over `encode('statement', context, bytes)`.
 */
export function signStatement(keys: PrivateKeys, context: string, bytes: Uint8Array): Bytes {
  return sign(keys, encode('statement', context, bytes))
}

/** Whether the holder of this signing key made exactly this statement. Never throws, whatever a row holds. */
export function verifyStatement(signKey: Uint8Array, context: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  return isSignedBy(signKey, encode('statement', context, bytes), signature)
}
