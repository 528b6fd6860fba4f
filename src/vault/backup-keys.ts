import { Secret } from '../kernel/index.ts'
import { join, suite, type Bytes } from './bytes.ts'
import { symbolsOf } from './crockford.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import { contentOf, readGroups, shareBytes, shareGroups, wipe, writeGroups } from './share-groups.ts'
import { lengths, sodium } from './sodium.ts'

/** An X25519 pair for backups. The service gets the public half; the private one lies on paper or a stick, away from it. */
export interface BackupKeys {
  readonly publicKey: Bytes
  readonly privateKey: Secret<Uint8Array>
}

/** What a typed or copied private half turned out to be. `groups`: the mistyped ones, from 1; none where it cannot be told which. */
export type BackupKeyReading = { readonly ok: true; readonly keys: BackupKeys } | { readonly ok: false; readonly groups: readonly number[] }

const publicPrefix = 'forthright-backup-1:'
/** Tells a private half from a share of the recovery key, which is written in the same groups. */
const mark = 0xb1
const nameLength = 10

/** A fresh pair, from libsodium's own chance. */
export function createBackupKeys(): BackupKeys {
  const publicKey = new Uint8Array(lengths.key)
  const privateKey = new Uint8Array(lengths.key)
  sodium.crypto_box_keypair(publicKey, privateKey)
  return { publicKey, privateKey: new Secret(privateKey) }
}

/** What a pair is called by, 10 bytes: stands in clear before each backup made for it, so that another key is not taken for damage. */
export function backupKeyId(publicKey: Uint8Array): Bytes {
  return sha256(encode('backup key', publicKey)).slice(0, nameLength)
}

/** The same for people to compare: four groups of four symbols. */
export function backupKeyName(publicKey: Uint8Array): string {
  return (symbolsOf(backupKeyId(publicKey)).match(/.{4}/g) ?? []).join('-')
}

/** The public half in one word, with its own check. */
export function writeBackupPublicKey(publicKey: Uint8Array): string {
  return publicPrefix + Buffer.from(join(publicKey, backupKeyId(publicKey).subarray(0, 4))).toString('base64url')
}

/** The public half, or null where the word is not whole. */
export function readBackupPublicKey(text: string): Bytes | null {
  const word = text.trim()
  if (!word.startsWith(publicPrefix)) return null
  const bytes = new Uint8Array(Buffer.from(word.slice(publicPrefix.length), 'base64url'))
  const publicKey = bytes.slice(0, lengths.key)
  return publicKey.length === lengths.key && writeBackupPublicKey(publicKey) === word ? publicKey : null
}

/** The private half as it stands on paper: six rows of four groups, each group with a check of its own. */
export function writeBackupPrivateKey({ publicKey, privateKey }: BackupKeys): string[][] {
  const content = join(Uint8Array.of(suite, mark), privateKey.reveal(), backupKeyId(publicKey), new Uint8Array(1))
  const rows = writeGroups(content)
  wipe(content)
  return rows
}

/** Reads six rows as people type or copy them; the public half is worked out from the private one. */
export function readBackupPrivateKey(typed: string): BackupKeyReading {
  const reading = readGroups(typed, 0, shareGroups)
  if (!reading.ok) return reading
  const content = contentOf(reading.symbols)
  const privateKey = content.slice(2, 2 + lengths.key)
  const publicKey = new Uint8Array(lengths.key)
  sodium.crypto_scalarmult_base(publicKey, privateKey)
  const named = content.subarray(2 + lengths.key, shareBytes - 1)
  const whole = content[0] === suite && content[1] === mark && sodium.sodium_memcmp(named, backupKeyId(publicKey))
  wipe(content)
  return whole ? { ok: true, keys: { publicKey, privateKey: new Secret(privateKey) } } : { ok: false, groups: [] }
}
