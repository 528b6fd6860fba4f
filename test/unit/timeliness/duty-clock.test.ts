import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourClock } from '../../../src/timeliness/index.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('a limit in hours', () => {
  test('counts nights, weekends, holidays and the hour that the clock is put back', () => {
    const aware = at('2026-12-24T16:00:00Z')
    expect(hourClock(72, aware, null, aware).dueAt.toString()).toBe('2026-12-27T16:00:00Z')
    // Friday 17:00 in summer is Monday 16:00 in winter
    const autumn = Temporal.ZonedDateTime.from('2026-10-23T17:00[Europe/London]').toInstant()
    expect(hourClock(72, autumn, null, autumn).dueAt.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString()).toBe(
      '2026-10-26T16:00:00',
    )
  })

  test.each([
    ['2026-11-20T09:00:00Z', null, 'running', '72 hours left'],
    ['2026-11-22T09:30:00Z', null, 'running', '23 hours left'],
    ['2026-11-23T08:30:00Z', null, 'running', 'Less than 1 hour left'],
    ['2026-11-23T09:00:00Z', null, 'running', 'Less than 1 hour left'],
    ['2026-11-23T09:00:01Z', null, 'overdue', 'Overdue by less than 1 hour'],
    ['2026-11-23T10:30:00Z', null, 'overdue', 'Overdue by 1 hour'],
    ['2027-01-01T00:00:00Z', '2026-11-23T09:00:00Z', 'met', 'Done in time'],
    ['2027-01-01T00:00:00Z', '2026-11-23T15:00:00Z', 'missed', 'Done late by 6 hours'],
  ])('at %s, done %s, is %s: %s', (now, done, state, words) => {
    expect(hourClock(72, at('2026-11-20T09:00:00Z'), done === null ? null : at(done), at(now))).toMatchObject({ state, words })
  })

  test('once missed stays missed, whenever it is looked at', () => {
    const hours = fc.integer({ min: 1, max: 500 })
    fc.assert(
      fc.property(hours, hours, hours, (limit, taken, later) => {
        const began = at('2026-11-20T09:00:00Z')
        const done = began.add({ hours: taken })
        const { state } = hourClock(limit, began, done, done.add({ hours: later }))
        return state === (taken > limit ? 'missed' : 'met') && state === hourClock(limit, began, done, done).state
      }),
    )
  })

  test('is a whole number of them', () => {
    for (const hours of [0, -1, 1.5])
      expect(() => hourClock(hours, at('2026-11-20T09:00:00Z'), null, at('2026-11-20T09:00:00Z'))).toThrow(RangeError)
  })
})
