import { describe, expect, test } from 'vitest'
import type { DateText, Refusal } from '../../../src/kernel/index.ts'
import { imported, importOf, readHolidayFile } from '../../../src/settings/calendar/holiday-file.ts'
import { calendarFault } from '../../../src/settings/calendar/holidays.ts'
import type { HolidayRow } from '../../../src/settings/index.ts'

const day = (date: string, title = 'A day', notes = '') => ({ title, date, notes, bunting: true })
const fileOf = (events: readonly unknown[], more: object = {}) => ({
  'england-and-wales': { division: 'england-and-wales', events },
  scotland: { division: 'scotland', events: [day('2027-01-04')] },
  ...more,
})
const refusalOf = (file: unknown): string | undefined => {
  try {
    readHolidayFile(file)
    return undefined
  } catch (error) {
    return (error as Refusal).faults[0]!.code
  }
}
const held = (date: string, projected: boolean): HolidayRow => ({
  ...{
    division: 'england-and-wales',
    date: date as DateText,
    title: 'Held',
    source: 'Before',
    projected,
    enteredOn: '2026-01-01' as DateText,
  },
})
const today = '2026-11-22' as DateText

describe('the file of bank holidays of GOV.UK', () => {
  test('is read for England and Wales alone, with its notes, in order', () => {
    expect(readHolidayFile(fileOf([day('2026-12-28', 'Boxing Day', 'Substitute day'), day('2026-12-25', 'Christmas Day')]))).toEqual([
      { date: '2026-12-25', title: 'Christmas Day' },
      { date: '2026-12-28', title: 'Boxing Day (substitute day)' },
    ])
  })

  test.each<[string, unknown, string]>([
    ['nothing', null, 'malformed'],
    ['a list', [], 'malformed'],
    ['another division', { scotland: { division: 'scotland', events: [day('2027-01-04')] } }, 'other_division'],
    ['another division under this one’s name', { 'england-and-wales': { division: 'scotland', events: [day('2027-01-04')] } }, 'malformed'],
    ['no days', fileOf([]), 'no_days'],
    ['a day without a title', fileOf([{ date: '2026-12-25', title: ' ' }]), 'malformed'],
    ['a day that is none', fileOf([day('2027-02-29')]), 'not_a_date'],
    ['one day twice', fileOf([day('2027-01-01'), day('2027-01-01', 'Again')]), 'twice'],
    ['a flood of days', fileOf(Array.from({ length: 401 }, () => day('2027-01-01'))), 'too_many'],
    ['a flood of text', fileOf([day('2027-01-01')], { more: 'x'.repeat(200_001) }), 'too_big'],
  ])('is refused with %s', (_what, file, code) => {
    expect(refusalOf(file)).toBe(code)
  })

  test('adds, confirms and leaves; takes nothing away, and changes no day that is over', () => {
    const holidays = [
      held('2026-12-25', false),
      held('2027-01-01', true),
      held('2027-05-03', true),
      held('2027-12-25', true),
      held('2029-01-01', true),
    ]
    const file = fileOf(['2026-08-31', '2026-12-25', '2027-01-01', '2027-06-07', '2027-12-27'].map((date) => day(date)))
    const plan = importOf(readHolidayFile(file), holidays, today, '2026-11-20' as DateText)
    expect(plan).toMatchObject({ left: 1, past: ['2026-08-31'] })
    expect(plan.added.map(({ date }) => date)).toEqual(['2027-06-07', '2027-12-27'])
    expect(plan.confirmed).toEqual([
      {
        ...held('2027-01-01', false),
        title: 'A day',
        enteredOn: today,
        source: 'GOV.UK bank holidays, England and Wales, file of 20 November 2026',
      },
    ])
    // A Saturday is no working day anyway, and the file does not reach to 2029
    expect(plan.doubtful.map(({ date }) => date)).toEqual(['2027-05-03'])
    expect(imported(holidays, plan).map(({ date, projected }) => `${date} ${projected}`)).toEqual([
      ...[
        '2026-12-25 false',
        '2027-01-01 false',
        '2027-05-03 true',
        '2027-06-07 false',
        '2027-12-25 true',
        '2027-12-27 false',
        '2029-01-01 true',
      ],
    ])
  })
})

describe('a calendar after a change', () => {
  const usual = ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'].map((date) => held(`2027-${date}`, false))
  const faultOf = (...dates: string[]) => calendarFault(usual, [...usual, ...dates.map((date) => held(date, false))], today)?.code ?? null

  test('takes in a day that was announced at short notice, and refuses more than a year has: they would stop every clock', () => {
    expect(faultOf('2026-11-23')).toBeNull()
    const fridays = ['06-04', '06-11', '06-18', '06-25', '07-02', '07-09', '07-16'].map((date) => `2027-${date}`)
    expect(faultOf(...fridays.slice(0, 6))).toBeNull()
    expect(faultOf(...fridays)).toBe('too_many')
    expect(faultOf(...fridays.map((date) => date.replace('2027', '2028')))).toBeNull()
  })

  test('refuses a day so far ahead that nobody would be warned of where the table ends', () => {
    expect(faultOf('2036-11-21')).toBeNull()
    expect(faultOf('2036-11-24')).toBe('too_far')
    expect(faultOf('9999-12-31')).toBe('too_far')
  })

  test('does not mind what is there already', () => {
    const old = [...usual, held('9999-12-31', true)]
    expect(calendarFault(old, old.slice(1), today)).toBeNull()
  })
})
