import argon2 from 'argon2'
import { Refusal } from '../kernel/index.ts'
import type { AsRead, Bytes } from './bytes.ts'
import { deriveKey } from './hashing.ts'
import { unwrapKeys, wrapKeys, type PrivateKeys } from './keys.ts'
import { lengths, sodium } from './sodium.ts'

/** What one guess costs. Kept with each row, so that it can rise without asking everybody for a new password. */
export interface PasswordCost {
  readonly memoryKiB: number
  readonly passes: number
}

/** The cost in use: 64 MiB, three passes, one lane (`security.md` 2). Less only under test configuration. */
export const passwordCost: PasswordCost = { memoryKiB: 64 * 1024, passes: 3 }

/** What a user's row keeps. The verifier tells a right password from a wrong one; it opens nothing. */
export interface PasswordRecord {
  readonly salt: Bytes
  readonly cost: PasswordCost
  readonly verifier: Bytes
  readonly wrappedKeys: Bytes
}

const saltLength = 16
const context = 'password keys'

/** Seals a person's keys under their password and the pepper that lives outside the database. */
export async function lockWithPassword(
  keys: PrivateKeys,
  password: string,
  pepper: Uint8Array,
  cost: PasswordCost,
): Promise<PasswordRecord> {
  const salt = new Uint8Array(saltLength)
  sodium.randombytes_buf(salt)
  const { verifier, wrappingKey } = await stretch(password, salt, pepper, cost)
  const wrappedKeys = wrapKeys(wrappingKey, context, keys)
  sodium.sodium_memzero(wrappingKey)
  return { salt, cost: { memoryKiB: cost.memoryKiB, passes: cost.passes }, verifier, wrappedKeys }
}

/**
 * The person's keys, or null where the password is wrong. Compare their public halves with the user's row: a record copied from
 * another user opens with that user's password. Throws Refusal `record_not_genuine` where the password is right and the keys
 * are not whole, or where the row asks for a cost that could only be meant to stop the service.
 */
export async function openWithPassword(record: AsRead<PasswordRecord>, password: string, pepper: Uint8Array): Promise<PrivateKeys | null> {
  if (!isPayable(record.cost) || record.salt.length !== saltLength) throw new Refusal('record_not_genuine')
  const { verifier, wrappingKey } = await stretch(password, record.salt, pepper, record.cost)
  if (record.verifier.length !== verifier.length || !sodium.sodium_memcmp(verifier, record.verifier)) return null
  const keys = unwrapKeys(wrappingKey, context, record.wrappedKeys)
  sodium.sodium_memzero(wrappingKey)
  if (keys === null) throw new Refusal('record_not_genuine')
  return keys
}

/** The work of a wrong password, for people who do not exist, so that time does not tell who does. */
export async function wastePasswordWork(password: string, pepper: Uint8Array, cost: PasswordCost): Promise<null> {
  const { verifier, wrappingKey } = await stretch(password, new Uint8Array(saltLength), pepper, cost)
  sodium.sodium_memcmp(verifier, wrappingKey)
  return null
}

/** One Argon2id run of 64 bytes, keyed by the pepper, split by HKDF into two keys that say nothing of each other. */
async function stretch(password: string, salt: Uint8Array, pepper: Uint8Array, cost: PasswordCost) {
  const stretched = await argon2.hash(Buffer.from(normalisePassword(password)), {
    raw: true,
    type: argon2.argon2id,
    hashLength: 64,
    memoryCost: cost.memoryKiB,
    timeCost: cost.passes,
    parallelism: 1,
    salt: Buffer.from(salt),
    secret: Buffer.from(pepper),
  })
  const parts = {
    verifier: deriveKey(stretched, salt, 'password verifier', lengths.key),
    wrappingKey: deriveKey(stretched, salt, 'password wrapping key', lengths.key),
  }
  sodium.sodium_memzero(stretched)
  return parts
}

/** NFKC (NIST SP 800-63B 5.1.1.2), so that a password with an accent opens from every keyboard. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/** From what Argon2 can do at all to sixteen times what we ask for: a row that a writer to the database made is not run. */
function isPayable({ memoryKiB, passes }: PasswordCost): boolean {
  return (
    Number.isInteger(memoryKiB) && memoryKiB >= 8 && memoryKiB <= 1024 * 1024 && Number.isInteger(passes) && passes >= 1 && passes <= 16
  )
}
