/**
 * Canaries: words that occur nowhere else, put where a person writes, and a scanner that looks for them in bytes, in every dress that
 * programs put words into. What it cannot see: compressed and encrypted bytes.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { systemRandom } from '../../src/kernel/index.ts'

export interface Canary {
  /** Where it was put: `narrative`, `token of the confidential concern`. */
  readonly name: string
  readonly text: string
}

/** A word of lower-case letters and digits that no dictionary, schema or key holds; 60 random bits. */
export function newCanaryWord(): string {
  const symbols = 'abcdefghjkmnpqrstvwxyz23456789'
  return `kanari${[...systemRandom.bytes(13)].map((byte) => symbols[byte % symbols.length]).join('')}`
}

export interface Finding {
  readonly canary: string
  readonly dress: string
  readonly where: string
  /** What stands around it, printable. */
  readonly context: string
}

interface Needle {
  readonly canary: string
  readonly dress: string
  readonly bytes: Buffer
}

/** ASCII letters to lower case, byte by byte: case then hides nothing, in text, hex, base64 or UTF-16 alike. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte))

function fold(bytes: Uint8Array): Buffer {
  const result = Buffer.allocUnsafe(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) result[at] = folded[bytes[at]!]!
  return result
}

/** Every dress of a text: as it is, UTF-16 both ways, hex, base64 in its three alignments, escapes, backwards, and unsalted hashes of it. */
function dressesOf({ name, text }: Canary): Needle[] {
  const spellings = [...new Set([text, text.toLowerCase(), text.toUpperCase()])]
  const needles: [string, Buffer][] = []
  for (const spelling of spellings) {
    const utf8 = Buffer.from(spelling, 'utf8')
    const utf16 = Buffer.from(spelling, 'utf16le')
    for (const [form, bytes] of [
      ['utf8', utf8],
      ['utf16le', utf16],
      ['utf16be', Buffer.from(utf16).swap16()],
    ] as const) {
      needles.push([form, bytes], [`hex of ${form}`, Buffer.from(bytes.toString('hex'))])
      for (const [shift, inner] of base64Insides(bytes).entries()) {
        needles.push([`base64 of ${form}, shifted ${shift}`, Buffer.from(inner)])
        needles.push([`base64url of ${form}, shifted ${shift}`, Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'))])
      }
    }
    needles.push(['percent-encoded', Buffer.from(encodeURIComponent(spelling))])
    needles.push(['in JSON', Buffer.from(JSON.stringify(spelling).slice(1, -1))])
    needles.push(['backwards', Buffer.from([...spelling].toReversed().join(''))])
    for (const hash of ['md5', 'sha1', 'sha256', 'sha512'] as const) {
      const digest = createHash(hash).update(utf8).digest()
      needles.push([hash, digest.subarray(0, 12)], [`hex of ${hash}`, Buffer.from(digest.toString('hex').slice(0, 24))])
      needles.push([`base64 of ${hash}`, Buffer.from(digest.toString('base64').slice(0, 15))])
    }
  }
  return needles.filter(([, bytes]) => bytes.length >= 6).map(([dress, bytes]) => ({ canary: name, dress, bytes: fold(bytes) }))
}

/** What base64 makes of these bytes wherever they stand in a longer text: only symbols that hang on them alone. */
function base64Insides(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const bits = (before + bytes.length) * 8
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6))
  })
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Further needles for a reporter's token: every run of 12 of its symbols (half of it is already too much), and the number they spell as
 * bytes at every alignment.
 */
function piecesOfToken({ name, text }: Canary): Needle[] {
  const symbols = text.replaceAll(/[^0-9A-Z]/gi, '').toUpperCase()
  const runs = Array.from({ length: symbols.length - 11 }, (_, at) => symbols.slice(at, at + 12))
  let value = 0n
  for (const symbol of symbols.slice(0, 26)) value = value * 32n + BigInt(crockford.indexOf(symbol))
  const packed = Array.from({ length: 8 }, (_, shift) => {
    const hex = (value << BigInt(shift)).toString(16).padStart(36, '0')
    return Buffer.from(hex, 'hex').subarray(3, 15)
  })
  return [
    ...runs.flatMap((run) => dressesOf({ name, text: run }).filter(({ dress }) => !/md5|sha|backwards/.test(dress))),
    ...packed.map((bytes) => ({ canary: name, dress: 'packed into bytes', bytes: fold(bytes) })),
    ...packed.map((bytes) => ({ canary: name, dress: 'packed into hex', bytes: Buffer.from(bytes.toString('hex')) })),
  ]
}

export interface Scanner {
  /** Everything found in these bytes. */
  scan(where: string, bytes: Uint8Array): Finding[]
  /** Bytes looked at so far. */
  readonly looked: () => number
}

/** `tokens` are looked for in pieces too. */
export function createScanner(canaries: readonly Canary[], tokens: readonly Canary[] = []): Scanner {
  const needles = [...[...canaries, ...tokens].flatMap(dressesOf), ...tokens.flatMap(piecesOfToken)]
  const byStart = new Map<number, Needle[]>()
  // Two sieves, the first small enough for the processor's nearest cache: nearly every byte ends there.
  const firstTwo = new Uint8Array(1 << 16)
  const firstThree = new Uint8Array(1 << 24)
  for (const needle of needles) {
    const start = needle.bytes.readUInt32LE(0)
    byStart.set(start, [...(byStart.get(start) ?? []), needle])
    firstTwo[start & 0xffff] = 1
    firstThree[start & 0xffffff] = 1
  }
  let looked = 0
  const scan = (where: string, bytes: Uint8Array): Finding[] => {
    looked += bytes.length
    const hay = fold(bytes)
    const found: Finding[] = []
    let pair = (hay[0] ?? 0) << 8
    for (let at = 0; at + 4 <= hay.length; at += 1) {
      pair = (pair >> 8) | (hay[at + 1]! << 8)
      if (firstTwo[pair] === 0 || firstThree[pair | (hay[at + 2]! << 16)] === 0) continue
      for (const needle of byStart.get(hay.readUInt32LE(at)) ?? []) {
        if (hay.subarray(at, at + needle.bytes.length).equals(needle.bytes))
          found.push({ ...needle, where, context: around(bytes, at, needle.bytes.length) })
      }
    }
    return found.map(({ canary, dress, where: place, context }) => ({ canary, dress, where: place, context }))
  }
  return { scan, looked: () => looked }
}

function around(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.subarray(Math.max(0, at - 60), at + length + 20))
    .toString('latin1')
    .replaceAll(/[^ -~]/g, '·')
}

/** Scans every file below a folder. `skip`: paths to leave out, by their ends. */
export function scanFolder(scanner: Scanner, folder: string, where: string): Finding[] {
  return filesBelow(folder).flatMap((file) => scanner.scan(`${where}: ${file.slice(folder.length + 1)}`, readFileSync(file)))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() && statSync(path, { throwIfNoEntry: false }) !== undefined ? [path] : []
  })
}

/** What a thief's dump holds: every row of every table and view of the database as text, catalogues and statistics included. */
export async function scanDump(scanner: Scanner, client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'v', 'm', 'p', 't') order by 1`,
  )
  const found: Finding[] = []
  for (const { name } of rows) {
    const table = await client.query<{ line: string }>(`select (t.*)::text as line from ${name} t`).catch(() => null)
    if (table !== null) found.push(...scanner.scan(`dump: ${name}`, Buffer.from(table.rows.map(({ line }) => line).join('\n'))))
  }
  return found
}
