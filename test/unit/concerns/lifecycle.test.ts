import { describe, expect, it } from 'vitest'
import { standingOf } from '../../../src/concerns/acts/facts.ts'
import { cycleOf, reopenedAt } from '../../../src/concerns/lifecycle/cycle.ts'
import { investigationOf } from '../../../src/concerns/lifecycle/investigation.ts'
import { withdrawalAskedOn } from '../../../src/concerns/lifecycle/withdrawal-asked.ts'
import type { StoredEntry } from '../../../src/audit/index.ts'
import type { DateText } from '../../../src/kernel/index.ts'

let number = 0
const entry = (kind: StoredEntry['kind'], on: string, fields: object = {}): StoredEntry => {
  number += 1
  return {
    id: `entry ${number}`,
    lane: kind === 'withdrawal_asked' ? 'reporter' : 'staff',
    kind,
    on: on as DateText,
    at: kind === 'withdrawal_asked' ? null : Temporal.Instant.from(`${on}T09:00:00Z`),
    text: JSON.stringify({ fields }),
  }
}

describe('the time round of a concern', () => {
  it('is the first until it is reopened, and one more each time', () => {
    const past = [
      entry('concern_acknowledged', '2026-11-20'),
      entry('concern_reopened', '2026-12-01'),
      entry('concern_reopened', '2027-01-05'),
    ]
    expect([cycleOf([]), cycleOf(past.slice(0, 2)), cycleOf(past)]).toEqual([1, 2, 3])
    expect([reopenedAt(past.slice(0, 1)), reopenedAt(past)?.toString()]).toEqual([null, '2027-01-05T09:00:00Z'])
  })
})

describe('the investigation under way', () => {
  const first = entry('investigation_started', '2026-11-20', { investigator: 'priya', item: ['terms 1', 'message 1'] })
  const second = entry('investigation_started', '2026-12-02', { investigator: 'omar', item: ['terms 2', 'message 2'] })
  const asInvestigator = (alias: string, entries: StoredEntry[]) =>
    standingOf({ relations: ['investigator_assigned', 'lead_escalated'], entries }, { person: { alias } } as never)

  it('is the last that was started, with what its entry vouches for', () => {
    expect(investigationOf([])).toBeNull()
    expect(investigationOf([first, second])).toEqual({ investigator: 'omar', items: new Set(['terms 2', 'message 2']) })
  })

  it('is nobody’s who was named for an earlier one: they may look and do nothing', () => {
    expect(asInvestigator('priya', [first])).toEqual(['investigator_assigned', 'lead_escalated'])
    expect(asInvestigator('priya', [first, second])).toEqual(['lead_escalated'])
    expect(asInvestigator('omar', [first, second])).toEqual(['investigator_assigned', 'lead_escalated'])
  })
})

describe('a withdrawal the person asked for', () => {
  const asked = (on: string) => entry('withdrawal_asked', on)
  const decided = (on: string, times: number) => entry('concern_withdrawn', on, { asked: times })

  it('stands until somebody decides on it, by the day of the first asking nobody has answered', () => {
    expect(withdrawalAskedOn([])).toBeNull()
    expect(withdrawalAskedOn([asked('2026-11-21'), asked('2026-11-23')])).toBe('2026-11-21')
    expect(withdrawalAskedOn([asked('2026-11-21'), decided('2026-11-21', 1)])).toBeNull()
  })

  it('asked again on the day of the decision stands again, whichever of the two lists comes first', () => {
    const [before, decision, after] = [asked('2026-11-21'), decided('2026-11-21', 1), asked('2026-11-21')]
    expect(withdrawalAskedOn([decision, before, after])).toBe('2026-11-21')
    expect(withdrawalAskedOn([before, decision, after])).toBe('2026-11-21')
  })

  it('that staff recorded without an asking answers none', () => {
    expect(withdrawalAskedOn([decided('2026-11-20', 0), asked('2026-11-21')])).toBe('2026-11-21')
  })
})
