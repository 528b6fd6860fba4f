import { Secret } from '../kernel/index.ts'
import { encode } from './encoding.ts'
import { deriveKey, sha256 } from './hashing.ts'
import type { PrivateKeys, PublicKeys } from './keys.ts'
import { lengths, sodium } from './sodium.ts'
import type { AsRead, Bytes } from './bytes.ts'

const noSalt = new Uint8Array(0)
const markLength = 7

/**
 * The organisation's recovery keys, both pairs from one seed of 32 random bytes, so that one secret is split: X25519 opens its grants,
 * Ed25519 signs a list of recipients when no guardian is left who could.
 */
export function recoveryKeysOf(seed: Uint8Array): PrivateKeys {
  const box = deriveKey(seed, noSalt, 'recovery box key', lengths.key)
  const signSeed = deriveKey(seed, noSalt, 'recovery sign key', lengths.key)
  const publicKeys = { box: new Uint8Array(lengths.key), sign: new Uint8Array(lengths.key) }
  const sign = new Uint8Array(lengths.signKey)
  sodium.crypto_scalarmult_base(publicKeys.box, box)
  sodium.crypto_sign_seed_keypair(publicKeys.sign, sign, signSeed)
  sodium.sodium_memzero(signSeed)
  return { box: new Secret(box), sign: new Secret(sign), publicKeys }
}

/** What tells the shares of one ceremony from those of another, 7 bytes; known to whoever knows the public halves. */
export function ceremonyMark(keys: AsRead<PublicKeys>): Bytes {
  return sha256(encode('recovery ceremony', keys.box, keys.sign)).slice(0, markLength)
}

/** Overwrites private keys that nobody needs any more. What the runtime copied meanwhile is out of reach. */
export function wipeKeys(keys: PrivateKeys): void {
  for (const secret of [keys.box.reveal(), keys.sign.reveal()]) sodium.sodium_memzero(secret)
}
