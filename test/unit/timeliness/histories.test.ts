import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { clocksOf, createCalendar, firstRules, isOpen, type ClockReading, type TimelineEvent } from '../../../src/timeliness/index.ts'
import { pencil, type Pencilled } from './by-hand.ts'
import { calendar, day } from './days.ts'
import { anyFacts, anyHistory, anyRules, anyToday, dayAt, days } from './histories.ts'

const usual = { danger: false, returnChannel: true }
const key = ({ code, cycle, of, round }: Pick<ClockReading, 'code' | 'cycle' | 'of' | 'round'>) => [code, cycle, of, round].join(' ')
const byKey = (readings: readonly ClockReading[]) => new Map(readings.map((reading) => [key(reading), reading]))
const endOfTime = days.at(-1)!

function pencilled(reading: ClockReading): Pencilled {
  const { code, version, cycle, of, round, startedOn, firstDueOn, dueOn, state, pausedDays, extensions } = reading
  const { stoppedOn, endedBy } = reading
  return { code, version, cycle, of, round, startedOn, firstDueOn, dueOn, stoppedOn, endedBy, state, pausedDays, extensions }
}
const inOrder = (readings: readonly Pencilled[]) => readings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))

test('somebody with a wall calendar and a pencil comes to the same, clock for clock, in eight thousand histories', () => {
  let compared = 0
  fc.assert(
    fc.property(anyHistory, anyRules, anyToday, anyFacts, (events, { rules }, today, facts) => {
      const ours = clocksOf(events, rules, calendar, today, facts).map(pencilled)
      compared += ours.length
      expect(inOrder(ours)).toEqual(inOrder(pencil(events, rules, today, facts)))
    }),
    { numRuns: 8_000 },
  )
  expect(compared).toBeGreaterThan(30_000)
})

