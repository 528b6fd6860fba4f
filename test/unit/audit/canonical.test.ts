import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type CanonicalValue } from '../../../src/audit/index.ts'

const value = fc.letrec<{ any: CanonicalValue }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('any')),
    fc.dictionary(fc.string(), tie('any')),
  ),
})).any

describe('the canonical text of an entry', () => {
  it('orders members as RFC 8785 shows in its own example of sorting', () => {
    const members = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\ud83d\ude00': 'Emoji',
      '\u0080': 'Control',
      '\u00f6': 'o',
    }
    expect(Object.keys(JSON.parse(canonicalJson(members)) as object)).toHaveLength(7)
    const text = canonicalJson(members)
    const order = ['\\r', '"1"', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'].map((name) => text.indexOf(name))
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('says the same for the same value, however its members were put in, and JSON reads it back', () => {
    fc.assert(
      fc.property(value, (given) => {
        const text = canonicalJson(given)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)))
        expect(canonicalJson(reversed(given))).toBe(text)
      }),
    )
  })

  it.each([[1.5], [Number.NaN], [2 ** 53], ['\ud800']])('refuses %s, which has no one text', (given) => {
    expect(() => canonicalJson(given)).toThrow(TypeError)
  })
})

function reversed(given: CanonicalValue): CanonicalValue {
  if (Array.isArray(given)) return given.map(reversed)
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}
