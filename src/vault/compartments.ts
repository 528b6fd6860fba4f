import { Refusal, Secret } from '../kernel/index.ts'
import { join, type Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import { openSealed, sealToPublicKey } from './sealed-box.ts'
import { lengths, sodium } from './sodium.ts'

export type CompartmentKind = 'shared' | 'internal' | 'investigation' | 'identity' | 'decision'

/** The key pair (X25519) of one part of a concern, in one epoch. Whoever holds a grant holds the private half. */
export interface CompartmentKeys {
  readonly publicKey: Bytes
  readonly privateKey: Secret<Uint8Array>
}

/** What a grant is for, as its row says it. `holder` is a user id, 'reporter', 'recovery', or the key of a later epoch. */
export interface GrantBinding {
  readonly concernId: string
  readonly compartmentId: string
  readonly kind: CompartmentKind
  readonly epoch: number
  readonly holder: string
}

export function createCompartmentKeys(): CompartmentKeys {
  const publicKey = new Uint8Array(lengths.key)
  const privateKey = new Uint8Array(lengths.key)
  sodium.crypto_box_keypair(publicKey, privateKey)
  return { publicKey, privateKey: new Secret(privateKey) }
}

/**
 * The compartment's private key for one holder: a sealed box of 113 bytes of private key and digest of the binding, so that a
 * row cannot be moved to another holder, concern, compartment or epoch. It does not say who granted: compare the public key
 * that `openGrant` gives with one a known person has signed.
 */
export function sealGrant(binding: GrantBinding, compartment: CompartmentKeys, holderBoxKey: Uint8Array): Bytes {
  const plain = join(compartment.privateKey.reveal(), digestOf(binding))
  const sealed = sealToPublicKey(holderBoxKey, plain)
  sodium.sodium_memzero(plain)
  return sealed
}

/** The key pair a grant was sealed for: a person's, or a compartment's own of a later epoch. */
export interface GrantOpener {
  readonly box: Secret<Uint8Array>
  readonly publicKeys: { readonly box: Uint8Array }
}

/**
 * The compartment's keys, the public half reckoned from the private one. Throws Refusal `record_not_genuine` where the grant was
 * sealed for another holder or another binding, or is not whole.
 */
export function openGrant(binding: GrantBinding, sealed: Uint8Array, holder: GrantOpener): CompartmentKeys {
  const plain = openSealed(sealed, holder.publicKeys.box, holder.box.reveal())
  if (plain?.length !== 2 * lengths.key) throw new Refusal('record_not_genuine')
  const privateKey = plain.slice(0, lengths.key)
  const bound = sodium.sodium_memcmp(plain.subarray(lengths.key), digestOf(binding))
  sodium.sodium_memzero(plain)
  if (!bound) throw new Refusal('record_not_genuine')
  const publicKey = new Uint8Array(lengths.key)
  sodium.crypto_scalarmult_base(publicKey, privateKey)
  return { publicKey, privateKey: new Secret(privateKey) }
}

function digestOf({ concernId, compartmentId, kind, epoch, holder }: GrantBinding): Bytes {
  return sha256(encode('grant', concernId, compartmentId, kind, epoch, holder))
}