describe('whatever happens to a concern', () => {
  it('what was missed stays missed, and what was kept stays kept', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anyToday, anyToday, (events, more, one, other) => {
        const [earlier, later] = [one, other].toSorted() as [typeof one, typeof one]
        const before = events.filter(({ on }) => on <= earlier)
        const since = more.slice(1).filter(({ on }) => on > earlier)
        const then = byKey(clocksOf([...before, ...since], firstRules, calendar, later))
        for (const reading of clocksOf(before, firstRules, calendar, earlier)) {
          const now = then.get(key(reading))
          if (!isOpen(reading)) expect(now).toEqual(reading)
          if (reading.state === 'overdue') expect(['overdue', 'missed']).toContain(now?.state)
          if (reading.state === 'overdue') expect(now?.dueOn).toBe(reading.dueOn)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('no day that passes moves a due date', () => {
    fc.assert(
      fc.property(anyHistory, anyToday, (events, today) => {
        const past = events.filter(({ on }) => on <= today)
        const later = byKey(clocksOf(past, firstRules, calendar, endOfTime))
        for (const { dueOn, firstDueOn, startedOn, stoppedOn, ...reading } of clocksOf(past, firstRules, calendar, today))
          expect(later.get(key(reading))).toMatchObject({ dueOn, firstDueOn, startedOn, ...(stoppedOn !== undefined && { stoppedOn }) })
      }),
      { numRuns: 500 },
    )
  })

  it('the first answer is due when it was due, paused or moved by nothing', () => {
    const isMove = ({ kind }: TimelineEvent) => kind.startsWith('clock_')
    const first = (events: readonly TimelineEvent[]) => clocksOf(events, firstRules, calendar, endOfTime).find(({ code }) => code === 'T1')
    fc.assert(
      fc.property(anyHistory, (events) => {
        const reading = first(events)!
        expect(reading).toMatchObject({ dueOn: calendar.addWorkingDays(events[0]!.on, 2), pausedDays: 0, extensions: 0, pause: null })
        expect(first(events.filter((event) => !isMove(event)))).toEqual(reading)
      }),
    )
  })

  it('only keeping informed, concluding, sharing the outcome and an access request stand still, and never longer than they may', () => {
    const caps = new Map(firstRules.map(({ code, pauseCap }) => [code, pauseCap]))
    fc.assert(
      fc.property(anyHistory, anyToday, (events, today) => {
        for (const { code, pausedDays, pause, state } of clocksOf(events, firstRules, calendar, today)) {
          expect(pausedDays).toBeLessThanOrEqual(caps.get(code)!)
          expect(pausedDays).toBeGreaterThanOrEqual(0)
          if (pause !== null || state === 'paused') expect(['T6', 'T7', 'T8', 'T17']).toContain(code)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('a cycle that is over keeps its dates whatever comes in the next', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, (events, more) => {
        const reopened = { kind: 'reopened', on: events.at(-1)!.on }
        const next = more.slice(1).filter(({ on }) => on > reopened.on)
        const before = clocksOf([...events, reopened], firstRules, calendar, endOfTime)
        const after = byKey(clocksOf([...events, reopened, ...next], firstRules, calendar, endOfTime))
        for (const reading of before) if (!isOpen(reading)) expect(after.get(key(reading))).toEqual(reading)
        for (const { dueOn, ...reading } of before)
          if (!['T6', 'T7', 'T8', 'T10', 'T13', 'T17'].includes(reading.code)) expect(after.get(key(reading))?.dueOn).toBe(dueOn)
      }),
      { numRuns: 500 },
    )
  })

  it('a newer limit changes no clock that started before it holds', () => {
    fc.assert(
      fc.property(anyHistory, anyRules, fc.nat(500), (events, { rules }, from) => {
        const newer = firstRules.map((rule) => ({ ...rule, version: 99, limit: 1, validFrom: dayAt(from) }))
        const was = byKey(clocksOf(events, rules, calendar, endOfTime))
        for (const reading of clocksOf(events, [...rules, ...newer], calendar, endOfTime)) {
          // A round goes by the version under which the first of its clock began
          const began = reading.round === 1 ? reading.startedOn : null
          if (began !== null) expect(reading.version === 99).toBe(began >= dayAt(from))
          if (reading.version !== 99) expect(was.get(key(reading))).toEqual(reading)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('clocks that are told in another order of rules are the same', () => {
    fc.assert(
      fc.property(anyHistory, anyRules, anyToday, (events, { rules }, today) => {
        const one = clocksOf(events, rules, calendar, today).map(pencilled)
        const other = clocksOf(events, rules.toReversed(), calendar, today).map(pencilled)
        expect(inOrder(other)).toEqual(inOrder(one))
      }),
      { numRuns: 200 },
    )
  })
})

describe('standing still', () => {
  const begun = (until: string): TimelineEvent[] => [
    { kind: 'received', on: day('2026-11-20') },
    { kind: 'investigation_started', on: day('2026-11-23'), until: day(until) },
  ]
  const paused = (on: string, until: string): TimelineEvent => ({ kind: 'clock_paused', on: day(on), clock: 'T7', until: day(until) })
  const t7 = (today: string, ...events: TimelineEvent[]) =>
    clocksOf(events, firstRules, calendar, day(today), usual).find(({ code }) => code === 'T7')!

  it('a pause that was to end before it began is none', () => {
    expect(t7('2026-12-04', ...begun('2026-12-15'), paused('2026-12-01', '2026-11-26'))).toMatchObject({
      dueOn: '2026-12-15',
      pausedDays: 0,
      state: 'running',
    })
  })

  it('no day stands still twice where one pause begins in another', () => {
    const both = [paused('2026-12-01', '2026-12-08'), paused('2026-12-03', '2026-12-10')]
    expect(t7('2026-12-09', ...begun('2026-12-15'), ...both)).toMatchObject({ pausedDays: 7, dueOn: '2026-12-24', state: 'paused' })
  })

  it('cannot be late, not even where it is answered on the Saturday after the Friday on which it was due', () => {
    const events = [...begun('2026-12-11'), paused('2026-12-11', '2026-12-16')]
    expect(t7('2026-12-12', ...events).state).toBe('paused')
    expect(t7('2026-12-20', ...events, { kind: 'report_approved', on: day('2026-12-12') }).state).toBe('met')
  })
})

it('an agreed date for the next word moves the round that begins with telling it, and no other', () => {
  const told = [
    { kind: 'received', on: day('2026-11-20') },
    { kind: 'decision_told', on: day('2026-11-23') },
  ]
  const moved = [
    { kind: 'clock_extended', on: day('2026-12-01'), clock: 'T6', until: day('2027-02-01') },
    { kind: 'updated', on: day('2026-12-01') },
  ]
  const rounds = clocksOf([...told, ...moved], firstRules, calendar, day('2026-12-02'), usual).filter(({ code }) => code === 'T6')
  expect(rounds.map(({ round, dueOn, extensions, state }) => [round, dueOn, extensions, state])).toEqual([
    [1, '2026-12-21', 0, 'met'],
    [2, '2027-02-01', 1, 'running'],
  ])
})

it('the comparator of a concern that was withdrawn within its first week is not needed, and late on no day', () => {
  const events = [
    { kind: 'received', on: day('2026-11-20') },
    { kind: 'withdrawn', on: day('2026-11-23') },
  ]
  const read = (today: string) => clocksOf(events, firstRules, calendar, day(today), usual).filter(({ code }) => code === 'T9')
  expect(read('2026-11-24').concat(read('2027-12-01'))).toMatchObject([{ state: 'not_applicable' }, { state: 'not_applicable' }])
})

test('a bank holiday that is added moves what is due on it or after it, by one working day at most, and nothing else', () => {
  fc.assert(
    fc.property(anyHistory, anyToday, fc.nat(600), (events, today, at) => {
      const holiday = dayAt(at)
      const other = createCalendar([
        ...(function* () {
          for (let index = 0; index < days.length; index += 1) {
            const date = days[index]!
            if ((!calendar.isWorkingDay(date) && Temporal.PlainDate.from(date).dayOfWeek < 6) || date === holiday) yield { date }
          }
        })(),
      ])
      const t1 = (which: typeof calendar) => clocksOf(events, firstRules, which, today, usual).find(({ code }) => code === 'T1')
      const [before, after] = [t1(calendar), t1(other)]
      if (before === undefined) return
      const moved = calendar.isWorkingDay(holiday) && before.startedOn < holiday && holiday <= before.dueOn
      expect(after!.dueOn).toBe(moved ? calendar.addWorkingDays(before.dueOn, 1) : before.dueOn)
    }),
    { numRuns: 30 },
  )
})
