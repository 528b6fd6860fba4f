import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparisonForLeads, figuresForLeads } from '../../../src/reporting/leads-figures.ts'
import type { TimelinessFigures } from '../../../src/reporting/read-report.ts'

/** A report of a house in which so many clocks of a limit stand as they stand, all of them drawn from nothing but these numbers. */
function report({ met, missed, overdue }: { readonly met: number; readonly missed: number; readonly overdue: number }): TimelinessFigures {
  const denominator = met + missed + overdue
  return {
    calendarPublishedOn: null,
    limitsPublishedOn: null,
    population: { raised: denominator, inLog: denominator, waiting: 0, recordedToday: 0, reported: denominator },
    rules: [
      {
        ...{
          code: 'T1',
          version: 1,
          label: 'Acknowledge',
          limit: 2,
          unit: 'working_days',
          dueFrom: 'limit',
          force: 'LOCAL',
          source: 'Ours',
        },
        ...{
          denominator,
          met,
          missed,
          overdue,
          running: 0,
          paused: 0,
          metPercent: 12.3,
          excluded: [{ reason: 'withdrawn', count: missed }],
        },
        ...{ median: 3, p90: 8, longestOpen: 41, lateWithoutEscalation: missed },
        estimate: { median: 3, p90: 8, steps: [{ day: 1, atRisk: denominator, stopped: met, censored: 0, open: 0.5 }] },
        moved: { clocks: missed, pausedDays: 7, extensions: 1, metByDue: 1, metByFirstDue: 0 },
      },
    ],
    months: [{ code: 'T1', month: '2026-11', met, missed, overdue, running: 0, paused: 0, excluded: 0 }],
    backDating: { recordedForOthers: missed, lagOverTwo: missed, longestLag: 9 },
    limitsChanged: [],
    counts: [{ kind: 'identity_viewed', count: missed }],
  } as Omit<TimelinessFigures, 'period'> as TimelinessFigures
}

test('one or two late ones, of whom a lead might be the one accused, leave no trace in what leads get', () => {
  for (const missed of [1, 2])
    expect(figuresForLeads(report({ met: 40, missed, overdue: 0 }))).toEqual(figuresForLeads(report({ met: 40, missed: 0, overdue: 0 })))
  expect(figuresForLeads(report({ met: 0, missed: 1, overdue: 1 })).rules).toEqual([])
})

test('every count that leads get is a multiple of five, and nothing tells of one clock', () => {
  const number = fc.nat(500)
  fc.assert(
    fc.property(number, number, number, (met, missed, overdue) => {
      const { rules, months, population, backDating, counts } = figuresForLeads(report({ met, missed, overdue }))
      const numbers = [
        ...rules.flatMap(({ denominator, met, missed, overdue, lateWithoutEscalation, moved, excluded }) => [
          ...[denominator, met, missed, overdue, lateWithoutEscalation ?? 0],
          ...Object.values(moved),
          ...excluded.map(({ count }) => count),
        ]),
        ...months.flatMap(({ met, missed, overdue }) => [met, missed, overdue]),
        ...Object.values(population),
        ...[backDating.recordedForOthers, backDating.lagOverTwo],
        ...counts.map(({ count }) => count),
      ]
      expect(numbers.filter((each) => each % 5 !== 0)).toEqual([])
      for (const { median, p90, longestOpen, estimate, metPercent, met, missed, overdue } of rules) {
        expect([median, p90, longestOpen, estimate.median, estimate.p90, estimate.steps]).toEqual([null, null, null, null, null, []])
        const decided = met + missed + overdue
        expect(metPercent).toBe(decided === 0 ? null : Math.round((met * 1000) / decided) / 10)
      }
      expect(backDating.longestLag).toBeNull()
    }),
  )
})

test('a limit that is only supposed is judged for them in the same way', () => {
  const verdicts = { met: 11, missed: 2, metPercent: 84.6, medianLateness: 3 }
  const shown = comparisonForLeads({
    clocks: 13,
    leftOut: 1,
    before: verdicts,
    after: { ...verdicts, met: 13, missed: 0 },
    metNowMissed: 0,
    missedNowMet: 2,
  })
  expect(shown).toEqual({
    ...{ clocks: 15, leftOut: 0, metNowMissed: 0, missedNowMet: 0 },
    before: { met: 10, missed: 0, metPercent: 100, medianLateness: null },
    after: { met: 15, missed: 0, metPercent: 100, medianLateness: null },
  })
})
