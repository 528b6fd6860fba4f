import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemRandom, type Random } from '../../../src/kernel/index.ts'
import { locateToken, newToken, readToken, spellGroup, tokenGroups, type ReporterToken } from '../../../src/vault/index.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const tokens = fc.uint8Array({ minLength: 26, maxLength: 26 }).map((bytes) => newToken({ bytes: () => bytes }))

describe('a new token', () => {
  test('is 28 symbols in seven groups of four, with no letter that looks like a digit', () => {
    const token = newToken(systemRandom)
    expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
    expect(tokenGroups(token)).toHaveLength(7)
    expect(tokenGroups(token).join('')).toBe(token)
    expect(tokenGroups(token).every((group) => group.length === 4)).toBe(true)
  })

  test('is never given twice', () => {
    const given = new Set(Array.from({ length: 20_000 }, () => newToken(systemRandom)))
    expect(given.size).toBe(20_000)
  })

  test('has 130 random bits: every symbol turns up in every one of the 26 places', () => {
    const seen = Array.from({ length: 26 }, () => new Set<string>())
    for (let drawn = 0; drawn < 2_000; drawn += 1)
      [...newToken(systemRandom)].slice(0, 26).forEach((symbol, place) => seen[place]?.add(symbol))
    expect(seen.map((symbols) => symbols.size)).toEqual(Array.from({ length: 26 }, () => 32))
  })

  test('ends in its first 26 symbols, read as one number, modulo 1021', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const value = [...token.slice(0, 26)].reduce((sum, symbol) => sum * 32n + BigInt(alphabet.indexOf(symbol)), 0n)
        const checks = [...token.slice(26)].reduce((sum, symbol) => sum * 32n + BigInt(alphabet.indexOf(symbol)), 0n)
        expect(checks).toBe(value % 1021n)
      }),
    )
  })

  test('can be read down a telephone', () => {
    expect(spellGroup('T48M')).toBe('T for Tango, 4, 8, M for Mike')
    expect(spellGroup('0XW1')).toBe('0, X for X-ray, W for Whiskey, 1')
    for (const symbol of alphabet) expect(spellGroup(symbol)).toMatch(/^\d$|^([A-Z]) for \1[a-z-]+$/)
  })
})

describe('a token typed by hand', () => {
  const digits: Readonly<Record<string, readonly string[]>> = { '0': ['0', 'O', 'o'], '1': ['1', 'I', 'i', 'L', 'l'] }
  const waysToWrite = (symbol: string) => fc.constantFrom(...(digits[symbol] ?? [symbol, symbol.toLowerCase()]))
  const within = fc.constantFrom('', '', '', ' ', '-', '\u00a0', '\u200b')
  const between = fc.constantFrom(' ', '-', '\n', '\r\n', ' - ', '\t', ', ', '\u2013', '  ')
  const numbered = (place: number) =>
    fc.constantFrom('', `${place}. `, `${place}.`, `${place}) `, `(${place}) `, `${place}: `, `${place}.\n`)
  const written = (token: ReporterToken) =>
    fc
      .tuple(
        ...tokenGroups(token).map((group, index) =>
          fc.tuple(
            between,
            numbered(index + 1),
            ...[...group].map((symbol) => fc.tuple(waysToWrite(symbol), within).map((parts) => parts.join(''))),
          ),
        ),
      )
      .map((groups) => groups.flat().join(''))

  test('reads the same in any case, with spaces, hyphens, line breaks, numbers, O for 0 and I or L for 1', () => {
    fc.assert(
      fc.property(
        tokens.chain((token) => written(token).map((typed) => ({ token, typed }))),
        ({ token, typed }) => {
          expect(readToken(typed)).toEqual({ ok: true, token })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('may begin a group with a digit: "1T48" is no numbering, "1. T48M" is', () => {
    const token = tokenStarting('1T482T481T483T484T485T48')
    expect(readToken(tokenGroups(token).join('\n'))).toEqual({ ok: true, token })
    expect(
      readToken(
        tokenGroups(token)
          .map((group, index) => `${index + 1}. ${group}`)
          .join('\n'),
      ),
    ).toEqual({ ok: true, token })
    expect(
      readToken(
        tokenGroups(token)
          .map((group, index) => `${index + 1}.${group}`)
          .join(' '),
      ),
    ).toEqual({ ok: true, token })
  })

  test('may be a pasted list that kept its numbers and lost its dots', () => {
    const token = tokenStarting('1T482T481T483T484T485T48')
    expect(
      readToken(
        tokenGroups(token)
          .map((group, index) => `${index + 1}\t${group}`)
          .join('\n'),
      ),
    ).toEqual({ ok: true, token })
    expect(
      readToken(
        tokenGroups(token)
          .map((group, index) => `${index + 1} - ${group}`)
          .join('\n'),
      ),
    ).toEqual({ ok: true, token })
  })

  test('may have the full stops a telephone puts in after two spaces, even where they look like numbering', () => {
    const token = tokenStarting('1T482T481T483T484T485T48')
    expect(readToken([...token].join('. '))).toEqual({ ok: true, token })
  })

  test('may come from a full-width keyboard', () => {
    const token = newToken(systemRandom)
    const wide = [...token].map((symbol) => String.fromCodePoint((symbol.codePointAt(0) ?? 0) + 0xfee0)).join('')
    expect(readToken(wide)).toEqual({ ok: true, token })
  })

  const anything = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((units) => String.fromCharCode(...units))

  test('is refused, never read, when it is something else', () => {
    for (const typed of ['', ' ', '\0', 'hello', '0', '1. 2. 3.', '\ud800', 'https://example.org/', '🙂'.repeat(28)])
      expect(readToken(typed)).toMatchObject({ ok: false })
    fc.assert(fc.property(anything, (typed) => !readToken(typed).ok))
  })

  test('is refused at once when somebody pastes a megabyte to hold us up', () => {
    const started = performance.now()
    for (const piece of ['A', '1.', '1', ' ', '1 ', '\ufdfa', '(', '1.)'])
      expect(readToken(piece.repeat(1_000_000))).toEqual({ ok: false, groups: [] })
    for (const piece of ['A', '1.', '1', ' ', '1 ', '(', '1.)', '1:::']) expect(readToken(piece.repeat(250)).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('the locator of a token', () => {
  const pepper = systemRandom.bytes(32)

  test('is 16 bytes, the same every time, and another for another token or pepper', () => {
    const token = newToken(systemRandom)
    expect(locateToken(pepper, token)).toHaveLength(16)
    expect(locateToken(pepper, token)).toEqual(locateToken(pepper, token))
    expect(locateToken(pepper, newToken(systemRandom))).not.toEqual(locateToken(pepper, token))
    expect(locateToken(systemRandom.bytes(32), token)).not.toEqual(locateToken(pepper, token))
  })

  test('is not the bare keyed hash that another use of the pepper could give away', () => {
    const token = newToken(systemRandom)
    const bare = createHmac('sha256', pepper).update(token).digest().subarray(0, 16)
    expect(Buffer.from(locateToken(pepper, token)).equals(bare)).toBe(false)
  })
})

/** A whole token that begins with these symbols. */
function tokenStarting(symbols: string): ReporterToken {
  const chosen: Random = {
    bytes: (count) => Uint8Array.from({ length: count }, (_, place) => Math.max(0, alphabet.indexOf(symbols[place] ?? '0'))),
  }
  const token = newToken(chosen)
  expect(token.startsWith(symbols)).toBe(true)
  return token
}
