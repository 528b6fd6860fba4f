import native from 'sodium-native'

/**
 * The part of libsodium that the vault uses, and nothing else in the product. The published types ask for Buffer where the
 * addon takes any view of bytes, hence the interface. All lengths are checked by the addon, which throws on a wrong one;
 * callers check the lengths of whatever came from a row before they get here.
 */
interface Sodium {
  randombytes_buf(into: Uint8Array): void
  sodium_memzero(bytes: Uint8Array): void
  sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean
  sodium_is_zero(bytes: Uint8Array): boolean
  crypto_box_keypair(publicKey: Uint8Array, privateKey: Uint8Array): void
  crypto_scalarmult_base(publicKey: Uint8Array, privateKey: Uint8Array): void
  crypto_box_seal(sealed: Uint8Array, content: Uint8Array, publicKey: Uint8Array): void
  crypto_box_seal_open(content: Uint8Array, sealed: Uint8Array, publicKey: Uint8Array, privateKey: Uint8Array): boolean
  crypto_sign_keypair(publicKey: Uint8Array, privateKey: Uint8Array): void
  crypto_sign_seed_keypair(publicKey: Uint8Array, privateKey: Uint8Array, seed: Uint8Array): void
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, privateKey: Uint8Array): void
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
  crypto_aead_xchacha20poly1305_ietf_encrypt(
    sealed: Uint8Array,
    content: Uint8Array,
    associated: Uint8Array,
    unused: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): number
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    content: Uint8Array,
    unused: null,
    sealed: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): number
  crypto_secretstream_xchacha20poly1305_init_push(state: Uint8Array, header: Uint8Array, key: Uint8Array): void
  crypto_secretstream_xchacha20poly1305_push(
    state: Uint8Array,
    sealed: Uint8Array,
    content: Uint8Array,
    associated: Uint8Array,
    tag: number,
  ): number
  crypto_secretstream_xchacha20poly1305_init_pull(state: Uint8Array, header: Uint8Array, key: Uint8Array): void
  crypto_secretstream_xchacha20poly1305_pull(
    state: Uint8Array,
    content: Uint8Array,
    tag: Uint8Array,
    sealed: Uint8Array,
    associated: Uint8Array,
  ): number
}

export const sodium: Sodium = native as unknown as Sodium

/** Lengths in bytes, fixed by the algorithms of suite 1. */
export const lengths = { key: 32, signKey: 64, signature: 64, boxOverhead: 48, nonce: 24, tag: 16 } as const

/** The same for libsodium's secretstream, and two of its tags: more follows, and this was the last. */
export const stream = { state: 52, header: 24, overhead: 17, message: 0, final: 3 } as const
