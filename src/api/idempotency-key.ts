import { Refusal } from '../kernel/index.ts'
import type { ClientSecret } from '../concerns/index.ts'

/**
 * The Idempotency-Key as the secret that opens the receipt (`security.md` 3): a random UUID, or 22 and more base64url characters. Null where the
 * header is absent. Refusal `idempotency_key_weak` where somebody could guess it, since whoever guesses it reads the answer, token included.
 */
export function readIdempotencyKey(header: string | undefined): ClientSecret {
  if (header === undefined) return null
  // The IETF draft writes the key as a quoted string (draft-ietf-httpapi-idempotency-key-header 2.1)
  const key = header.trim().replace(/^"(.*)"$/, '$1')
  if (!isStrong(key)) throw new Refusal('idempotency_key_weak')
  return key
}

const longest = 255
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const uuidVersion4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const base64url = /^[\w-]{22,}$/

function isStrong(key: string): boolean {
  if (key.length > longest) return false
  // Other versions hold a time, an address or a hash of a name
  if (uuidShape.test(key)) return uuidVersion4.test(key) && looksRandom(key.replaceAll('-', ''))
  return base64url.test(key) && couldHold(122, key) && looksRandom(key)
}

/** Alphabets that a maker of weak keys might stay in. One upper or lower case letter set and the digits together are let through. */
const narrow: readonly (readonly [RegExp, number])[] = [
  [/^\d+$/, 10],
  [/^[\da-f]+$/i, 16],
  [/^[a-z]+$/, 26],
  [/^[A-Z]+$/, 26],
]

function couldHold(bits: number, key: string): boolean {
  const size = narrow.find(([alphabet]) => alphabet.test(key))?.[1] ?? 64
  return key.length * Math.log2(size) >= bits
}

/**
 * Turns away what no generator makes: few different characters, one piece over and over, or a run like `abcdef`. Each rule refuses fewer than
 * one random key in a hundred million.
 */
function looksRandom(key: string): boolean {
  return new Set(key.toLowerCase()).size > 6 && !repeats(key) && !runs(key)
}

function repeats(key: string): boolean {
  const half = Math.floor(key.length / 2)
  for (let period = 1; period <= half; period += 1) {
    if (key.slice(period) === key.slice(0, -period)) return true
  }
  return false
}

function runs(key: string): boolean {
  let near = 0
  for (let at = 1; at < key.length; at += 1) {
    if (Math.abs(key.charCodeAt(at) - key.charCodeAt(at - 1)) <= 1) near += 1
  }
  return near * 3 > (key.length - 1) * 2
}
