import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { clocksOf, describeDue, dueInstant, firstRules, nextClock, type Rule, type TimelineEvent } from '../../../src/timeliness/index.ts'
import { anyDay, calendar, day } from './days.ts'

const t1Rules = firstRules.filter(({ code }) => code === 'T1')
const received = (on: string): TimelineEvent => ({ kind: 'received', on: day(on) })
const acknowledged = (on: string): TimelineEvent => ({ kind: 'acknowledged', on: day(on) })
const t1On = (today: string, ...events: TimelineEvent[]) => clocksOf(events, t1Rules, calendar, day(today))[0]

describe('the clock from receipt to the first answer by a person (T1)', () => {
  test.each([
    ['Friday, the day it came', '2026-11-20', 'running', 2, '2 working days left'],
    ['Saturday', '2026-11-21', 'running', 2, '2 working days left'],
    ['Monday', '2026-11-23', 'running', 1, '1 working day left'],
    ['Tuesday, the last day', '2026-11-24', 'running', 0, 'Due today'],
    ['Wednesday', '2026-11-25', 'overdue', -1, 'Overdue by 1 working day'],
    ['the Thursday after', '2026-11-26', 'overdue', -2, 'Overdue by 2 working days'],
  ])('received on a Friday, on %s (%s) is %s', (_, today, state, workingDaysLeft, words) => {
    expect(t1On(today, received('2026-11-20'))).toMatchObject({ dueOn: '2026-11-24', state, workingDaysLeft, words })
  })

  it('is met by an answer on the last day', () => {
    const clock = t1On('2026-12-15', received('2026-11-20'), acknowledged('2026-11-24'))
    expect(clock).toMatchObject({ state: 'met', stoppedOn: '2026-11-24', workingDaysLeft: 0, words: 'Done in time' })
  })

  it('is missed by an answer a day later, and stays missed', () => {
    const clock = t1On('2026-12-15', received('2026-11-20'), acknowledged('2026-11-25'))
    expect(clock).toMatchObject({ state: 'missed', stoppedOn: '2026-11-25', workingDaysLeft: -1, words: 'Done late by 1 working day' })
  })

  it('is not stopped by an automatic reply', () => {
    expect(t1On('2026-11-25', received('2026-11-20'), { kind: 'automatic_reply', on: day('2026-11-20') })?.state).toBe('overdue')
  })

  it('starts at the earliest receipt and stops at the first answer, in whatever order they are told', () => {
    const clock = t1On('2026-11-30', acknowledged('2026-11-27'), received('2026-11-23'), acknowledged('2026-11-24'), received('2026-11-20'))
    expect(clock).toMatchObject({ startedOn: '2026-11-20', stoppedOn: '2026-11-24', state: 'met' })
  })

  it('does not run before anything was received', () => {
    expect(clocksOf([acknowledged('2026-11-20')], t1Rules, calendar, day('2026-11-20'))).toEqual([])
  })

  it('says that the limit is local and where the figure comes from', () => {
    const clock = t1On('2026-11-20', received('2026-11-20'))
    expect(clock?.force).toBe('LOCAL')
    expect(clock?.source).toMatch(/local limit.*April 2016.*June 2022 sets no number/i)
  })

  it('once missed is missed on every later day, whatever else happens', () => {
    fc.assert(
      fc.property(anyDay(60), fc.nat(30), fc.nat(30), fc.array(fc.nat(30)), (start, answeredAfter, lookedAfter, laterAnswers) => {
        const plus = (days: number) => day(Temporal.PlainDate.from(start).add({ days }).toString())
        const answers = [answeredAfter, ...laterAnswers.map((more) => answeredAfter + more)].map((days) => acknowledged(plus(days)))
        const clock = t1On(plus(answeredAfter + lookedAfter), received(start), ...answers)
        expect(clock?.state).toBe(plus(answeredAfter) > calendar.addWorkingDays(start, 2) ? 'missed' : 'met')
      }),
    )
  })
})

