import Holidays from 'date-holidays'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { londonDate } from '../../../src/kernel/index.ts'
import { createCalendar } from '../../../src/timeliness/index.ts'
import { createChance } from '../../support/honest-log/chance.ts'
import { anyDay, bankHolidays, calendar, day, everyDay, firstDay, lastDay } from './days.ts'

describe('two working days from the London date of receipt', () => {
  test.each([
    ['2026-11-22T03:00Z', '2026-11-22', '2026-11-24', 'a Sunday'],
    ['2026-12-24T10:00Z', '2026-12-24', '2026-12-30', 'over Christmas and the substitute for Boxing Day'],
    ['2026-12-25T10:00Z', '2026-12-25', '2026-12-30', 'on Christmas Day itself'],
    ['2026-04-02T16:59Z', '2026-04-02', '2026-04-08', 'over Easter'],
    ['2026-03-28T12:00Z', '2026-03-28', '2026-03-31', 'the weekend the clocks go forward'],
    ['2026-10-24T23:30Z', '2026-10-25', '2026-10-27', 'half past midnight in London, the night the clocks go back'],
    ['2026-05-22T09:00Z', '2026-05-22', '2026-05-27', 'over the spring bank holiday'],
    ['2026-08-28T15:00Z', '2026-08-28', '2026-09-02', 'over the summer bank holiday'],
    ['2027-12-31T11:00Z', '2027-12-31', '2028-01-05', "over a New Year's Day that falls on a Saturday"],
  ])('received %s is London %s, due %s: %s', (received, london, due) => {
    const receivedOn = londonDate(Temporal.Instant.from(received))
    expect(receivedOn).toBe(london)
    expect(calendar.addWorkingDays(receivedOn, 2)).toBe(due)
  })

  it('reaches 12 January 2027 with ten working days from Christmas Eve 2026', () => {
    expect(calendar.addWorkingDays(day('2026-12-24'), 10)).toBe('2027-01-12')
  })
})

describe('the table of bank holidays', () => {
  it('makes the same days working days as an independent calendar of England, every day from 2018 to 2030', () => {
    const theirs = new Holidays('GB', 'ENG')
    const closed = new Set<string>()
    for (let year = 2018; year <= 2030; year += 1) {
      for (const holiday of theirs.getHolidays(year)) if (holiday.type === 'public') closed.add(holiday.date.slice(0, 10))
    }
    const differing = everyDay(firstDay, lastDay).filter((date) => {
      const weekday = Temporal.PlainDate.from(date).dayOfWeek < 6
      return calendar.isWorkingDay(date) !== (weekday && !closed.has(date))
    })
    expect(differing).toEqual([])
  })

  test.each([
    ['2020-05-04', true, 'the May bank holiday had moved'],
    ['2020-05-08', false, 'VE Day'],
    ['2022-05-30', true, 'the spring bank holiday had moved'],
    ['2022-06-02', false, 'the spring bank holiday'],
    ['2022-06-03', false, 'the Platinum Jubilee'],
    ['2022-09-19', false, "the Queen's funeral"],
    ['2023-05-08', false, "the King's coronation"],
    ['2026-12-28', false, 'the substitute for Boxing Day'],
    ['2027-12-27', false, 'the substitute for Christmas Day'],
    ['2027-12-28', false, 'the substitute for Boxing Day'],
  ])('on %s work is %s: %s', (date, works) => {
    expect(calendar.isWorkingDay(day(date))).toBe(works)
  })

  it('holds each date once, in order, on a weekday, with a source, and owns up to what is only projected', () => {
    const dates = bankHolidays.map((row) => row.date)
    expect(dates).toEqual([...new Set(dates)].toSorted())
    for (const row of bankHolidays) {
      expect(Temporal.PlainDate.from(row.date).dayOfWeek).toBeLessThan(6)
      expect(row.projected).toBe(row.date >= '2028')
      expect(row.source.startsWith('Projected')).toBe(row.projected)
    }
  })

  it('has eight bank holidays in an ordinary year and one more for each proclaimed', () => {
    const byYear = Map.groupBy(bankHolidays, (row) => row.date.slice(0, 4))
    const unusual = [...byYear].filter(([, rows]) => rows.length !== 8).map(([year, rows]) => [year, rows.length])
    expect(unusual).toEqual([
      ['2022', 10],
      ['2023', 9],
    ])
  })

  it('is refused where a row holds no real date', () => {
    expect(() => createCalendar([{ date: '2026-02-30' }])).toThrow(RangeError)
    expect(() => createCalendar([{ date: '1 May 2026' }])).toThrow(RangeError)
  })

  it('does not mind the same day twice or a holiday at the weekend', () => {
    const twice = createCalendar([{ date: '2026-12-25' }, { date: '2026-12-25' }, { date: '2026-12-26' }])
    expect(twice.workingDaysBetween(day('2026-12-24'), day('2026-12-28'))).toBe(1)
  })
})

