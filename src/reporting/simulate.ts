import type { DateText } from '../kernel/index.ts'
import type { ClockReading, LimitUnit, Rule } from '../timeliness/index.ts'
import type { ReckonClocks, Reckoning } from './dependencies.ts'
import type { ReportedConcern } from './entries-store.ts'
import { percentOf } from './figures.ts'
import { percentileOf } from './statistics.ts'

/** "What if this limit were another?" */
export interface SupposedLimit {
  readonly code: string
  readonly limit: number
  readonly unit: LimitUnit
}

/** One clock of a concluded concern, judged twice. */
export interface JudgedTwice {
  readonly concern: string
  readonly startedOn: DateText
  readonly stoppedOn: DateText | null
  readonly before: Judged
  readonly after: Judged
}

export interface Judged {
  readonly dueOn: DateText
  readonly outcome: ClockReading['state']
  /** Working days after the date; 0 where it was kept. */
  readonly late: number
}

/** How a limit was or would have been kept. */
export interface Verdicts {
  readonly met: number
  readonly missed: number
  readonly metPercent: number | null
  /** Of those missed, in working days; null where none was. */
  readonly medianLateness: number | null
}

export interface Comparison {
  /** Clocks that both sets of rules come to a verdict on. */
  readonly clocks: number
  /** Ended without an answer, or still open though the concern is concluded, under one of the two or both. */
  readonly leftOut: number
  readonly before: Verdicts
  readonly after: Verdicts
  readonly metNowMissed: number
  readonly missedNowMet: number
  /** Those whose verdict would be another, by day of start and alias. */
  readonly changed: readonly JudgedTwice[]
}

/** The rules as they are but for one limit, which holds as if it had always held. What starts, stops, pauses and moves a clock stays. */
export function supposedRules(rules: readonly Rule[], { code, limit, unit }: SupposedLimit): readonly Rule[] {
  const newest = rules
    .filter((rule) => rule.code === code)
    .reduce<Rule | null>((a, b) => (a === null || b.version > a.version ? b : a), null)
  if (newest === null) return rules
  const first = rules.reduce((date, { validFrom }) => (validFrom < date ? validFrom : date), newest.validFrom)
  return [...rules.filter((rule) => rule.code !== code), { ...newest, limit, unit, version: newest.version + 1, validFrom: first }]
}

/** Every clock of one limit in these concerns, by what their entries say and nothing else. Changes nothing. */
export function judgeTwice(
  concerns: readonly ReportedConcern[],
  supposed: SupposedLimit,
  by: Reckoning,
  on: DateText,
  reckon: ReckonClocks,
): readonly JudgedTwice[] {
  const own = by.rules.filter(({ code }) => code === supposed.code)
  const other = supposedRules(own, supposed)
  return concerns.flatMap(({ alias, raisedOn, entries }) => {
    const [before, after] = [own, other].map((rules) => reckon(raisedOn, entries, { ...by, rules }, on))
    const later = new Map(after!.map((clock) => [keyOf(clock), clock]))
    return before!.flatMap((clock) => {
      const twin = later.get(keyOf(clock))
      if (twin === undefined) return []
      return [
        { concern: alias, startedOn: clock.startedOn, stoppedOn: clock.stoppedOn ?? null, before: judged(clock), after: judged(twin) },
      ]
    })
  })
}

const keyOf = ({ cycle, of, round }: ClockReading): string => [cycle, of, round].join(' ')

function judged({ dueOn, state, workingDaysLeft }: ClockReading): Judged {
  return { dueOn, outcome: state, late: state === 'missed' ? Math.max(0, -workingDaysLeft) : 0 }
}

export function compare(clocks: readonly JudgedTwice[]): Comparison {
  const decided = clocks.filter(({ before, after }) => isVerdict(before) && isVerdict(after))
  const changed = decided.filter(({ before, after }) => before.outcome !== after.outcome)
  return {
    clocks: decided.length,
    leftOut: clocks.length - decided.length,
    before: verdictsOf(decided.map(({ before }) => before)),
    after: verdictsOf(decided.map(({ after }) => after)),
    metNowMissed: changed.filter(({ after }) => after.outcome === 'missed').length,
    missedNowMet: changed.filter(({ after }) => after.outcome === 'met').length,
    changed: changed.toSorted((a, b) => (a.startedOn + a.concern < b.startedOn + b.concern ? -1 : 1)),
  }
}

const isVerdict = ({ outcome }: Judged): boolean => outcome === 'met' || outcome === 'missed'

function verdictsOf(all: readonly Judged[]): Verdicts {
  const missed = all.filter(({ outcome }) => outcome === 'missed')
  const met = all.length - missed.length
  const bars = missed.map(({ late }) => ({ day: late, count: 1 }))
  return { met, missed: missed.length, metPercent: percentOf(met, all.length), medianLateness: percentileOf(bars, 0.5) }
}
