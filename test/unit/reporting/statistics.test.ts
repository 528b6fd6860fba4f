import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimatedDay, percentileOf, productLimit, type Bar } from '../../../src/reporting/statistics.ts'

const day = fc.integer({ min: 0, max: 30 })
const days = fc.array(day, { minLength: 1, maxLength: 60 })
const single = (all: readonly number[]): Bar[] => all.map((each) => ({ day: each, count: 1 }))

/** The same days as a histogram, bars in any order. */
function bars(all: readonly number[]): Bar[] {
  const counts = new Map<number, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].map(([at, count]) => ({ day: at, count }))
}

describe('The day within which a share was done', () => {
  test('is the middle one of an odd number, and one that occurred', () => {
    expect(percentileOf(single([1, 2, 9]), 0.5)).toBe(2)
    expect(percentileOf(single([1, 2, 3, 9]), 0.5)).toBe(2)
    expect(percentileOf(single([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 0.9)).toBe(9)
    expect(percentileOf([], 0.5)).toBe(null)
  })

  test('is what sorting all of them and counting gives', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9, 1), (all, share) => {
        const sorted = all.toSorted((a, b) => a - b)
        const rank = sorted.findIndex((_, index) => (index + 1) * 100 >= sorted.length * Math.round(share * 100))
        expect(percentileOf(bars(all), share)).toBe(sorted[rank])
      }),
    )
  })
})

describe('The share still open after each day, where some were only watched so far', () => {
  // Freireich et al., "The effect of 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia", Blood 21 (1963) 699–716: the
  // treated group of 21, as worked in D. G. Kleinbaum and M. Klein, "Survival Analysis", 3rd ed., chapter 2.
  test('is that of the textbook: remissions of 21 treated patients', () => {
    const relapsed = single([6, 6, 6, 7, 10, 13, 16, 22, 23])
    const watched = single([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
    const steps = productLimit(relapsed, watched).filter(({ stopped }) => stopped > 0)
    expect(steps.map(({ day: at, atRisk, open }) => [at, atRisk, Number(open.toFixed(4))])).toEqual([
      [6, 21, 0.8571],
      [7, 17, 0.8067],
      [10, 15, 0.7529],
      [13, 12, 0.6902],
      [16, 11, 0.6275],
      [22, 7, 0.5378],
      [23, 6, 0.4482],
    ])
    expect(estimatedDay(productLimit(relapsed, watched), 0.5)).toBe(23)
    expect(estimatedDay(productLimit(relapsed, watched), 0.1)).toBe(null)
  })

  test('is the plain share where all were answered', () => {
    fc.assert(
      fc.property(days, (all) => {
        for (const { day: at, open } of productLimit(bars(all), []))
          expect(open).toBeCloseTo(all.filter((each) => each > at).length / all.length, 9)
      }),
    )
  })

  test('never rises, lies between 0 and 1, and counts everybody once', () => {
    fc.assert(
      fc.property(days, fc.array(day, { maxLength: 60 }), (answered, watched) => {
        const steps = productLimit(bars(answered), bars(watched))
        expect(steps[0]?.atRisk).toBe(answered.length + watched.length)
        expect(steps.reduce((sum, { stopped }) => sum + stopped, 0)).toBe(answered.length)
        expect(steps.reduce((sum, { censored }) => sum + censored, 0)).toBe(watched.length)
        steps.reduce((before, { open }) => {
          expect(open).toBeLessThanOrEqual(before)
          expect(open).toBeGreaterThanOrEqual(0)
          return open
        }, 1)
      }),
    )
  })

  test('is what following each one by itself gives', () => {
    fc.assert(
      fc.property(days, fc.array(day, { maxLength: 60 }), (answered, watched) => {
        const everybody = [...answered.map((at) => ({ at, done: true })), ...watched.map((at) => ({ at, done: false }))]
        for (const { day: at, open } of productLimit(bars(answered), bars(watched))) {
          let naive = 1
          for (let each = 0; each <= at; each += 1) {
            const [risk, done] = [
              everybody.filter((one) => one.at >= each).length,
              everybody.filter((one) => one.at === each && one.done).length,
            ]
            if (risk > 0) naive *= 1 - done / risk
          }
          expect(open).toBeCloseTo(naive, 9)
        }
      }),
    )
  })
})
