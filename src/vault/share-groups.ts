import { alphabet, symbolsOf } from './crockford.ts'
import { sodium } from './sodium.ts'
import type { Bytes } from './bytes.ts'

/**
 * How a share stands on paper: 24 numbered groups of four symbols in six rows. Each group is three symbols and a check of its own, so that
 * a mistake is not only found but its group named: over GF(32), check = α·a + α²·b + α³·c + the group's place. Every single wrong symbol,
 * every swap of two in a group and every group in another's place shows.
 */
export const shareGroups = 24
export const groupsInRow = 4
export const shareBytes = 45
const payloadInGroup = 3
const groupSize = payloadInGroup + 1

/** The symbols of a whole part of a share, or the groups (1 to 24) that are mistyped; none where it cannot be told which. */
export type GroupsReading = { readonly ok: true; readonly symbols: string } | { readonly ok: false; readonly groups: readonly number[] }

const values = new Map([...alphabet].map((symbol, value) => [symbol, value]))
for (const [written, meant] of ['O0', 'I1', 'L1']) values.set(written ?? '', values.get(meant ?? '') ?? -1)

const separator = /[\s\p{Pd}\p{Cf}_−.,;:/|()[\]"'•·]+/u
const numbering = /^\s*(?:ROW\s*)?[1-6][.):]+/
/** Six rows with their numbers and spaces are under 200 characters; nothing much longer is read. */
const longestTyped = 1000

/** Six rows of four groups, as they are copied by hand. `content` has 45 bytes. */
export function writeGroups(content: Uint8Array): string[][] {
  const groups = (symbolsOf(content).match(/.{3}/g) ?? []).map(
    (payload, place) => payload + (alphabet[checkOf(valuesOf(payload), place)] ?? ''),
  )
  return Array.from({ length: shareGroups / groupsInRow }, (_, row) => groups.slice(row * groupsInRow, (row + 1) * groupsInRow))
}

/**
 * Reads groups as people type them: any case, with or without spaces, hyphens, line breaks and row numbers, O for 0, I and L for 1. `from` is
 * the first group's place, counted from 0; `count` how many there should be.
 */
export function readGroups(typed: string, from: number, count: number): GroupsReading {
  if (typed.length > longestTyped) return { ok: false, groups: [] }
  const runs = runsIn(typed)
  const whole = runs.join('')
  // Where the groups, or the rows, were kept apart, a symbol too many or too few stays where it is.
  const perRun = [1, groupsInRow, count].find((groups) => runs.length * groups === count) ?? count
  const parts = perRun === count ? [whole] : runs
  const wrong = parts.flatMap((part, at) => wrongIn(part, from + at * perRun, perRun))
  return wrong.length === 0 ? { ok: true, symbols: whole } : { ok: false, groups: wrong.map((place) => place + 1) }
}

/** The 45 bytes of 24 whole groups. */
export function contentOf(symbols: string): Bytes {
  const payload = [...symbols].filter((_, at) => at % groupSize < payloadInGroup)
  const content = new Uint8Array(shareBytes)
  let held = 0
  let bits = 0
  let at = 0
  for (const symbol of payload) {
    held = (held << 5) | (values.get(symbol) ?? 0)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    content[at] = held >> bits
    held &= (1 << bits) - 1
    at += 1
  }
  return content
}

export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) sodium.sodium_memzero(secret)
}

function runsIn(typed: string): string[] {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .split('\n')
    .flatMap((line) => line.replace(numbering, ' ').split(separator))
    .filter((run) => run !== '')
    .map((run) => [...run].map((symbol) => alphabet[values.get(symbol) ?? -1] ?? '?').join(''))
}

/** The places of groups that do not check. Where symbols are missing or too many, only the first is named: what follows is shifted, not wrong. */
function wrongIn(symbols: string, from: number, count: number): number[] {
  const wrong = Array.from({ length: count }, (_, at) => at).filter(
    (at) => !isWhole(symbols.slice(at * groupSize, (at + 1) * groupSize), from + at),
  )
  if (symbols.length === count * groupSize) return wrong.map((at) => from + at)
  return [from + (wrong[0] ?? count - 1)]
}

function isWhole(group: string, place: number): boolean {
  const symbols = valuesOf(group)
  if (symbols.length !== groupSize || symbols.some((value) => value < 0)) return false
  return checkOf(symbols.slice(0, payloadInGroup), place) === symbols[payloadInGroup]
}

function checkOf(payload: readonly number[], place: number): number {
  return payload.reduceRight((sum, value) => timesAlpha(sum ^ value), 0) ^ place
}

/** Multiplication by α in GF(32) with α⁵ = α² + 1. */
function timesAlpha(value: number): number {
  return ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31
}

function valuesOf(symbols: string): number[] {
  return [...symbols].map((symbol) => alphabet.indexOf(symbol))
}
