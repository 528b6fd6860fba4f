import fc from 'fast-check'
import { firstRules, type Rule, type TimelineEvent } from '../../../src/timeliness/index.ts'
import { day, everyDay } from './days.ts'

/** Days that a history may lie in, as a list to count in. */
export const days = everyDay(day('2025-06-01'), day('2029-12-31'))
export const dayAt = (index: number) => days[Math.min(Math.max(index, 0), days.length - 1)]!

const plain = [...new Set(firstRules.flatMap((rule) => [rule.stopEvent, rule.startEvent, rule.repeatsUntil ?? [], rule.endEvents].flat()))]
const withItem = new Set(['detriment_reported', 'detriment_planned', 'detriment_closed', 'task_set', 'task_done', 'task_passed_on'])
const moving = ['clock_paused', 'clock_resumed', 'clock_extended']

/** One more thing that happens: so many days after the one before, with a date so many days off. */
const happening = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...plain.filter((kind) => kind !== 'received')) },
    { weight: 3, arbitrary: fc.constantFrom(...moving) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('acknowledged', 'decision_told', 'investigation_started', 'updated', 'report_approved', 'outcome_told'),
    },
  ),
  after: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.nat(25) }),
  of: fc.constantFrom('a', 'b'),
  clock: fc.constantFrom('T1', 'T4', 'T6', 'T6', 'T7', 'T7', 'T8', 'T13', 'T17'),
  until: fc.integer({ min: -4, max: 90 }),
  dated: fc.boolean(),
})

/** What may happen to one concern, sensible or not, in its order; the first thing is that it came in. */
export const anyHistory = fc
  .record({ start: fc.nat(400), happenings: fc.array(happening, { maxLength: 24 }) })
  .map(({ start, happenings }): TimelineEvent[] => {
    const events: TimelineEvent[] = [{ kind: 'received', on: dayAt(start) }]
    let at = start
    for (const { kind, after, of, clock, until, dated } of happenings) {
      at += after
      const moves = moving.includes(kind)
      const own = withItem.has(kind) || kind.startsWith('duty_') || (moves && ['T13', 'T17'].includes(clock))
      events.push({
        kind,
        on: dayAt(at),
        ...(own && { of }),
        ...(moves && { clock }),
        ...((dated || kind === 'clock_extended') && { until: dayAt(at + until) }),
      })
    }
    return events
  })

/** The first limits with some newer versions of them, each from a later day. */
export const anyRules = fc
  .array(fc.record({ which: fc.nat(firstRules.length - 1), limit: fc.integer({ min: 1, max: 30 }), from: fc.nat(500) }), { maxLength: 4 })
  .map((changes) => {
    const rules: Rule[] = [...firstRules]
    for (const { which, limit, from } of changes) {
      const { code } = firstRules[which]!
      const version = rules.filter((rule) => rule.code === code).length + 1
      rules.push({ ...firstRules[which]!, version, limit, validFrom: dayAt(from) })
    }
    const told = changes.map(({ which, ...change }) => ({ ...change, code: firstRules[which]!.code }))
    // A history that fails is told by its changes alone
    return { rules, [fc.toStringMethod]: () => JSON.stringify(told) }
  })

export const anyFacts = fc.record({ danger: fc.boolean(), returnChannel: fc.boolean() })
export const anyToday = fc.integer({ min: 100, max: days.length - 400 }).map(dayAt)
