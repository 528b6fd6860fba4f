import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detrimentStatus, detrimentSteps, openSteps, type DetrimentStep } from '../../../src/workflow/index.ts'

/** Steps as staff can take them: each one open where the track stands. */
const tracks: fc.Arbitrary<DetrimentStep[]> = fc.array(fc.nat({ max: 3 }), { maxLength: 12 }).map((choices) => {
  const taken: DetrimentStep[] = []
  for (const choice of choices) {
    const open = openSteps(detrimentStatus(taken))
    const step = open[choice % Math.max(open.length, 1)]
    if (step !== undefined) taken.push(step)
  }
  return taken
})

describe('the track of a report of bad treatment', () => {
  test.each([
    [[], 'reported'],
    [['assess_risk'], 'risk_assessed'],
    [['assess_risk', 'set_plan'], 'action_in_place'],
    [['assess_risk', 'set_plan', 'review'], 'reviewed'],
    [['assess_risk', 'set_plan', 'review', 'set_plan'], 'action_in_place'],
    [['assess_risk', 'set_plan', 'assess_risk'], 'action_in_place'],
    [['assess_risk', 'close'], 'closed'],
  ] as const)('after %j is %s', (steps, status) => {
    expect(detrimentStatus(steps)).toBe(status)
  })

  test('is closed for good: no step is open after it', () => {
    expect(openSteps('closed')).toEqual([])
    for (const step of detrimentSteps) expect(detrimentStatus(['assess_risk', 'close', step])).toBe('closed')
  })

  test('has no plan before a risk, no review before a plan, and is not closed unassessed, whatever is tried', () => {
    fc.assert(
      fc.property(tracks, (taken) => {
        const first = (step: DetrimentStep) => (taken.includes(step) ? taken.indexOf(step) : Number.POSITIVE_INFINITY)
        expect(taken.length === 0 || taken[0] === 'assess_risk').toBe(true)
        expect(!taken.includes('review') || first('set_plan') < first('review')).toBe(true)
        expect(taken.filter((step) => step === 'close').length).toBeLessThanOrEqual(1)
        expect(!taken.includes('close') || taken.at(-1) === 'close').toBe(true)
      }),
    )
  })

  test('never loses a plan by assessing the risk anew', () => {
    fc.assert(
      fc.property(tracks, (taken) => {
        const before = detrimentStatus(taken)
        const after = detrimentStatus([...taken, 'assess_risk'])
        expect(after).toBe(before === 'reported' ? 'risk_assessed' : before)
      }),
    )
  })
})
