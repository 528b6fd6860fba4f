import { describe, expect, it, test } from 'vitest'
import { clocksOf, firstRules, judgeRules, type Rule } from '../../../src/timeliness/index.ts'
import { calendar, day } from './days.ts'

const rule = (code: string) => firstRules.find((each) => each.code === code)!
const faults = (...rules: Rule[]) => judgeRules(rules).map(({ code, rule: of, version }) => [code, of, version].join(' '))

it('finds no fault in the limits that everybody begins with', () => {
  expect(judgeRules(firstRules)).toEqual([])
})

test.each<[string, Partial<Rule>, string]>([
  ['a limit of zero', { limit: 0 }, 'limit_out_of_range'],
  ['half a day', { limit: 0.5 }, 'limit_out_of_range'],
  ['no number', { limit: Number.NaN }, 'limit_out_of_range'],
  ['ten thousand days', { limit: 10_000 }, 'limit_out_of_range'],
  ['a unit that nobody counts in', { unit: 'moons' as 'hours' }, 'unknown_unit'],
  ['a start that never comes', { startEvent: 'full_moon' }, 'never_starts'],
  ['a stop that never comes', { stopEvent: 'full_moon' }, 'never_stops'],
  ['a stop of the organisation, for a concern', { stopEvent: 'duty_done' }, 'never_stops'],
  ['a stop that is its own start', { stopEvent: 'received' }, 'never_stops'],
  ['stops that each begin it anew, to the last', { stopEvent: 'updated', repeatsUntil: 'updated' }, 'never_stops'],
  ['30 February', { validFrom: day('2027-02-30') }, 'impossible_date'],
  ['a day in other words', { validFrom: day('tomorrow') }, 'impossible_date'],
  ['a first answer that may wait', { pauseCap: 5 }, 'must_not_move'],
  ['a first answer that may be moved', { extendable: true }, 'must_not_move'],
  ['a warning half a day before', { warnBefore: 0.5 }, 'days_out_of_range'],
  ['steps with no day between them', { escalateEvery: 0 }, 'days_out_of_range'],
])('names %s', (_, parts, code) => {
  expect(faults({ ...rule('T1'), ...parts })).toEqual([`${code} T1 1`])
})

describe('two versions of one limit', () => {
  const first = rule('T4')
  const next = (parts: Partial<Rule>): Rule => ({ ...first, version: 2, validFrom: day('2027-01-01'), ...parts })

  it('follow on each other', () => {
    expect(faults(first, next({ limit: 5 }))).toEqual([])
    expect(faults(next({ limit: 5 }), first)).toEqual([])
  })

  test.each<[string, Partial<Rule>, string]>([
    ['cannot hold from the same day', { validFrom: first.validFrom }, 'overlapping_validity'],
    ['cannot reach back before the one before', { validFrom: day('2017-01-01') }, 'overlapping_validity'],
    ['cannot have one number', { version: 1 }, 'overlapping_validity'],
    ['cannot be two clocks', { stopEvent: 'outcome_told' }, 'another_clock'],
  ])('%s', (_, parts, code) => {
    expect(faults(first, next(parts)).map((each) => each.split(' ')[0])).toEqual([code])
  })
})

it('a rule whose stops each begin it anew comes to an end all the same', () => {
  const endless: Rule = { ...rule('T6'), repeatsUntil: 'updated' }
  const events = ['2026-11-20', '2026-11-23', '2026-11-24'].map((on) => ({ kind: 'updated', on: day(on) }))
  expect(
    clocksOf([{ kind: 'decision_told', on: day('2026-11-20') }, ...events], [endless], calendar, day('2027-01-01')).length,
  ).toBeLessThan(5)
})
