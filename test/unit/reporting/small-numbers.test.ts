import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { showBreakdown, showCount } from '../../../src/reporting/small-numbers.ts'

const counts = fc.array(fc.oneof(fc.nat(9), fc.nat(60)), { minLength: 2, maxLength: 9 })

describe('a single number', () => {
  it.each([
    [0, 0],
    [1, null],
    [7, null],
    [8, 10],
    [12, 10],
    [13, 15],
    [1_002, 1_000],
  ])('%i is shown as %s', (count, shown) => expect(showCount(count)).toBe(shown))

  it.each([-1, 1.5, Number.NaN, Infinity])('%d is no count', (count) => expect(() => showCount(count)).toThrow(RangeError))
})

describe('the parts of a whole', () => {
  it('never shows what stands for 1 to 7 people, and nothing further from the truth than rounding takes it', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { parts, total } = showBreakdown(given)
        const sum = given.reduce((all, one) => all + one, 0)
        for (const [shown, truth] of [...parts.map((part, index) => [part, given[index]!] as const), [total, sum] as const]) {
          if (shown === null) continue
          expect(truth === 0 || truth > 7).toBe(true)
          expect([shown % 5, Math.abs(shown - truth) <= 2]).toEqual([0, true])
        }
      }),
    )
  })

  it('lets nobody work out a hidden part, not even from the exact whole and the exact value of every other group', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const published = JSON.stringify(showBreakdown(given))
        for (const [index, shown] of showBreakdown(given).parts.entries()) {
          if (shown !== null) continue
          // Others who share its fate hold the rest: is there another way to split what they hold together that is published alike?
          const others = hiddenTogether(given.length, index)
          const alike = others.flatMap((other) => {
            const both = given[index]! + given[other]!
            return Array.from({ length: both + 1 }, (_, value) => with2(given, index, value, other, both - value))
          })
          const values = new Set(alike.filter((one) => JSON.stringify(showBreakdown(one)) === published).map((one) => one[index]))
          expect(values.size).toBeGreaterThan(1)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('hides which part is the small one by the place alone, so that a larger number never changes whom it is hidden with', () => {
    expect(showBreakdown([3, 40, 20, 0, 9]).parts).toEqual([null, null, 20, 0, 10])
    expect(showBreakdown([40, 3, 20, 0, 9]).parts).toEqual([null, null, 20, 0, 10])
    expect(showBreakdown([40, 30, 20, 0, 2]).parts).toEqual([40, 30, null, null, null])
    expect(showBreakdown([40, 0, 20, 0, 12])).toEqual({ parts: [40, 0, 20, 0, 10], total: 70 })
  })

  it('shows a whole that is small itself as little as a part', () => expect(showBreakdown([1, 0, 0, 3]).total).toBeNull())

  it('refuses one part alone, which nothing could hide', () => expect(() => showBreakdown([3])).toThrow(RangeError))
})

/** Those hidden with this one: its neighbour, and in an odd table the last three together. */
function hiddenTogether(length: number, index: number): number[] {
  const last = length % 2 === 1 && index >= length - 3
  const group = last ? [length - 3, length - 2, length - 1] : [index - (index % 2), index - (index % 2) + 1]
  return group.filter((each) => each !== index)
}

const with2 = (given: readonly number[], a: number, valueA: number, b: number, valueB: number): number[] =>
  given.map((count, index) => (index === a ? valueA : index === b ? valueB : count))