describe('somebody who counts day by day, knowing only the week and the published holidays,', () => {
  const chance = createChance(20_261_122)
  const all = everyDay(firstDay, lastDay)
  const published = new Set(bankHolidays.map(({ date }) => date))
  const open = all.map((date) => Temporal.PlainDate.from(date).dayOfWeek <= 5 && !published.has(date))

  it('agrees in a hundred thousand cases, both ways', () => {
    let wrong = 0
    for (let round = 0; round < 100_000; round += 1) {
      const from = chance.below(all.length - 100)
      const days = chance.below(41)
      let [at, left] = [from, days]
      while (left > 0) {
        at += 1
        if (open[at]) left -= 1
      }
      if (calendar.addWorkingDays(all[from]!, days) !== all[at] || calendar.workingDaysBetween(all[from]!, all[at]!) !== days) wrong += 1
    }
    expect(wrong).toBe(0)
  })
})

describe('the London day of receipt', () => {
  it('is one day for every minute of it, on each day on which the clocks change from 2018 to 2030', () => {
    for (let year = 2018; year <= 2030; year += 1) {
      for (const month of [3, 10]) {
        const last = Temporal.PlainDate.from({ year, month, day: 31 })
        const sunday = last.subtract({ days: last.dayOfWeek % 7 })
        const midnight = sunday.toZonedDateTime('Europe/London').toInstant()
        const minutes = (month === 3 ? 23 : 25) * 60
        const read = (minute: number) => londonDate(midnight.add({ minutes: minute }))
        expect([read(-1), read(0), read(minutes - 1), read(minutes)]).toEqual([
          sunday.subtract({ days: 1 }).toString(),
          sunday.toString(),
          sunday.toString(),
          sunday.add({ days: 1 }).toString(),
        ])
        expect(calendar.addWorkingDays(read(minutes - 1), 2)).toBe(calendar.addWorkingDays(read(0), 2))
      }
    }
  })
})

describe('counting working days', () => {
  const count = fc.integer({ min: 0, max: 90 })
  const room = 200
  const holidays = new Set(bankHolidays.map((row) => row.date))
  const closed = (date: Temporal.PlainDate) => date.dayOfWeek > 5 || holidays.has(date.toString())

  it('never lands on a weekend or a bank holiday', () => {
    fc.assert(
      fc.property(anyDay(room), fc.integer({ min: 1, max: 90 }), (from, n) => {
        expect(closed(Temporal.PlainDate.from(calendar.addWorkingDays(from, n)))).toBe(false)
      }),
    )
  })

  it('agrees with someone turning the pages of a calendar', () => {
    const turnPages = (from: string, n: number) => {
      let date = Temporal.PlainDate.from(from)
      for (let left = n; left > 0;) {
        date = date.add({ days: 1 })
        if (!closed(date)) left -= 1
      }
      return date.toString()
    }
    fc.assert(
      fc.property(anyDay(room), count, (from, n) => {
        expect(calendar.addWorkingDays(from, n)).toBe(turnPages(from, n))
      }),
      { numRuns: 2_000 },
    )
  })

  it('counts between two days as many as a hand count of the days after the first up to the second', () => {
    fc.assert(
      fc.property(anyDay(room), fc.integer({ min: 0, max: room }), (from, span) => {
        const to = Temporal.PlainDate.from(from).add({ days: span }).toString()
        const open = everyDay(from, day(to)).filter((date) => date > from && !closed(Temporal.PlainDate.from(date)))
        expect(calendar.workingDaysBetween(from, day(to))).toBe(open.length)
      }),
      { numRuns: 500 },
    )
  })

  it('finds n working days between a day and the nth working day after it', () => {
    fc.assert(fc.property(anyDay(room), count, (from, n) => calendar.workingDaysBetween(from, calendar.addWorkingDays(from, n)) === n))
  })

  it('gives the same day in two stages as in one', () => {
    fc.assert(
      fc.property(anyDay(2 * room), count, count, (from, first, then) => {
        const staged = calendar.addWorkingDays(calendar.addWorkingDays(from, first), then)
        expect(staged).toBe(calendar.addWorkingDays(from, first + then))
      }),
    )
  })

  it('never gives a later start an earlier due date, nor a longer limit an earlier one', () => {
    fc.assert(
      fc.property(anyDay(room), anyDay(room), count, count, (a, b, m, n) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        expect(calendar.addWorkingDays(early, n) <= calendar.addWorkingDays(late, n)).toBe(true)
        expect(calendar.addWorkingDays(a, Math.min(m, n)) <= calendar.addWorkingDays(a, Math.max(m, n))).toBe(true)
      }),
    )
  })

  it('counts backwards as the negative of forwards, and over a day in between as the sum', () => {
    fc.assert(
      fc.property(anyDay(), anyDay(), anyDay(), (a, b, c) => {
        expect(calendar.workingDaysBetween(a, b) + calendar.workingDaysBetween(b, a)).toBe(0)
        expect(calendar.workingDaysBetween(a, b) + calendar.workingDaysBetween(b, c)).toBe(calendar.workingDaysBetween(a, c))
      }),
    )
  })

  it('stays on the day itself for no days, even a Sunday, and refuses to count back or in parts', () => {
    expect(calendar.addWorkingDays(day('2026-11-22'), 0)).toBe('2026-11-22')
    for (const n of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => calendar.addWorkingDays(day('2026-11-20'), n)).toThrow(RangeError)
    }
  })
})
