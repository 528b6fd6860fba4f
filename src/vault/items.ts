import { bodyOf, underSuite, utf8, type AsRead, type Bytes } from './bytes.ts'
import { decrypt, encrypt } from './cipher.ts'
import type { CompartmentKeys } from './compartments.ts'
import { encode } from './encoding.ts'
import { deriveKey, sha256 } from './hashing.ts'
import type { PrivateKeys } from './keys.ts'
import { pad, unpad } from './padding.ts'
import { openSealed, sealToPublicKey } from './sealed-box.ts'
import { isSignedBy, sign } from './signatures.ts'
import { lengths, sodium } from './sodium.ts'

/** Where an item belongs and who wrote it, as its row says it. `epoch` is that of its writing and stays when a key is re-sealed. */
export interface ItemBinding {
  readonly concernId: string
  readonly itemId: string
  readonly kind: string
  readonly compartmentId: string
  readonly epoch: number
  readonly version: number
  readonly author: string
}

/** The three columns of a sealed item: the item's key in a box for the compartment, the padded ciphertext, the author's signature. */
export interface SealedItem {
  readonly itemKey: Bytes
  readonly ciphertext: Bytes
  readonly signature: Bytes
}

export type Opened<Content = Bytes> = { readonly genuine: true; readonly content: Content } | { readonly genuine: false }

const notGenuine = { genuine: false } as const
const noSalt = new Uint8Array(0)
const strictly = new TextDecoder('utf-8', { fatal: true })

/**
 * Seals an item for a compartment and signs it. The ciphertext begins with a commitment to the item key, and the signature
 * covers binding and ciphertext, not the box: so no other key can be put under it, yet a later epoch can put the same key into a
 * new box without the author, who may be a reporter we cannot ask (`security.md` 2, "re-seal item keys").
 */
export function sealItem(binding: ItemBinding, content: Uint8Array, compartmentPublicKey: Uint8Array, author: PrivateKeys): SealedItem {
  const bound = bindingOf(binding)
  const itemKey = new Uint8Array(lengths.key)
  sodium.randombytes_buf(itemKey)
  const { cipherKey, commitment } = partsOf(itemKey)
  const padded = pad(content)
  const ciphertext = underSuite(commitment, encrypt(cipherKey, bound, padded))
  const sealed = {
    itemKey: sealToPublicKey(compartmentPublicKey, itemKey),
    ciphertext,
    signature: sign(author, messageOf(bound, ciphertext)),
  }
  for (const secret of [itemKey, cipherKey, padded]) sodium.sodium_memzero(secret)
  return sealed
}

/**
 * The content of an item, if its author wrote exactly this, here. The signature is checked before anything is opened. Never
 * throws, whatever the row holds: what is not genuine is shown as that, and the rest of the concern stays readable.
 */
export function openItem(
  binding: ItemBinding,
  sealed: AsRead<SealedItem>,
  compartment: CompartmentKeys,
  authorSignKey: Uint8Array,
): Opened {
  const bound = bindingOf(binding)
  if (!isSignedBy(authorSignKey, messageOf(bound, sealed.ciphertext), sealed.signature)) return notGenuine
  const body = bodyOf(sealed.ciphertext, lengths.key)
  const itemKey = openSealed(sealed.itemKey, compartment.publicKey, compartment.privateKey.reveal())
  if (body === null || itemKey === null) return notGenuine
  const { cipherKey, commitment } = partsOf(itemKey)
  const rightKey = sodium.sodium_memcmp(commitment, body.subarray(0, lengths.key))
  const padded = rightKey ? decrypt(cipherKey, bound, body.subarray(lengths.key)) : null
  const content = padded && unpad(padded)
  for (const secret of [itemKey, cipherKey, padded]) if (secret) sodium.sodium_memzero(secret)
  return content ? { genuine: true, content } : notGenuine
}

/** `sealItem` for plain data. Throws TypeError where the value has no JSON. */
export function sealJson(binding: ItemBinding, value: unknown, compartmentPublicKey: Uint8Array, author: PrivateKeys): SealedItem {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError('only plain data can be sealed')
  return sealItem(binding, utf8(text), compartmentPublicKey, author)
}

/** `openItem` for plain data: parse `content` before trusting its shape. Signed bytes that are no JSON are not genuine. */
export function openJson(
  binding: ItemBinding,
  sealed: AsRead<SealedItem>,
  compartment: CompartmentKeys,
  authorSignKey: Uint8Array,
): Opened<unknown> {
  const opened = openItem(binding, sealed, compartment, authorSignKey)
  if (!opened.genuine) return opened
  try {
    const content: unknown = JSON.parse(strictly.decode(opened.content))
    return { genuine: true, content }
  } catch {
    return notGenuine
  }
}

function bindingOf({ concernId, itemId, kind, compartmentId, epoch, version, author }: ItemBinding): Bytes {
  return encode('item', concernId, itemId, kind, compartmentId, epoch, version, author)
}

function messageOf(bound: Uint8Array, ciphertext: Uint8Array): Bytes {
  return encode('item signature', bound, sha256(ciphertext))
}

/** Two independent halves of one item key: XChaCha20-Poly1305 alone would let one ciphertext open under two keys. */
function partsOf(itemKey: Uint8Array): { cipherKey: Bytes; commitment: Bytes } {
  const both = deriveKey(itemKey, noSalt, 'item', 2 * lengths.key)
  return { cipherKey: both.slice(0, lengths.key), commitment: both.slice(lengths.key) }
}
