import { Secret } from '../kernel/index.ts'
import { openUnder, sealUnder } from './box.ts'
import { join, type AsRead, type Bytes } from './bytes.ts'
import { symbolsOf } from './crockford.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import { lengths, sodium } from './sodium.ts'

/** What everybody may know of a person: where to seal to (X25519) and whose signature to check (Ed25519), 32 bytes each. */
export interface PublicKeys {
  readonly box: Bytes
  readonly sign: Bytes
}

/** What only the person opens: `box` has 32 bytes, `sign` the 64 of libsodium (seed, then public half). */
export interface PrivateKeys {
  readonly box: Secret<Uint8Array>
  readonly sign: Secret<Uint8Array>
  readonly publicKeys: PublicKeys
}

/** A fresh pair of pairs, from libsodium's own chance. */
export function createKeys(): PrivateKeys {
  const publicKeys = { box: new Uint8Array(lengths.key), sign: new Uint8Array(lengths.key) }
  const box = new Uint8Array(lengths.key)
  const sign = new Uint8Array(lengths.signKey)
  sodium.crypto_box_keypair(publicKeys.box, box)
  sodium.crypto_sign_keypair(publicKeys.sign, sign)
  return { box: new Secret(box), sign: new Secret(sign), publicKeys }
}

/** Both public keys as 120 bits a person can read out and compare: six groups of four symbols, 'K7Q2-…'. */
export function fingerprint(keys: AsRead<PublicKeys>): string {
  const symbols = symbolsOf(sha256(encode('fingerprint', keys.box, keys.sign)).subarray(0, 15))
  return (symbols.match(/.{4}/g) ?? []).join('-')
}

/** Private keys sealed under a wrapping key, for a row. The public halves lie inside too: compare them with the row's. */
export function wrapKeys(wrappingKey: Uint8Array, context: string, keys: PrivateKeys): Bytes {
  const bundle = join(keys.box.reveal(), keys.publicKeys.box, keys.sign.reveal())
  const wrapped = sealUnder(wrappingKey, context, bundle)
  sodium.sodium_memzero(bundle)
  return wrapped
}

/** The private keys again, or null where wrapping key or context is another or the record is not whole. */
export function unwrapKeys(wrappingKey: Uint8Array, context: string, wrapped: Uint8Array): PrivateKeys | null {
  const bundle = openUnder(wrappingKey, context, wrapped)
  if (bundle?.length !== 2 * lengths.key + lengths.signKey) return null
  const keys = {
    box: new Secret(bundle.slice(0, 32)),
    sign: new Secret(bundle.slice(64)),
    publicKeys: { box: bundle.slice(32, 64), sign: bundle.slice(96) },
  }
  sodium.sodium_memzero(bundle)
  return keys
}
