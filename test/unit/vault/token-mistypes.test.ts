import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import { newToken, readToken, tokenGroups } from '../../../src/vault/index.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const tokens = Array.from({ length: 6 }, () => newToken(systemRandom))
const places = Array.from({ length: 28 }, (_, place) => place)
const groupOf = (place: number) => Math.floor(place / 4) + 1

function groupsSaid(typed: string): number[] {
  const reading = readToken(typed)
  expect(reading.ok).toBe(false)
  return reading.ok ? [] : reading.groups
}

describe('a mistyped token', () => {
  test.each(tokens)('every single wrong symbol is caught and its group is among those named', (token) => {
    let named = 0
    for (const place of places) {
      for (const symbol of alphabet.replace(token[place] ?? '', '')) {
        const groups = groupsSaid(token.slice(0, place) + symbol + token.slice(place + 1))
        expect(groups).toContain(groupOf(place))
        named += groups.length
      }
    }
    expect(named / (28 * 31)).toBeLessThan(3) // "look at all seven again" would be true, and no help
  })

  test.each(tokens)('every swap of two different symbols is caught, neighbours or not', (token) => {
    for (const first of places) {
      for (const second of places.slice(first + 1)) {
        if (token[first] === token[second]) continue
        const symbols = [...token]
        symbols[first] = token[second] ?? ''
        symbols[second] = token[first] ?? ''
        const groups = groupsSaid(symbols.join(''))
        if (second === first + 1) expect(groups).toEqual(expect.arrayContaining([groupOf(first), groupOf(second)]))
      }
    }
  })

  test('a symbol taken for one that looks like it is named first', () => {
    const token = newToken({ bytes: (count) => new Uint8Array(count).fill(alphabet.indexOf('8')) })
    expect(groupsSaid(token.replace(/^(.{9})8/, '$1B'))[0]).toBe(3)
  })

  test.each(tokens)('a symbol left out, or one too many, names its group even when the groups are run together', (token) => {
    for (const place of places) {
      expect(groupsSaid(token.slice(0, place) + token.slice(place + 1))).toContain(groupOf(place))
      expect(groupsSaid(token.slice(0, place) + '7' + token.slice(place))).toContain(groupOf(place))
      expect(groupsSaid(token.slice(0, place) + '*' + token.slice(place))).toContain(groupOf(place))
    }
    const tooLong = groupsSaid(`${token}7`)
    expect(tooLong).toContain(7)
    expect(Math.max(...tooLong)).toBe(7)
  })

  test('a group with too few, too many or unknown symbols is the one that is named', () => {
    const groups = tokenGroups(newToken(systemRandom))
    const withThird = (group: string) => groups.with(2, group).join(' ')
    for (const group of ['AB', 'ABCDE', 'A', 'ABCDEFGH', 'AB?D', 'UUUU', 'é123', 'AB*', '????????'])
      expect(groupsSaid(withThird(group))).toEqual([3])
    expect(groupsSaid(groups.with(0, 'AB').with(6, 'ABCDE').join('-'))).toEqual([1, 7])
    expect(
      groupsSaid(
        groups
          .with(1, 'U?UU')
          .map((group, index) => `${index + 1}. ${group}`)
          .join('\n'),
      ),
    ).toEqual([2])
  })

  test('a U, which no token has, names its group in a token that is run together', () => {
    const token = newToken(systemRandom)
    expect(groupsSaid(`${token.slice(0, 13)}U${token.slice(14)}`)).toEqual([4])
  })

  test('with an unreadable symbol is never a token, whatever its last two symbols are', () => {
    const start = newToken(systemRandom)
      .slice(0, 26)
      .replace(/^(.{9})./, '$1?')
    for (const high of alphabet) for (const low of alphabet) expect(groupsSaid(start + high + low)).toEqual([3])
  })

  test('half a token names no group: there is nothing to say but look again', () => {
    expect(groupsSaid(newToken(systemRandom).slice(0, 14))).toEqual([])
  })
})
