import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type DateText } from '../../../src/kernel/index.ts'
import { allowedActions, type ClockStanding } from '../../../src/workflow/index.ts'
import { answer, clock, daniel, grace, helen, ordinary, priya } from './people.ts'

const status = 'investigating' as const
const day = (text: string) => text as DateText
const running = (said: Partial<ClockStanding> = {}) => [
  clock('T7', { pausable: true, pauseUntil: day('2027-01-19'), extendable: true, ...said }),
]

describe('a pause', () => {
  test.each<[string, Partial<ClockStanding>, object, string]>([
    ['of a clock whose rule has none', { pausable: false }, {}, '/clock never_pauses'],
    ['of one that is late', { state: 'late' }, {}, '/clock already_late'],
    ['of one that stands still', { state: 'paused' }, {}, '/clock paused_already'],
    ['of one that has had all of it', { pauseUntil: null }, {}, '/clock no_pause_left'],
    ['of one that is not there', {}, { clock: 'T8' }, '/clock not_an_option'],
    ['until today', {}, { until: ordinary.today }, '/until in_the_past'],
    ['for longer than is left', {}, { until: '2027-01-20', authorisedBy: daniel }, '/until pause_too_long'],
    ['for long, by oneself', {}, { until: '2026-12-05' }, '/authorisedBy authoriser_required'],
    ['with oneself as the second', {}, { until: '2026-12-05', authorisedBy: grace }, '/authorisedBy authoriser_is_self'],
    ['with somebody who may not', {}, { authorisedBy: priya }, '/authorisedBy may_not_authorise'],
  ])('%s is refused', (_, standing, input, fault) => {
    expect(answer('pause_clock', { status, clocks: running(standing) }, input)).toBe(`invalid_input ${fault}`)
  })

  test('with somebody it is about is a conflict of interest', () => {
    const facts = { status, clocks: running(), about: new Set([helen]) }
    expect(answer('pause_clock', facts, { authorisedBy: helen })).toBe('conflict_of_interest /authorisedBy conflict_of_interest')
  })

  test('that two agree to may use all that is left', () => {
    expect(answer('pause_clock', { status, clocks: running() }, { until: day('2027-01-19'), authorisedBy: daniel })).toBe(status)
  })
})

describe('a later date', () => {
  test.each<[string, Partial<ClockStanding>, object, string]>([
    ['where the rule gives none', { extendable: false }, {}, '/clock not_extendable'],
    ['after the day', { state: 'late' }, {}, '/clock already_late'],
    ['while it stands still', { state: 'paused' }, {}, '/clock paused_already'],
    ['that is the same', {}, { until: '2026-12-04' }, '/until not_later'],
    ['more than a year away', {}, { until: '2027-12-24' }, '/until too_far'],
  ])('%s is refused', (_, standing, input, fault) => {
    expect(answer('extend_clock', { status, clocks: running(standing) }, input)).toBe(`invalid_input ${fault}`)
  })
})

test('a button is there exactly where some clock can take the step, whatever the clocks are', () => {
  const anyClock = fc.record({
    code: fc.constantFrom('T1', 'T6', 'T7', 'T13'),
    of: fc.constant(null),
    state: fc.constantFrom('running' as const, 'paused' as const, 'late' as const),
    dueOn: fc.constantFrom(day('2026-11-23'), day('2027-01-08')),
    pausable: fc.boolean(),
    pauseUntil: fc.constantFrom(null, day('2026-12-18')),
    aloneUntil: fc.constant(day('2026-12-04')),
    extendable: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.uniqueArray(anyClock, { selector: ({ code }) => code, maxLength: 4 }), (clocks) => {
      const buttons = allowedActions({ status, relations: ['handler'], pendingApproval: null, clocks })
      const tomorrow = addDays(ordinary.today, 1)
      const later = (dueOn: DateText) => addDays(dueOn, 1)
      const works = {
        pause_clock: clocks.some(({ code }) => answer('pause_clock', { status, clocks }, { clock: code, until: tomorrow }) === status),
        resume_clock: clocks.some(({ code }) => answer('resume_clock', { status, clocks }, { clock: code }) === status),
        extend_clock: clocks.some(
          ({ code, dueOn }) => answer('extend_clock', { status, clocks }, { clock: code, until: later(dueOn) }) === status,
        ),
      }
      for (const [action, open] of Object.entries(works))
        expect([action, buttons.includes(action as 'pause_clock')]).toEqual([action, open])
    }),
  )
})
