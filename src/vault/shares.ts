import { combine, split } from 'shamir-secret-sharing'
import { Secret, systemRandom, type Random } from '../kernel/index.ts'
import { join, type AsRead, type Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { sha256 } from './hashing.ts'
import type { PrivateKeys, PublicKeys } from './keys.ts'
import { ceremonyMark, recoveryKeysOf, wipeKeys } from './recovery-keys.ts'
import { contentOf, groupsInRow, readGroups, shareBytes, shareGroups, wipe, writeGroups, type GroupsReading } from './share-groups.ts'

/** How the recovery key is held: three people have a share each, any two rebuild it, one alone knows nothing. */
export const recoveryShares = { made: 3, needed: 2 } as const

/** One share in memory: read from paper, or about to be written on it. */
export interface RecoveryShare {
  /** 1, 2 or 3, as it stands on the paper. */
  readonly number: number
  readonly content: Secret<Uint8Array>
}

export interface RecoveryCeremony {
  readonly publicKeys: PublicKeys
  /** Six rows of four groups for each share, in the order of their numbers. */
  readonly shares: readonly (readonly (readonly string[])[])[]
}

export type ShareReading = { readonly ok: true; readonly share: RecoveryShare } | { readonly ok: false; readonly groups: readonly number[] }

/** Why shares do not give the key; `share` is the number of the one that is at fault, where that can be told. */
export type RebuildFault = { readonly code: 'too_few' | 'same_share' | 'another_ceremony' | 'not_the_key'; readonly share?: number }
export type Rebuilt = { readonly ok: true; readonly keys: PrivateKeys } | { readonly ok: false; readonly fault: RebuildFault }

const format = 1
const markAt = 1
const shamirAt = 8
const checkAt = 41
const checkLength = shareBytes - checkAt

/**
 * Makes the organisation's recovery keys and gives the private half away in shares: nothing of it is left when this returns but what the
 * rows say. Bytes of a share: format and number, 7 of the ceremony's mark, 33 of Shamir's scheme over GF(256), 4 of a checksum.
 */
export async function holdRecoveryCeremony(random: Random = systemRandom): Promise<RecoveryCeremony> {
  const seed = new Uint8Array(random.bytes(32))
  const keys = recoveryKeysOf(seed)
  const { made, needed } = recoveryShares
  const parts = await split(seed, made, needed)
  const shares = parts.map((part, at) => writeShare(at + 1, ceremonyMark(keys.publicKeys), part))
  wipe(seed, ...parts)
  wipeKeys(keys)
  return { publicKeys: keys.publicKeys, shares }
}

/** Reads a whole share. A mistyped group is named, 1 to 24, at once and without asking anything but its own check symbol. */
export function readShare(typed: string): ShareReading {
  const reading = readGroups(typed, 0, shareGroups)
  if (!reading.ok) return reading
  const content = contentOf(reading.symbols)
  const number = (content[0] ?? 0) & 15
  const whole = (content[0] ?? 0) >> 4 === format && number >= 1 && number <= recoveryShares.made
  if (!whole || Buffer.compare(checksumOf(content.subarray(0, checkAt)), content.subarray(checkAt)) !== 0) return { ok: false, groups: [] }
  return { ok: true, share: { number, content: new Secret(content) } }
}

/** Reads one of the six rows, 1 to 6, so that a mistake is answered before the next is typed. */
export function readShareRow(row: number, typed: string): GroupsReading {
  return readGroups(typed, (row - 1) * groupsInRow, groupsInRow)
}

/** The recovery keys, if two different shares of the ceremony of just these public keys are given. What was given is of no use to this room afterwards. */
export async function rebuildRecoveryKeys(shares: readonly RecoveryShare[], publicKeys: AsRead<PublicKeys>): Promise<Rebuilt> {
  const fault = faultAmong(shares, publicKeys)
  if (fault !== null) return { ok: false, fault }
  const parts = shares.map(({ content }) => content.reveal().slice(shamirAt, checkAt))
  const seed = await combine(parts).catch(() => new Uint8Array(32))
  const keys = recoveryKeysOf(seed)
  wipe(seed, ...parts)
  if (sameKeys(keys.publicKeys, publicKeys)) return { ok: true, keys }
  wipeKeys(keys)
  return { ok: false, fault: { code: 'not_the_key' } }
}

function faultAmong(shares: readonly RecoveryShare[], publicKeys: AsRead<PublicKeys>): RebuildFault | null {
  const mark = ceremonyMark(publicKeys)
  const stranger = shares.find(({ content }) => Buffer.compare(content.reveal().subarray(markAt, shamirAt), mark) !== 0)
  if (stranger !== undefined) return { code: 'another_ceremony', share: stranger.number }
  const twice = shares.find(({ number }, at) => shares.slice(0, at).some((earlier) => earlier.number === number))
  if (twice !== undefined) return { code: 'same_share', share: twice.number }
  return shares.length < recoveryShares.needed ? { code: 'too_few' } : null
}

function writeShare(number: number, mark: Uint8Array, part: Uint8Array): string[][] {
  const body = join(Uint8Array.of((format << 4) | number), mark, part)
  const content = join(body, checksumOf(body))
  const rows = writeGroups(content)
  wipe(body, content)
  return rows
}

function checksumOf(body: Uint8Array): Bytes {
  return sha256(encode('recovery share', body)).slice(0, checkLength)
}

function sameKeys(a: AsRead<PublicKeys>, b: AsRead<PublicKeys>): boolean {
  return Buffer.compare(a.box, b.box) === 0 && Buffer.compare(a.sign, b.sign) === 0
}
