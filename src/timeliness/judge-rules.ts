import { readDate } from '../kernel/index.ts'
import { firstRules } from './first-rules.ts'
import { limitUnits, type Rule } from './rules.ts'

const ruleFaults = [
  /** No whole number from 1 to 4,000. */
  'limit_out_of_range',
  'unknown_unit',
  /** Nothing that can happen starts it. */
  'never_starts',
  /** Nothing that can happen stops it, or every stop is a start. */
  'never_stops',
  /** It holds from a day that is none. */
  'impossible_date',
  /** Two versions with one number, or a later one that holds from the same day as an earlier, or before it. */
  'overlapping_validity',
  /** Another version of it starts or stops with something else: that is the software's, not a setting. */
  'another_clock',
  /** It could stand still or be moved, and its kind must not. */
  'must_not_move',
  /** A warning, a pause or a step that is no whole number of days. */
  'days_out_of_range',
] as const
export type RuleFaultCode = (typeof ruleFaults)[number]

export interface RuleFault {
  readonly code: RuleFaultCode
  /** Which rule, and which version of it. */
  readonly rule: string
  readonly version: number
}

/** What can happen to a concern, and to the organisation: the kinds of event that the first limits go by. */
const starting = new Set(firstRules.flatMap((rule) => [rule.scope + rule.startEvent, rule.scope + rule.restartEvent]))
const stopping = new Set(firstRules.map((rule) => rule.scope + rule.stopEvent))
const mayPause = new Set(firstRules.filter(({ pauseCap }) => pauseCap > 0).map(({ code }) => code))
const mayMove = new Set(firstRules.filter(({ extendable }) => extendable).map(({ code }) => code))

const most = 4000
const isCount = (value: number, from: number) => Number.isSafeInteger(value) && value >= from && value <= most

/**
 * What is wrong with these rules, taken together; empty where they can be put in force. It refuses nothing: whoever changes a limit does, or
 * shows the consequence first. By code and version.
 */
export function judgeRules(rules: readonly Rule[]): readonly RuleFault[] {
  return [...Map.groupBy(rules, ({ code }) => code)].flatMap(([, versions]) => {
    const inOrder = versions.toSorted((a, b) => a.version - b.version)
    return inOrder.flatMap((rule, at) => {
      const codes = [...faultsOf(rule), ...(at === 0 ? [] : faultsBeside(rule, inOrder[at - 1]!))]
      return codes.map((code) => ({ code, rule: rule.code, version: rule.version }))
    })
  })
}

function faultsOf(rule: Rule): RuleFaultCode[] {
  const faults: [RuleFaultCode, boolean][] = [
    ['limit_out_of_range', !isCount(rule.limit, 1)],
    ['unknown_unit', !limitUnits.includes(rule.unit)],
    ['never_starts', !starting.has(rule.scope + rule.startEvent)],
    ['never_stops', !canStop(rule)],
    ['impossible_date', readDate(rule.validFrom) === null],
    ['must_not_move', (rule.pauseCap > 0 && !mayPause.has(rule.code)) || (rule.extendable && !mayMove.has(rule.code))],
    ['days_out_of_range', !isCount(rule.pauseCap, 0) || !isCount(rule.warnBefore ?? 0, 0) || !isCount(rule.escalateEvery, 1)],
  ]
  return faults.flatMap(([code, holds]) => (holds ? [code] : []))
}

/** A clock that its own start stops measures nothing, and one that every stop both ends and begins anew never comes to rest. */
function canStop({ scope, startEvent, stopEvent, repeatsUntil }: Rule): boolean {
  const known = stopping.has(scope + stopEvent) && (repeatsUntil === null || stopping.has(scope + repeatsUntil))
  return known && stopEvent !== startEvent && stopEvent !== repeatsUntil
}

const structure = ({ scope, startEvent, restartEvent, startsWithinDays, stopEvent, repeatsUntil, endEvents, each, dueFrom }: Rule) =>
  JSON.stringify([scope, startEvent, restartEvent, startsWithinDays, stopEvent, repeatsUntil, endEvents, each, dueFrom])

function faultsBeside(rule: Rule, earlier: Rule): RuleFaultCode[] {
  const overlaps = rule.version === earlier.version || rule.validFrom <= earlier.validFrom
  return [
    ...(overlaps ? (['overlapping_validity'] as const) : []),
    ...(structure(rule) === structure(earlier) ? [] : (['another_clock'] as const)),
  ]
}
