import { expect, test } from 'vitest'
import { quarterOf } from '../../../src/timeliness/index.ts'

test.each([
  ['2026-03-31T22:59Z', '2025/26', 4],
  ['2026-03-31T23:30Z', '2026/27', 1],
  ['2026-06-30T22:59Z', '2026/27', 1],
  ['2026-06-30T23:00Z', '2026/27', 2],
  ['2026-09-30T23:15Z', '2026/27', 3],
  ['2026-12-31T23:59Z', '2026/27', 3],
  ['2027-01-01T00:00Z', '2026/27', 4],
  ['2099-12-01T00:00Z', '2099/00', 3],
])('%s falls in %s, quarter %i', (instant, financialYear, quarter) => {
  expect(quarterOf(Temporal.Instant.from(instant))).toEqual({ financialYear, quarter })
})
