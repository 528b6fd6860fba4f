import { bodyOf, underSuite, type Bytes } from './bytes.ts'
import { decrypt, encrypt } from './cipher.ts'
import { encode } from './encoding.ts'
import { pad, unpad } from './padding.ts'
import { lengths, sodium } from './sodium.ts'

const plain = 0
const padded = 1

/**
 * Seals content under a key of 32 bytes that has no other use (`deriveKey` makes one from a server or cookie secret). It opens
 * only with the same context, so name there whose row it is: 'totp seed|<user id>'. `padded` hides the length, for anything whose
 * length tells something (a draft, an answer). Throws RangeError on a key of another length.
 */
export function sealUnder(key: Uint8Array, context: string, content: Uint8Array, options: { readonly padded?: boolean } = {}): Bytes {
  checkKey(key)
  if (options.padded !== true) return underSuite(Uint8Array.of(plain), encrypt(key, bindingOf(plain, context), content))
  const room = pad(content)
  const record = underSuite(Uint8Array.of(padded), encrypt(key, bindingOf(padded, context), room))
  sodium.sodium_memzero(room)
  return record
}

/** The content, or null where key or context is another or the record is not whole. Throws RangeError on a key of another length. */
export function openUnder(key: Uint8Array, context: string, sealed: Uint8Array): Bytes | null {
  checkKey(key)
  const body = bodyOf(sealed, 1)
  const form = body?.[0]
  if (body === null || (form !== plain && form !== padded)) return null
  const content = decrypt(key, bindingOf(form, context), body.subarray(1))
  return content !== null && form === padded ? unpad(content) : content
}

function bindingOf(form: number, context: string): Bytes {
  return encode('box', form, context)
}

function checkKey(key: Uint8Array): void {
  if (key.length !== lengths.key) throw new RangeError('a sealing key has 32 bytes')
}
