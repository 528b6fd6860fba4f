import { join, type Bytes } from './bytes.ts'
import { lengths, sodium } from './sodium.ts'

/** XChaCha20-Poly1305 (IETF) under a fresh random nonce, which stands before the ciphertext. `key` has 32 bytes. */
export function encrypt(key: Uint8Array, associated: Uint8Array, content: Uint8Array): Bytes {
  const nonce = new Uint8Array(lengths.nonce)
  sodium.randombytes_buf(nonce)
  const ciphertext = new Uint8Array(content.length + lengths.tag)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(ciphertext, content, associated, null, nonce, key)
  return join(nonce, ciphertext)
}

/** The content, or null where key, associated data or any bit of the ciphertext is another. */
export function decrypt(key: Uint8Array, associated: Uint8Array, sealed: Uint8Array): Bytes | null {
  if (sealed.length < lengths.nonce + lengths.tag) return null
  const ciphertext = sealed.subarray(lengths.nonce)
  const content = new Uint8Array(ciphertext.length - lengths.tag)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(content, null, ciphertext, associated, sealed.subarray(0, lengths.nonce), key)
  } catch {
    return null // libsodium says no by failing, and says nothing more
  }
  return content
}
