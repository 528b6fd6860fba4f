import { describe, expect, test } from 'vitest'
import { onCallAt, onCallInput, type OnCallDays } from '../../../src/settings/index.ts'
import { createCalendar } from '../../../src/timeliness/index.ts'

const calendar = createCalendar([{ date: '2026-12-25' }, { date: '2026-12-28' }])
const at = (days: OnCallDays, from: string, until: string, instant: string): boolean =>
  onCallAt(
    { people: [{ name: 'Site manager', number: '2222', email: '', days, from, until }], outside: '', patience: 30 },
    Temporal.Instant.from(instant),
    calendar,
  ).length === 1

describe('who is on call', () => {
  const cases: readonly [string, OnCallDays, string, string, string, boolean][] = [
    ['at the first minute of their hours', 'working_days', '08:00', '20:00', '2026-11-24T08:00:00Z', true],
    ['and not at the last', 'working_days', '08:00', '20:00', '2026-11-24T20:00:00Z', false],
    ['not before', 'working_days', '08:00', '20:00', '2026-11-24T07:59:59Z', false],
    ['not on Saturday, where it is for working days', 'working_days', '08:00', '20:00', '2026-11-28T12:00:00Z', false],
    ['on Saturday, where it is for other days', 'other_days', '08:00', '20:00', '2026-11-28T12:00:00Z', true],
    ['on a bank holiday, where it is for other days', 'other_days', '08:00', '20:00', '2026-12-28T12:00:00Z', true],
    ['not on a bank holiday, where it is for working days', 'working_days', '08:00', '20:00', '2026-12-28T12:00:00Z', false],
    ['on every day on Christmas day', 'every_day', '08:00', '20:00', '2026-12-25T12:00:00Z', true],
    ['day and night', 'every_day', '00:00', '00:00', '2026-11-29T03:30:00Z', true],
    ['on the night after Friday, at three on Saturday', 'working_days', '20:00', '08:00', '2026-11-28T03:00:00Z', true],
    ['not at nine that Friday morning', 'working_days', '20:00', '08:00', '2026-11-27T09:00:00Z', false],
    ['not on the night after Saturday', 'working_days', '20:00', '08:00', '2026-11-28T23:00:00Z', false],
    ['all of a working day and into the next morning', 'working_days', '09:00', '09:00', '2026-11-28T08:59:00Z', true],
    ['by the clock of London in summer', 'every_day', '08:00', '20:00', '2026-07-01T07:00:00Z', true],
  ]
  test.each(cases)('%s', (_, days, from, until, instant, is) => {
    expect(at(days, from, until, instant)).toBe(is)
  })

  test('is a number in digits, hours that there are, and minutes of whole looks', () => {
    const asked = { seen: '0'.repeat(64), reason: 'x' }
    const person = { name: 'Site manager', number: '020 7946 0000 #2', email: '', days: 'every_day', from: '8:00', until: '20.30' }
    const read = (change: object, rest: object = {}) => onCallInput.safeParse({ people: [{ ...person, ...change }], ...rest, ...asked })
    expect(read({}).data?.people[0]).toMatchObject({ from: '08:00', until: '20:30' })
    for (const wrong of [
      { number: 'ask the desk' },
      { number: '' },
      { from: '24:00' },
      { until: 'noon' },
      { email: 'a@b, c@d' },
      { days: 'sundays' },
    ])
      expect(read(wrong).success).toBe(false)
    for (const patience of [0, 20, 135]) expect(read({}, { patience }).success).toBe(false)
  })
})
