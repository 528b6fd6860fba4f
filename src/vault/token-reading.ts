import { alphabet } from './crockford.ts'
import { isWhole, tokenSymbols } from './token-check.ts'
import { suspectGroups, type TypedSymbol } from './token-faults.ts'
import { tokenOf, type ReporterToken } from './token.ts'

/** A token, or the groups (1 to 7, likeliest first) that look mistyped; no groups where it is too far from a token to say. */
export type TokenReading = { readonly ok: true; readonly token: ReporterToken } | { readonly ok: false; readonly groups: number[] }

/** Seven numbered, spaced groups are under 100 characters. Somebody who pastes a megabyte is told no, not read. */
const longestTyped = 1000

const values = new Map([...alphabet].map((symbol, value) => [symbol, value]))
for (const [written, meant] of ['O0', 'I1', 'L1']) values.set(written ?? '', values.get(meant ?? '') ?? -1)

const separator = /[\s\p{Pd}\p{Cf}_−.,;:/|()[\]"'•·]/u

/** A group's number as lists write it: '1.' '2)' '3:', never a digit that stands in a group. */
const numbering = /(?<![0-9A-Z])[1-7][.):]+/g
const loneDigit = /(?<![0-9A-Z])[1-7](?![0-9A-Z])/g

/**
 * Reads a token the way people write them down: any case, spaces, hyphens, line breaks, groups numbered '1.' to '7.', O for 0, I
 * and L for 1. Never asks the database, so a typing error is answered at once and counts as no attempt.
 */
export function readToken(typed: string): TokenReading {
  const text = typed
    .slice(0, longestTyped + 1)
    .normalize('NFKC')
    .toUpperCase() // one character can become eighteen
  if (text.length > longestTyped) return { ok: false, groups: [] }
  const readings = [text.replace(numbering, ' '), text, withoutCounting(text)].map(symbolsIn)
  const whole = readings.map((reading) => reading.map(({ value }) => value)).find(isWhole)
  if (whole !== undefined) return { ok: true, token: tokenOf(whole) }
  const closest = readings.find((reading) => reading.length === tokenSymbols) ?? readings[0] ?? []
  return { ok: false, groups: suspectGroups(closest) }
}

/** The text without lone digits that count the groups, as when a numbered list is pasted and loses its dots. */
function withoutCounting(text: string): string {
  let next = 1
  return text.replace(loneDigit, (digit) => {
    if (Number(digit) !== next) return digit
    next += 1
    return ' '
  })
}

function symbolsIn(text: string): TypedSymbol[] {
  const symbols: TypedSymbol[] = []
  let run = 0
  for (const character of text) {
    if (separator.test(character)) run += 1
    else symbols.push({ value: values.get(character) ?? -1, run })
  }
  return symbols
}
