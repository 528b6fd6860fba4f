import { describe, expect, it, test } from 'vitest'
import { clocksOf, firstRules, nextClock, type Rule, type TimelineEvent, type TimelineFacts } from '../../../src/timeliness/index.ts'
import { calendar, day } from './days.ts'

const at = (kind: string, on: string, more: Omit<TimelineEvent, 'kind' | 'on' | 'until'> & { until?: string } = {}): TimelineEvent => {
  const { until, ...rest } = more
  return { kind, on: day(on), ...rest, ...(until !== undefined && { until: day(until) }) }
}
const received = at('received', '2026-11-20')
const usual: TimelineFacts = { danger: false, returnChannel: true }

function clocks(today: string, events: readonly TimelineEvent[], facts = usual, rules: readonly Rule[] = firstRules) {
  return clocksOf(events, rules, calendar, day(today), facts)
}
const clock = (code: string, today: string, ...events: TimelineEvent[]) => clocks(today, events).filter((reading) => reading.code === code)

describe('the first limits of an organisation', () => {
  it('are T1 to T13 of a concern and T14 to T19 of the organisation, each with what stands behind it', () => {
    const codes = (scope: string) => firstRules.filter((rule) => rule.scope === scope).map(({ code }) => code)
    expect(codes('concern')).toEqual(['T1', 'T2', 'T2d', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11a', 'T11b', 'T12', 'T13'])
    expect(codes('organisation')).toEqual(['T14', 'T15', 'T16', 'T17', 'T18', 'T19'])
    expect(firstRules.filter(({ source }) => source.length < 20)).toEqual([])
  })

  it('never pass a foreign or a local figure for the law', () => {
    const forceOf = (code: string) => firstRules.find((rule) => rule.code === code)?.force
    expect(['T1', 'T4', 'T6', 'T7', 'T8', 'T10', 'T13'].map(forceOf)).toEqual(Array(7).fill('LOCAL'))
    expect(forceOf('T9')).toBe('COMPARATOR')
    expect(['T17', 'T18', 'T19'].map(forceOf)).toEqual(['STATUTORY', 'STATUTORY', 'STATUTORY'])
  })

  it('let only keeping informed, concluding and sharing the outcome stand still, and an access request; never the first answer', () => {
    expect(firstRules.filter(({ pauseCap }) => pauseCap > 0).map(({ code }) => code)).toEqual(['T6', 'T7', 'T8', 'T17'])
  })
})

describe('which clocks run', () => {
  it('a concern that came in: acknowledge, look at the risk, the first talk; and the comparator only in its own report', () => {
    expect(clocks('2026-11-20', [received]).map(({ code, dueOn }) => [code, dueOn])).toEqual([
      ['T1', '2026-11-24'],
      ['T2', '2026-11-23'],
      ['T3', '2026-11-27'],
    ])
    expect(nextClock(clocks('2026-11-20', [received]))?.code).toBe('T2')
  })

  it('where somebody says there is danger the risk is looked at the same day', () => {
    const codes = clocks('2026-11-20', [received], { ...usual, danger: true }).map(({ code, dueOn, words }) => [code, dueOn, words])
    expect(codes).toContainEqual(['T2d', '2026-11-20', 'Due today'])
    expect(codes.map(([code]) => code)).not.toContain('T2')
  })

  it('nothing is promised to whom no word can reach', () => {
    const events = [received, at('acknowledged', '2026-11-23'), at('decision_told', '2026-11-25'), at('outcome_told', '2026-12-01')]
    const codes = clocks('2026-12-02', events, { ...usual, returnChannel: false }).map((reading) => reading.code)
    expect(codes).not.toEqual(expect.arrayContaining(['T3']))
    expect(codes.filter((code) => ['T6', 'T11a', 'T11b', 'T12'].includes(code))).toEqual([])
  })

  it('the comparator starts with the answer, or a week after receipt where none was given', () => {
    expect(clock('T9', '2026-12-20', received)[0]).toMatchObject({ startedOn: '2026-11-27', dueOn: '2027-02-27', shownTo: 'auditor' })
    expect(clock('T9', '2026-12-20', received, at('acknowledged', '2026-11-24'))[0]?.startedOn).toBe('2026-11-24')
    expect(clock('T9', '2026-12-20', received, at('acknowledged', '2026-12-04'))[0]?.startedOn).toBe('2026-11-27')
  })
})

describe('keeping the person informed', () => {
  const told = [received, at('decision_told', '2026-11-23')]

  it('begins anew with every word, and ends with the outcome', () => {
    const rounds = clock(
      'T6',
      '2027-02-01',
      ...told,
      at('updated', '2026-12-01'),
      at('updated', '2027-01-08'),
      at('outcome_told', '2027-01-20'),
    )
    expect(rounds.map(({ round, startedOn, dueOn, stoppedOn, state }) => [round, startedOn, dueOn, stoppedOn, state])).toEqual([
      [1, '2026-11-23', '2026-12-21', '2026-12-01', 'met'],
      [2, '2026-12-01', '2026-12-31', '2027-01-08', 'missed'],
      [3, '2027-01-08', '2027-02-05', '2027-01-20', 'met'],
    ])
  })

  it('is not answered by the word that began it, nor twice by two words of one day', () => {
    const rounds = clock('T6', '2026-11-24', ...told, at('updated', '2026-11-23'), at('updated', '2026-11-24'), at('updated', '2026-11-24'))
    expect(rounds.map(({ round, state }) => [round, state])).toEqual([
      [1, 'met'],
      [2, 'running'],
    ])
  })
})

describe('concluding an investigation', () => {
  const begun = (until: string) => [received, at('acknowledged', '2026-11-20'), at('investigation_started', '2026-11-23', { until })]

  it('is due on the date the person was told, but never later than the limit', () => {
    expect(clock('T7', '2026-11-24', ...begun('2026-12-15'))[0]?.dueOn).toBe('2026-12-15')
    expect(clock('T7', '2026-11-24', ...begun('2027-11-15'))[0]?.dueOn).toBe('2027-02-18')
  })

  it('moves with an extension, and keeps the date that stood first', () => {
    const moved = at('clock_extended', '2026-12-14', { clock: 'T7', until: '2027-01-15' })
    expect(clock('T7', '2026-12-20', ...begun('2026-12-15'), moved)[0]).toMatchObject({
      firstDueOn: '2026-12-15',
      dueOn: '2027-01-15',
      extensions: 1,
      state: 'running',
    })
  })

  it('cannot be extended once it is late: missed stays missed', () => {
    const late = at('clock_extended', '2026-12-16', { clock: 'T7', until: '2027-01-15' })
    const done = at('report_approved', '2026-12-18')
    expect(clock('T7', '2026-12-20', ...begun('2026-12-15'), late, done)[0]).toMatchObject({
      state: 'missed',
      extensions: 0,
      dueOn: '2026-12-15',
    })
  })

  it('stands still while it is paused, goes on after it, and says so', () => {
    const pause = at('clock_paused', '2026-12-01', { clock: 'T7', until: '2026-12-08' })
    expect(clock('T7', '2026-12-02', ...begun('2026-12-15'), pause)[0]).toMatchObject({
      state: 'paused',
      words: 'Paused until 8 December 2026',
      dueOn: '2026-12-22',
      pausedDays: 5,
    })
    const resumed = at('clock_resumed', '2026-12-03', { clock: 'T7' })
    expect(clock('T7', '2026-12-04', ...begun('2026-12-15'), pause, resumed)[0]).toMatchObject({
      state: 'running',
      dueOn: '2026-12-17',
      pausedDays: 2,
    })
  })

  it('is paused for forty working days in all and no longer', () => {
    const pauses = ['2026-11-24', '2026-12-14'].map((on) => at('clock_paused', on, { clock: 'T7' }))
    const reading = clock('T7', '2027-06-01', ...begun('2026-12-15'), ...pauses)[0]
    expect(reading).toMatchObject({ pausedDays: 40, state: 'overdue' })
    expect(calendar.workingDaysBetween(day('2026-12-15'), reading!.dueOn)).toBe(40)
  })
})

test('the first answer cannot be paused or extended, whatever the log says', () => {
  const tricks = [
    at('clock_paused', '2026-11-20', { clock: 'T1' }),
    at('clock_extended', '2026-11-20', { clock: 'T1', until: '2027-01-01' }),
  ]
  expect(clock('T1', '2026-11-26', received, ...tricks)[0]).toMatchObject({
    dueOn: '2026-11-24',
    state: 'overdue',
    pausedDays: 0,
    extensions: 0,
  })
})

describe('reports and tasks have clocks of their own', () => {
  it('each report of bad treatment from its own day', () => {
    const readings = clock(
      'T10',
      '2026-12-10',
      received,
      at('detriment_reported', '2026-12-01', { of: 'a' }),
      at('detriment_reported', '2026-12-02', { of: 'b' }),
      at('detriment_planned', '2026-12-03', { of: 'a' }),
    )
    expect(readings.map(({ of, state, dueOn }) => [of, state, dueOn])).toEqual([
      ['a', 'met', '2026-12-03'],
      ['b', 'overdue', '2026-12-04'],
    ])
  })

  it('each task by its own date, moved only for itself', () => {
    const events = [
      received,
      at('task_set', '2026-12-01', { of: 'a', until: '2026-12-20' }),
      at('task_set', '2026-12-01', { of: 'b', until: '2026-12-20' }),
      at('clock_extended', '2026-12-10', { clock: 'T13', of: 'b', until: '2027-01-10' }),
      at('task_passed_on', '2026-12-12', { of: 'a' }),
    ]
    expect(clock('T13', '2026-12-21', ...events).map(({ of, state, dueOn }) => [of, state, dueOn])).toEqual([
      ['a', 'not_applicable', '2026-12-20'],
      ['b', 'running', '2027-01-10'],
    ])
  })
})

describe('a concern that is reopened', () => {
  const first = [
    received,
    at('acknowledged', '2026-11-23'),
    at('decision_told', '2026-11-25'),
    at('outcome_told', '2026-12-01'),
    at('reopened', '2026-12-10'),
  ]

  it('has a second cycle of clocks, which begins with the reopening; the first cycle stays as it was', () => {
    const readings = clocks('2026-12-11', first).filter(({ code }) => code === 'T4' || code === 'T1')
    expect(readings.map(({ code, cycle, state, startedOn }) => [code, cycle, state, startedOn])).toEqual([
      ['T1', 1, 'met', '2026-11-20'],
      ['T4', 1, 'met', '2026-11-23'],
      ['T4', 2, 'running', '2026-12-10'],
    ])
  })

  it('is asked about bad treatment by its new outcome, not by the old one', () => {
    const readings = clock('T11a', '2027-01-20', ...first, at('decision_told', '2026-12-14'), at('outcome_told', '2027-01-11'))
    expect(readings.map(({ cycle, state, endedBy, dueOn }) => [cycle, state, endedBy, dueOn])).toEqual([
      [1, 'not_applicable', 'reopened', '2027-03-01'],
      [2, 'running', undefined, '2027-04-11'],
    ])
  })

  it('cannot undo what was missed before', () => {
    const late = [received, at('acknowledged', '2026-11-30'), at('decision_told', '2026-12-31'), at('outcome_told', '2027-01-05')]
    const before = clocks('2027-01-05', late).filter(({ state }) => state === 'missed')
    const after = clocks('2027-01-12', [...late, at('reopened', '2027-01-12')]).filter(
      ({ state, cycle }) => state === 'missed' && cycle === 1,
    )
    expect(before.map(({ code }) => code)).toEqual(['T1', 'T3', 'T4'])
    expect(after).toEqual(before)
  })
})
