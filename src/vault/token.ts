import type { Random } from '../kernel/index.ts'
import type { Bytes } from './bytes.ts'
import { alphabet } from './crockford.ts'
import { keyedHash } from './hashing.ts'
import { checkSymbols, randomSymbols } from './token-check.ts'

declare const brand: unique symbol
/** A reporter's token in its one canonical form: 28 symbols of Crockford's base 32, no separators, checks right. */
export type ReporterToken = string & { readonly [brand]: 'ReporterToken' }

/** A new token: 26 random symbols (130 bits), then 2 that catch every single wrong symbol and every swap of two. */
export function newToken(random: Random): ReporterToken {
  const chosen = [...random.bytes(randomSymbols)].map((byte) => byte & 31) // 256 is a multiple of 32: no symbol is likelier
  return tokenOf([...chosen, ...checkSymbols(chosen)])
}

/** The token that these 28 symbol values spell. For values that already passed the check. */
export function tokenOf(values: readonly number[]): ReporterToken {
  return values.map((value) => alphabet[value]).join('') as ReporterToken
}

/** The seven groups of four that a person copies. */
export function tokenGroups(token: ReporterToken): string[] {
  return token.match(/.{4}/g) ?? []
}

const spoken = new Map(
  [
    'Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliet Kilo Mike November Papa Quebec Romeo Sierra Tango Victor Whiskey',
    'X-ray Yankee Zulu',
  ]
    .join(' ')
    .split(' ')
    .map((word) => [word.charAt(0), word]),
)

/** A group as one reads it down a telephone: 'T for Tango, 4, 8, M for Mike'. */
export function spellGroup(group: string): string {
  return [...group].map((symbol) => (spoken.has(symbol) ? `${symbol} for ${spoken.get(symbol)}` : symbol)).join(', ')
}

/** Where the row is that this token opens, 16 bytes. Without the pepper a locator says nothing about its token. */
export function locateToken(pepper: Uint8Array, token: ReporterToken): Bytes {
  return keyedHash(pepper, 'token locator', token).slice(0, 16)
}
