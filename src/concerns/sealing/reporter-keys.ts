import { keyedHash, type CompartmentKind, type PublicKeys } from '../../vault/index.ts'

/** A compartment as far as the public may know it. */
interface PublicPart {
  readonly kind: CompartmentKind
  readonly keys: { readonly publicKey: Uint8Array }
}

const context = new TextEncoder().encode('forthright reporter keys 1')

/**
 * Ties the reporter's public keys and the first compartments' public keys to the concern's first log entry: whoever swaps a key in the
 * database can no longer match the log, and what stands under it is shown as not genuine. Hex of 32 bytes.
 */
export function reporterKeyDigest(keys: PublicKeys, parts: readonly PublicPart[]): string {
  const listed = parts.map((part) => `${part.kind}:${hex(part.keys.publicKey)}`).sort()
  return hex(keyedHash(context, 'digest', [hex(keys.box), hex(keys.sign), ...listed].join(' ')))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
