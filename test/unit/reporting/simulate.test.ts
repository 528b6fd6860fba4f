import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clocksIn, timelineOf } from '../../../src/concerns/index.ts'
import { addDays, type DateText } from '../../../src/kernel/index.ts'
import type { ReckonClocks } from '../../../src/reporting/dependencies.ts'
import { compare, judgeTwice, supposedRules } from '../../../src/reporting/simulate.ts'
import { createCalendar, firstRules } from '../../../src/timeliness/index.ts'

const reckon: ReckonClocks = (raisedOn, entries, by, on) => clocksIn(timelineOf(raisedOn, entries), by, on)
const by = { rules: firstRules, calendar: createCalendar([]) }
const monday = '2026-11-02' as DateText
const on = '2026-12-31' as DateText

const entry = (kind: string, day: DateText, fields: object = {}) => ({ kind, on: day, text: JSON.stringify({ fields }) }) as never
/** Acknowledged so many days after Monday, and resolved. */
const concern = (alias: string, days: number) => ({
  id: alias,
  alias,
  raisedOn: monday,
  entries: [entry('concern_acknowledged', addDays(monday, days)), entry('concern_resolved', addDays(monday, days + 1), {})],
})

test('a tighter limit turns kept promises into broken ones, and names them; the limit in force stays what it is', () => {
  const concerns = [concern('a', 0), concern('b', 1), concern('c', 2), concern('d', 4)]
  const before = structuredClone(firstRules)
  const found = compare(judgeTwice(concerns, { code: 'T1', limit: 1, unit: 'working_days' }, by, on, reckon))
  expect(found).toMatchObject({ clocks: 4, leftOut: 0, metNowMissed: 1, missedNowMet: 0 })
  expect(found.before).toEqual({ met: 3, missed: 1, metPercent: 75, medianLateness: 2 })
  expect(found.after).toEqual({ met: 2, missed: 2, metPercent: 50, medianLateness: 1 })
  expect(found.changed.map(({ concern: alias, before: was, after: is }) => [alias, was.outcome, is.outcome, is.dueOn])).toEqual([
    ['c', 'met', 'missed', '2026-11-03'],
  ])
  expect(firstRules).toEqual(before)
})

test('a limit that is supposed to be what it is changes no verdict', () => {
  const own = firstRules.filter(({ scope, dueFrom, code }) => scope === 'concern' && dueFrom !== 'set' && code !== 'T9')
  fc.assert(
    fc.property(fc.constantFrom(...own), fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }), (rule, days) => {
      const concerns = days.map((each, index) => concern(String(index), each))
      const found = compare(judgeTwice(concerns, { code: rule.code, limit: rule.limit, unit: rule.unit }, by, on, reckon))
      expect(found.changed).toEqual([])
      expect(found.before).toEqual(found.after)
    }),
  )
})

test('a longer limit never breaks a promise that a shorter one kept', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }),
      (limit, more, days) => {
        const concerns = days.map((each, index) => concern(String(index), each))
        const met = (each: number) =>
          compare(judgeTwice(concerns, { code: 'T1', limit: each, unit: 'working_days' }, by, on, reckon)).after.met
        expect(met(limit + more)).toBeGreaterThanOrEqual(met(limit))
      },
    ),
  )
})

test('the supposed limit holds for every day, however the limit in force came to be', () => {
  const newer = { ...firstRules[0]!, version: 2, limit: 9, validFrom: '2026-11-10' as DateText }
  const rules = supposedRules([...firstRules, newer], { code: 'T1', limit: 3, unit: 'working_days' })
  expect(rules.filter(({ code }) => code === 'T1')).toMatchObject([{ limit: 3, version: 3, validFrom: '2018-01-01' }])
  expect(rules.filter(({ code }) => code !== 'T1')).toEqual(firstRules.filter(({ code }) => code !== 'T1'))
})
