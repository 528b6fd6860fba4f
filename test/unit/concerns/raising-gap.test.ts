import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raisingGapOf, raisingGaps } from '../../../src/concerns/raising-gap/gap.ts'
import type { DateText } from '../../../src/kernel/index.ts'

const on = (text: string) => text as DateText

describe('how long before raising somebody first knew', () => {
  it.each([
    [null, '2026-11-24', 'not_said'],
    ['2026-11-24', '2026-11-24', 'same_month'],
    ['2026-11', '2026-11-01', 'same_month'],
    ['2026-10-31', '2026-11-01', 'month_before'],
    ['2026-08', '2026-11-24', 'two_to_three_months'],
    ['2026-07-01', '2026-11-24', 'four_to_six_months'],
    ['2025-11', '2026-11-24', 'seven_to_twelve_months'],
    ['2025-10', '2026-11-24', 'over_a_year'],
    ['2024', '2026-11-24', 'over_a_year'],
    ['1987', '2026-11-24', 'over_a_year'],
    ['2026', '2026-01-20', 'same_month'],
    ['2026', '2026-11-24', 'not_clear'],
    ['2025', '2026-11-24', 'not_clear'],
    ['2027', '2026-11-24', 'not_clear'],
    ['2026-12', '2026-11-24', 'not_clear'],
    ['2026-11-25', '2026-11-24', 'not_clear'],
  ])('%s, raised on %s: %s', (aware, raised, gap) => expect(raisingGapOf(aware, on(raised))).toBe(gap))

  it('is the same however fine the date that was given, or not clear', () => {
    const day = fc
      .date({ min: new Date('2018-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, (aware, raised) => {
        const fine = raisingGapOf(aware, on(raised))
        expect(raisingGaps).toContain(fine)
        for (const coarse of [aware.slice(0, 7), aware.slice(0, 4)]) {
          const said = raisingGapOf(coarse, on(raised))
          if (aware <= raised) expect([fine, 'not_clear']).toContain(said)
        }
      }),
    )
  })
})
