import { expect, test } from 'vitest'
import { limitOf } from '../../../src/web/pages/log/timeliness/row-words.ts'

test('a limit of which each clock has a date of its own is not told as so many days', () => {
  const days = { limit: 60, unit: 'working_days' } as const
  expect(limitOf({ code: 'T13', ...days })).toBe('the date that each action names (60 working days where it names none)')
  expect(limitOf({ code: 'T7', ...days })).toBe('60 working days')
})
