import type { Random } from '../kernel/index.ts'
import type { Bytes } from './bytes.ts'
import { encode } from './encoding.ts'
import { keyedHash, sha256 } from './hashing.ts'
import { sodium } from './sodium.ts'

const saltLength = 32

/** A salted hash that can be published, and what opens it later. Destroying the salt makes it say nothing for ever. */
export interface Commitment {
  readonly salt: Bytes
  readonly commitment: Bytes
}

/** Commits to content without showing it: SHA-256 over label, 256-bit salt and content, 32 bytes. */
export function commitTo(random: Random, content: Uint8Array): Commitment {
  const salt = new Uint8Array(random.bytes(saltLength))
  return { salt, commitment: digestOf(salt, content) }
}

/** Whether this salt and content are what was committed to. */
export function commitmentHolds(salt: Uint8Array, content: Uint8Array, commitment: Uint8Array): boolean {
  const digest = digestOf(salt, content)
  return commitment.length === digest.length && sodium.sodium_memcmp(digest, commitment)
}

function digestOf(salt: Uint8Array, content: Uint8Array): Bytes {
  return sha256(encode('commitment', salt, content))
}

/** Named pieces of text. Which names there are is seen by whoever is shown any of them. */
export type Parts = Readonly<Record<string, string>>

/** Some of the parts that were committed to, with what proves them; says nothing of the others but their names. */
export interface ShownParts {
  readonly salt: Bytes
  /** A line for each part: its name and the hex digest that stands for it. What the commitment is of, under that salt. */
  readonly list: string
  readonly shown: Readonly<Record<string, { readonly salt: Bytes; readonly text: string }>>
}

/**
 * Commits to parts so that any of them can be shown later without the others: to the list of their digests, each under a salt of its own. All of
 * these salts come from the one that is given back.
 */
export function commitToParts(random: Random, parts: Parts): Commitment {
  const salt = new Uint8Array(random.bytes(saltLength))
  return { salt, commitment: commitmentOfParts(salt, parts) }
}

/** The commitment that this salt and these parts give. */
export function commitmentOfParts(salt: Uint8Array, parts: Parts): Bytes {
  return digestOf(saltOfList(salt), new TextEncoder().encode(listOf(salt, parts)))
}

export function showParts(salt: Uint8Array, parts: Parts, names: readonly string[]): ShownParts {
  const shown = names.map((name) => [name, { salt: saltOfPart(salt, name), text: parts[name]! }])
  return { salt: saltOfList(salt), list: listOf(salt, parts), shown: Object.fromEntries(shown) as ShownParts['shown'] }
}

function listOf(salt: Uint8Array, parts: Parts): string {
  const lines = Object.keys(parts)
    .toSorted()
    .map((name) => `${name} ${Buffer.from(sha256(encode('part', saltOfPart(salt, name), name, parts[name]!))).toString('hex')}\n`)
  return lines.join('')
}

const saltOfPart = (salt: Uint8Array, name: string): Bytes => keyedHash(salt, 'salt of part', name)
const saltOfList = (salt: Uint8Array): Bytes => keyedHash(salt, 'salt of list', '')
