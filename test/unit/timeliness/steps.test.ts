import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type DateText } from '../../../src/kernel/index.ts'
import {
  firstRules,
  horizonOf,
  stepsDue,
  stepsOf,
  type DatedStep,
  type EscalationStep,
  type SteppedClock,
} from '../../../src/timeliness/index.ts'
import { anyDay, calendar, day, everyDay } from './days.ts'

const ruleOf = (code: string) => firstRules.find((rule) => rule.code === code)!
const clock = (startedOn: string, dueOn: string, pause: SteppedClock['pause'] = null): SteppedClock => ({
  startedOn: day(startedOn),
  dueOn: day(dueOn),
  pause,
})

describe('what the clock says, and on which day', () => {
  it('warns a working day before the first answer is due, then tells the executive lead, then the non-executive', () => {
    // Received on a Friday, due on the Tuesday
    expect(stepsOf(clock('2026-11-20', '2026-11-24'), ruleOf('T1'), calendar)).toEqual([
      { step: 'warning', on: '2026-11-23' },
      { step: 'executive_lead', on: '2026-11-25' },
      { step: 'non_executive_lead', on: '2026-11-27' },
    ])
  })

  it('tells nobody on a weekend or bank holiday', () => {
    expect(stepsOf(clock('2026-12-22', '2026-12-24'), ruleOf('T1'), calendar).map(({ on }) => on)).toEqual([
      '2026-12-23',
      '2026-12-29',
      '2026-12-31',
    ])
  })

  it('does not warn of a clock that began inside its own warning', () => {
    expect(stepsOf(clock('2026-11-24', '2026-11-25'), ruleOf('T13'), calendar).map(({ step }) => step)).toEqual(['executive_lead'])
  })

  it('says nothing of a comparator', () => {
    expect(stepsOf(clock('2026-11-24', '2027-02-24'), { ...ruleOf('T1'), shownTo: 'auditor' }, calendar)).toEqual([])
  })

  it('waits while a clock stands still, and goes on with the day it goes on', () => {
    const paused = clock('2026-11-02', '2026-11-30', { from: day('2026-11-24'), until: day('2026-11-28') })
    const rule = { ...ruleOf('T8'), warnBefore: 3 }
    // Three working days before is the 25th; the pause ends on a Saturday
    expect(stepsOf(paused, rule, calendar)[0]).toEqual({ step: 'warning', on: '2026-11-30' })
    expect(stepsDue(paused, rule, calendar, day('2026-11-27'), new Set())).toEqual([])
  })

  it('takes each step once, and what a moved date leaves over on its new day', () => {
    const before = clock('2026-11-20', '2026-11-24')
    expect(stepsDue(before, ruleOf('T1'), calendar, day('2026-11-23'), new Set())).toEqual([{ step: 'warning', on: '2026-11-23' }])
    const moved = clock('2026-11-20', '2026-11-26')
    expect(stepsDue(moved, ruleOf('T1'), calendar, day('2026-11-26'), new Set(['warning']))).toEqual([])
    expect(stepsDue(moved, ruleOf('T1'), calendar, day('2026-11-27'), new Set(['warning']))).toEqual([
      { step: 'executive_lead', on: '2026-11-27' },
    ])
  })
})

const chains: readonly (readonly EscalationStep[])[] = [
  [],
  ['executive_lead'],
  ['deputy', 'executive_lead'],
  ['executive_lead', 'non_executive_lead'],
  ['deputy', 'executive_lead', 'non_executive_lead'],
]
const anyRule = fc.record({
  warnBefore: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null }),
  escalateTo: fc.constantFrom(...chains),
  escalateEvery: fc.integer({ min: 1, max: 10 }),
  shownTo: fc.constantFrom('reporter', 'staff', 'auditor'),
})
const anyClock = fc
  .record({
    start: anyDay(500),
    limit: fc.nat(60),
    pause: fc.option(fc.record({ after: fc.nat(40), days: fc.integer({ min: 1, max: 40 }) })),
  })
  .map(({ start, limit, pause }): SteppedClock => {
    const from = pause && addDays(start, pause.after)
    return {
      startedOn: start,
      dueOn: calendar.addWorkingDays(start, limit),
      pause: from && { from, until: addDays(from, pause.days) },
    }
  })

describe('whenever somebody looks', () => {
  /** Looks on these days, in order, and takes what is due each time. */
  const looking = (days: readonly DateText[], one: SteppedClock, rule: Parameters<typeof stepsOf>[1]): DatedStep[] => {
    const taken: DatedStep[] = []
    for (const today of days) taken.push(...stepsDue(one, rule, calendar, today, new Set(taken.map(({ step }) => step))))
    return taken
  }

  it('the same steps are taken, however often and when it was: daily, now and then, or once at the end of a year', () => {
    fc.assert(
      fc.property(anyClock, anyRule, fc.array(fc.nat(399), { maxLength: 12 }), (one, rule, some) => {
        const days = everyDay(one.startedOn, addDays(one.startedOn, 400))
        const last = days.at(-1)!
        const all = stepsOf(one, rule, calendar)
        for (const looks of [days, [...some.toSorted((a, b) => a - b).map((at) => days[at]!), last], [last]]) {
          const taken = looking(looks, one, rule)
          const byStep = (steps: readonly DatedStep[]) => new Map(steps.map(({ step, on }) => [step, on]))
          expect(byStep(taken)).toEqual(byStep(all))
          expect(taken).toHaveLength(all.length)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('each falls due on a working day, after the start, in the order of the chain, and not while the clock stands still', () => {
    fc.assert(
      fc.property(anyClock, anyRule, (one, rule) => {
        const all = stepsOf(one, rule, calendar)
        for (const { step, on } of all) {
          expect(calendar.isWorkingDay(on)).toBe(true)
          expect(on > one.startedOn).toBe(true)
          if (step !== 'warning') expect(on > one.dueOn).toBe(true)
          if (one.pause !== null) expect(on < one.pause.from || on >= one.pause.until).toBe(true)
        }
        const chain = all.filter(({ step }) => step !== 'warning').map(({ on }) => on)
        expect(chain).toEqual(chain.toSorted())
      }),
    )
  })

  it('a sweep that looks no farther than its horizon misses none', () => {
    fc.assert(
      fc.property(anyClock, anyRule, fc.nat(120), (one, rule, after) => {
        const today = addDays(one.startedOn, after)
        if (stepsDue(one, rule, calendar, today, new Set()).length > 0) expect(one.dueOn <= horizonOf([rule], calendar, today)).toBe(true)
      }),
    )
  })
})
