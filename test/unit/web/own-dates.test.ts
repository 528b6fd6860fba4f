import { expect, test } from 'vitest'
import { dutyLimitOf, limitOf } from '../../../src/web/pages/log/timeliness/row-words.ts'

test('a limit of which each clock has a date of its own is not told as so many days', () => {
  const days = { limit: 60, unit: 'working_days' } as const
  expect(limitOf({ dueFrom: 'set', ...days })).toBe('the date that each action names (60 working days where it names none)')
  expect(limitOf({ dueFrom: 'limit', ...days })).toBe('60 working days')
  expect(dutyLimitOf({ dueFrom: 'set', limit: 31, unit: 'calendar_days' })).toBe('the date entered for each, as published')
  expect(dutyLimitOf({ dueFrom: 'limit', limit: 1, unit: 'calendar_months' })).toBe('1 month')
})
