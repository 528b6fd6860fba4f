import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type DateText } from '../../../src/kernel/index.ts'
import { onCallAt, onCallDays, onCallGaps, type OnCallDays, type OnCallPerson } from '../../../src/settings/index.ts'
import { createCalendar } from '../../../src/timeliness/index.ts'

const on = (days: OnCallDays, from: string, until: string): OnCallPerson => ({ name: 'A', number: '2222', email: '', days, from, until })
const gaps = (...people: OnCallPerson[]) => onCallGaps(people).map(({ days, from, until }) => `${days} ${from}-${until}`)

describe('hours that nobody covers', () => {
  test('are all of them where the list is empty, and none where somebody is there day and night', () => {
    expect(gaps()).toEqual(['working_days 00:00-24:00', 'other_days 00:00-24:00'])
    expect(gaps(on('every_day', '00:00', '00:00'))).toEqual([])
    expect(gaps(on('working_days', '08:00', '20:00'), on('working_days', '20:00', '08:00'), on('other_days', '08:00', '08:00'))).toEqual([])
  })

  test('are the rest of the day, and the weekend where only working days are covered', () => {
    expect(gaps(on('working_days', '08:00', '17:30'))).toEqual([
      'working_days 00:00-08:00',
      'working_days 17:30-24:00',
      'other_days 00:00-24:00',
    ])
  })

  test('are the morning after a night that nobody began: a shift of a working day ends on a Saturday', () => {
    expect(gaps(on('every_day', '08:00', '20:00'), on('working_days', '20:00', '08:00'))).toEqual([
      'working_days 00:00-08:00',
      'other_days 00:00-08:00',
      'other_days 20:00-24:00',
    ])
  })
})

test('there is no gap exactly where somebody is on call at every minute of four weeks with a bank holiday', { timeout: 60_000 }, () => {
  const calendar = createCalendar([{ date: '2026-12-25' }, { date: '2026-12-28' }])
  const time = fc.constantFrom('00:00', '06:00', '08:00', '20:00', '23:00')
  const person = fc
    .record({ days: fc.constantFrom(...onCallDays), from: time, until: time })
    .map(({ days, from, until }) => on(days, from, until))
  // From a Wednesday in winter; each kind of day follows each within it
  const hours = Array.from({ length: 28 * 24 }, (_, hour) => {
    const day = addDays('2026-12-02' as DateText, Math.floor(hour / 24))
    return Temporal.Instant.from(`${day}T${String(hour % 24).padStart(2, '0')}:30:00Z`)
  })
  fc.assert(
    fc.property(fc.array(person, { maxLength: 4 }), (people) => {
      const always = hours.every((hour) => onCallAt({ people, outside: '', patience: 30 }, hour, calendar).length > 0)
      expect(onCallGaps(people).length === 0).toBe(always)
    }),
    { numRuns: 60 },
  )
})
