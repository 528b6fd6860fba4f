import { systemRandom, type Random } from '../kernel/index.ts'
import { bodyOf, underSuite, type Bytes } from './bytes.ts'
import { deriveKey, keyedHash } from './hashing.ts'
import { unwrapKeys, wrapKeys, type PrivateKeys } from './keys.ts'
import { sodium } from './sodium.ts'
import { readToken } from './token-reading.ts'
import { newToken, tokenGroups, type ReporterToken } from './token.ts'

declare const brand: unique symbol
/**
 * A member of staff's way back in when the password is lost: 28 symbols as a reporter's token has them (130 random bits, two check symbols), so
 * that a slip of the pen is named in the same words. It opens no concern and names nobody.
 */
export type RecoveryCode = string & { readonly [brand]: 'RecoveryCode' }

/** A code, or the groups (1 to 7, likeliest first) that look mistyped. */
export type RecoveryCodeReading =
  { readonly ok: true; readonly code: RecoveryCode } | { readonly ok: false; readonly groups: readonly number[] }

const saltLength = 16

export function newRecoveryCode(random: Random): RecoveryCode {
  return newToken(random) as string as RecoveryCode
}

/** Reads a code as people copy it: any case, spaces, hyphens, numbered groups. Never asks the database. */
export function readRecoveryCode(typed: string): RecoveryCodeReading {
  const reading = readToken(typed)
  return reading.ok ? { ok: true, code: reading.token as string as RecoveryCode } : { ok: false, groups: reading.groups }
}

/** The seven groups of four that a person prints or copies. */
export function recoveryCodeGroups(code: RecoveryCode): string[] {
  return tokenGroups(code as string as ReporterToken)
}

/**
 * A person's keys sealed under their recovery code and the pepper that lives outside the database. HKDF, not a slow hash: the code has 130 random
 * bits. Bound to the person: a wrap copied to another row opens nothing.
 */
export function wrapForRecoveryCode(
  keys: PrivateKeys,
  code: RecoveryCode,
  personId: string,
  pepper: Uint8Array,
  random: Random = systemRandom,
): Bytes {
  const salt = random.bytes(saltLength)
  const wrappingKey = wrappingKeyOf(code, salt, pepper)
  const wrapped = underSuite(salt, wrapKeys(wrappingKey, contextOf(personId), keys))
  sodium.sodium_memzero(wrappingKey)
  return wrapped
}

/** The person's keys again, or null where code, person, pepper or record is another. Compare their public halves with the person's. */
export function openWithRecoveryCode(wrapped: Uint8Array, code: RecoveryCode, personId: string, pepper: Uint8Array): PrivateKeys | null {
  const body = bodyOf(wrapped, saltLength)
  if (body === null) return null
  const wrappingKey = wrappingKeyOf(code, body.subarray(0, saltLength), pepper)
  const keys = unwrapKeys(wrappingKey, contextOf(personId), body.subarray(saltLength))
  sodium.sodium_memzero(wrappingKey)
  return keys
}

const contextOf = (personId: string) => `recovery code keys|${personId}`

function wrappingKeyOf(code: RecoveryCode, salt: Uint8Array, pepper: Uint8Array): Bytes {
  return deriveKey(keyedHash(pepper, 'recovery code', code), salt, 'recovery code wrapping key')
}
