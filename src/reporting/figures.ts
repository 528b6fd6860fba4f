import type { Rule } from '../timeliness/index.ts'
import type { ClockGroup } from './clock-row.ts'
import { estimatedDay, percentileOf, productLimit, type Bar, type Step } from './statistics.ts'

/** How one version of one limit was kept. Every count is of clocks; days are working days. */
export interface RuleFigures extends Pick<Rule, 'code' | 'version' | 'label' | 'limit' | 'unit' | 'dueFrom' | 'force' | 'source'> {
  /** All that started in the period but those excluded. */
  readonly denominator: number
  readonly met: number
  readonly missed: number
  readonly running: number
  readonly paused: number
  readonly overdue: number
  /** Of those decided (met, missed, overdue), to one decimal; null where none is. */
  readonly metPercent: number | null
  /** Ended in time without an answer: counted here and nowhere else. */
  readonly excluded: readonly { readonly reason: string; readonly count: number }[]
  /** Of those that stopped, by nearest rank. */
  readonly median: number | null
  readonly p90: number | null
  readonly longestOpen: number | null
  readonly estimate: { readonly median: number | null; readonly p90: number | null; readonly steps: readonly Step[] }
  /** Missed or overdue, and nobody above was told after the date; null where the limit names nobody to tell. */
  readonly lateWithoutEscalation: number | null
  /** Those that a pause or an extension moved, judged by both dates. */
  readonly moved: {
    readonly clocks: number
    readonly pausedDays: number
    readonly extensions: number
    readonly metByDue: number
    readonly metByFirstDue: number
  }
}

type Outcome = ClockGroup['outcome']
const stopped: readonly Outcome[] = ['met', 'missed']
const open: readonly Outcome[] = ['running', 'paused', 'overdue']
const decided: readonly Outcome[] = ['met', 'missed', 'overdue']

/** How many late clocks of one version of a limit went up in time to count. */
export type EscalatedCount = Pick<ClockGroup, 'code' | 'version' | 'count'>

/**
 * The figures of each version of each limit of concerns, in the order of the rules; those of which no clock started are left out. `escalated`
 * counts late clocks of which somebody above was told after the date and before they stopped.
 */
export function figuresOf(
  groups: readonly ClockGroup[],
  escalated: readonly EscalatedCount[],
  rules: readonly Rule[],
): readonly RuleFigures[] {
  return rules
    .filter(({ scope }) => scope === 'concern')
    .map((rule) => ({ rule, own: groups.filter((group) => isOf(rule, group)) }))
    .filter(({ own }) => own.length > 0)
    .map(({ rule, own }) => figuresOfRule(rule, own, countOf(escalated.filter((group) => isOf(rule, group)))))
}

const isOf = (rule: Rule, { code, version }: Pick<ClockGroup, 'code' | 'version'>) => code === rule.code && version === rule.version

function figuresOfRule(rule: Rule, groups: readonly ClockGroup[], escalated: number): RuleFigures {
  const { code, version, label, limit, unit, dueFrom, force, source, escalateTo } = rule
  const of = (...outcomes: readonly Outcome[]) => groups.filter(({ outcome }) => outcomes.includes(outcome))
  const [answers, waiting] = [barsOf(of(...stopped)), barsOf(of(...open))]
  const steps = productLimit(answers, waiting)
  return {
    ...{ code, version, label, limit, unit, dueFrom, force, source },
    denominator: countOf(of(...stopped, ...open)),
    ...{ met: countOf(of('met')), missed: countOf(of('missed')), running: countOf(of('running')) },
    ...{ paused: countOf(of('paused')), overdue: countOf(of('overdue')) },
    metPercent: percentOf(countOf(of('met')), countOf(of(...decided))),
    excluded: excludedIn(of('not_applicable')),
    median: percentileOf(answers, 0.5),
    p90: percentileOf(answers, 0.9),
    longestOpen: waiting.reduce<number | null>((longest, { day }) => Math.max(longest ?? day, day), null),
    estimate: { median: estimatedDay(steps, 0.5), p90: estimatedDay(steps, 0.1), steps: steps.map(rounded) },
    lateWithoutEscalation: escalateTo.length === 0 ? null : countOf(of('missed', 'overdue')) - escalated,
    moved: movedIn(groups.filter(({ moved, outcome }) => moved && outcome !== 'not_applicable')),
  }
}

const movedIn = (groups: readonly ClockGroup[]): RuleFigures['moved'] => ({
  clocks: countOf(groups),
  pausedDays: groups.reduce((sum, { pausedDays }) => sum + pausedDays, 0),
  extensions: groups.reduce((sum, { extensions }) => sum + extensions, 0),
  metByDue: countOf(groups.filter(({ outcome }) => outcome === 'met')),
  metByFirstDue: countOf(groups.filter(({ outcome, withinFirst }) => outcome === 'met' && withinFirst)),
})

function excludedIn(groups: readonly ClockGroup[]): RuleFigures['excluded'] {
  const counts = new Map<string, number>()
  for (const { endedBy, count } of groups) counts.set(endedBy ?? '', (counts.get(endedBy ?? '') ?? 0) + count)
  return [...counts].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => (a.reason < b.reason ? -1 : 1))
}

const barsOf = (groups: readonly ClockGroup[]): readonly Bar[] => groups.map(({ workingDays, count }) => ({ day: workingDays, count }))

const countOf = (groups: readonly Pick<ClockGroup, 'count'>[]): number => groups.reduce((sum, { count }) => sum + count, 0)

const rounded = (step: Step): Step => ({ ...step, open: Math.round(step.open * 10_000) / 10_000 })

/** To one decimal; null where there is nothing to divide by. */
export function percentOf(part: number, all: number): number | null {
  return all === 0 ? null : Math.round((part * 1000) / all) / 10
}