describe('a rule is a row', () => {
  const rule = (parts: Partial<Rule>): Rule => ({ ...t1Rules[0]!, ...parts })
  const dueUnder = (...rules: Rule[]) => clocksOf([received('2026-11-20')], rules, calendar, day('2026-11-20')).map((clock) => clock.dueOn)

  test.each([
    ['working days', rule({ limit: 10 }), '2026-12-04'],
    ['calendar days', rule({ limit: 30, unit: 'calendar_days' }), '2026-12-20'],
    ['calendar months', rule({ limit: 3, unit: 'calendar_months' }), '2027-02-20'],
  ])('may count %s', (_, row, due) => {
    expect(dueUnder(row)).toEqual([due])
  })

  it('ends a month that is too short on its last day', () => {
    const [clock] = clocksOf([received('2027-01-31')], [rule({ limit: 1, unit: 'calendar_months' })], calendar, day('2027-01-31'))
    expect(clock?.dueOn).toBe('2027-02-28')
  })

  it('times any pair of named events, several clocks side by side', () => {
    const detriment = rule({ code: 'T10', startEvent: 'detriment_reported', stopEvent: 'detriment_assessed', limit: 1 })
    const events = [received('2026-11-20'), { kind: 'detriment_reported', on: day('2026-11-23') }]
    const clocks = clocksOf(events, [...t1Rules, detriment], calendar, day('2026-11-23'))
    expect(clocks.map((clock) => [clock.code, clock.dueOn])).toEqual([
      ['T1', '2026-11-24'],
      ['T10', '2026-11-24'],
    ])
  })

  it('does not reach back: a concern keeps the limit in force on the day its clock started', () => {
    const longer = rule({ version: 2, limit: 5, validFrom: day('2026-11-21') })
    expect(dueUnder(rule({}), longer)).toEqual(['2026-11-24'])
    expect(dueUnder(rule({}), rule({ ...longer, validFrom: day('2026-11-20') }))).toEqual(['2026-11-27'])
    expect(dueUnder(longer)).toEqual([])
  })

  it('puts in the queue the limit that comes first among those still open', () => {
    const rules = [rule({}), rule({ code: 'T2', stopEvent: 'graded', limit: 1 }), rule({ code: 'T4', stopEvent: 'decided', limit: 10 })]
    const clocks = clocksOf([received('2026-11-20'), { kind: 'graded', on: day('2026-11-20') }], rules, calendar, day('2026-11-20'))
    expect(nextClock(clocks)?.code).toBe('T1')
    expect(nextClock(clocks.toReversed())?.code).toBe('T1')
    expect(nextClock(clocks.filter((clock) => clock.code === 'T2'))).toBeNull()
  })
})

describe('a clock that still ran when the person withdrew', () => {
  const withdrawn = (on: string) => ({ kind: 'withdrawn', on: day(on) })
  const read = (...events: Parameters<typeof clocksOf>[0]) => clocksOf(events, t1Rules, calendar, day('2027-03-01'))

  it('is not needed any more, runs out no further and leaves the queue', () => {
    const clocks = read(received('2026-11-20'), withdrawn('2026-11-24'))
    expect(clocks).toMatchObject([{ state: 'not_applicable', dueOn: '2026-11-24', words: 'Not needed: withdrawn' }])
    expect(nextClock(clocks)).toBeNull()
  })

  it('stays missed where it had run out by then, and met where it was kept', () => {
    expect(read(received('2026-11-20'), withdrawn('2026-11-25'))).toMatchObject([{ state: 'missed', words: 'Not done in time' }])
    expect(read(received('2026-11-20'), { kind: 'acknowledged', on: day('2026-11-23') }, withdrawn('2026-11-24'))).toMatchObject([
      { state: 'met' },
    ])
  })

  it('reads the same after reopening as before it', () => {
    fc.assert(
      fc.property(anyDay(60), fc.nat(20), fc.nat(40), (start, answered, reopened) => {
        const on = (days: number) => Temporal.PlainDate.from(start).add({ days }).toString() as DateText
        const events = [received(start), { kind: 'acknowledged', on: on(answered) }]
        const again = [...events, { kind: 'reopened', on: on(answered + reopened) }]
        expect(clocksOf(again, t1Rules, calendar, on(60))).toEqual(clocksOf(events, t1Rules, calendar, on(60)))
      }),
    )
  })
})

describe('the words for a due date', () => {
  const words = (due: string, today: string) => describeDue(day(due), day(today), calendar)

  test.each([
    ['2026-11-20', '2026-11-20', 'Due today'],
    ['2026-11-20', '2026-11-21', 'Overdue by less than 1 working day'],
    ['2026-11-20', '2026-11-23', 'Overdue by 1 working day'],
    ['2026-12-24', '2026-12-29', 'Overdue by 1 working day'],
    ['2026-12-24', '2026-12-30', 'Overdue by 2 working days'],
    ['2026-11-23', '2026-11-22', '1 working day left'],
    ['2026-11-22', '2026-11-21', 'Less than 1 working day left'],
    ['2026-12-30', '2026-12-24', '2 working days left'],
  ])('due %s, seen on %s: %s', (due, today, expected) => {
    expect(words(due, today)).toBe(expected)
  })

  it('call it overdue on exactly the days the clock does', () => {
    fc.assert(
      fc.property(anyDay(30), fc.nat(20), (start, later) => {
        const today = Temporal.PlainDate.from(start).add({ days: later }).toString() as DateText
        const clock = t1On(today, received(start))!
        expect(clock.words.startsWith('Overdue')).toBe(clock.state === 'overdue')
        expect(clock.words).toBe(describeDue(clock.dueOn, today, calendar))
      }),
    )
  })
})

describe('the last moment of a due date', () => {
  test.each([
    ['2026-11-24', '2026-11-24T23:59:59.999Z', 'winter time'],
    ['2026-07-01', '2026-07-01T22:59:59.999Z', 'summer time'],
    ['2026-03-29', '2026-03-29T22:59:59.999Z', 'the day the clocks go forward'],
    ['2026-10-25', '2026-10-25T23:59:59.999Z', 'the day the clocks go back'],
  ])('%s ends at %s: %s', (due, instant) => {
    expect(dueInstant(day(due)).toString()).toBe(instant)
  })
})
