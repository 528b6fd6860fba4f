import { Refusal, systemRandom, type Random } from '../kernel/index.ts'
import { bodyOf, underSuite, type Bytes } from './bytes.ts'
import { deriveKey, keyedHash } from './hashing.ts'
import { unwrapKeys, wrapKeys, type PrivateKeys } from './keys.ts'
import { sodium } from './sodium.ts'
import type { ReporterToken } from './token.ts'

const saltLength = 16
const context = 'reporter keys'

/**
 * The reporter's keys sealed under their token and the pepper that lives outside the database. HKDF, not a slow hash: the token
 * has 130 random bits, so slowness would add nothing but a way to flood us (`security.md` 2).
 */
export function wrapForToken(keys: PrivateKeys, token: ReporterToken, pepper: Uint8Array, random: Random = systemRandom): Bytes {
  const salt = random.bytes(saltLength)
  const wrappingKey = wrappingKeyOf(token, salt, pepper)
  const wrapped = underSuite(salt, wrapKeys(wrappingKey, context, keys))
  sodium.sodium_memzero(wrappingKey)
  return wrapped
}

/** The reporter's keys again. Throws Refusal `record_not_genuine` where token, pepper or record is another. */
export function openWithToken(wrapped: Uint8Array, token: ReporterToken, pepper: Uint8Array): PrivateKeys {
  const body = bodyOf(wrapped, saltLength)
  if (body === null) throw new Refusal('record_not_genuine')
  const wrappingKey = wrappingKeyOf(token, body.subarray(0, saltLength), pepper)
  const keys = unwrapKeys(wrappingKey, context, body.subarray(saltLength))
  sodium.sodium_memzero(wrappingKey)
  if (keys === null) throw new Refusal('record_not_genuine')
  return keys
}

function wrappingKeyOf(token: ReporterToken, salt: Uint8Array, pepper: Uint8Array): Bytes {
  return deriveKey(keyedHash(pepper, 'reporter token', token), salt, 'reporter wrapping key')
}
