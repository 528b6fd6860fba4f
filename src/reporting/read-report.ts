import type { Tx } from '../database/index.ts'
import type { DateText } from '../kernel/index.ts'
import { groupOf, rowOf, type ClockGroup, type ClockRow } from './clock-row.ts'
import { escalationsOf, factKinds, saidIn } from './concern-rows.ts'
import type { Reckoning, ReportingDeps } from './dependencies.ts'
import { readReported, readUnsettled, type ReportedConcern } from './entries-store.ts'
import { figuresOf, type EscalatedCount, type RuleFigures } from './figures.ts'
import { readEscalated, readGroups, readMonths, type Counted, type MonthGroup } from './groups-store.ts'
import { limitsChangedIn, type LimitChanged } from './limits-changed.ts'
import {
  readKindCounts,
  readPopulation,
  readPublishedLimits,
  readPublishedOn,
  readRecorded,
  type KindCount,
  type Population,
} from './log-figures-store.ts'
import type { ReportPeriod } from './period.ts'
import { dayNumbers } from './working-days.ts'

/** The figures of a period; each list in an order of its own that does not depend on chance. */
export interface TimelinessFigures {
  readonly period: ReportPeriod
  readonly calendarPublishedOn: DateText | null
  readonly limitsPublishedOn: DateText | null
  readonly population: Population
  readonly rules: readonly RuleFigures[]
  /** Of one limit by the month its clocks started in, oldest first; months without a clock are left out. */
  readonly months: readonly MonthFigures[]
  readonly backDating: { readonly recordedForOthers: number; readonly lagOverTwo: number; readonly longestLag: number | null }
  readonly limitsChanged: readonly LimitChanged[]
  readonly counts: readonly KindCount[]
}

export interface MonthFigures {
  readonly code: string
  readonly month: string
  readonly met: number
  readonly missed: number
  readonly overdue: number
  readonly running: number
  readonly paused: number
  readonly excluded: number
}

type Deps = Pick<ReportingDeps, 'reckon' | 'clockedKinds'>

/** Clocks that start with this event stand for the concern itself. */
const everyConcern = 'T1'

/** What is counted: kept clocks, and apart from them concerns whose kept clocks are of another day. */
export interface Base extends Counted {
  readonly anew: readonly { readonly concern: ReportedConcern; readonly clocks: readonly ClockRow[] }[]
}

export async function readBase(tx: Tx, deps: Deps, by: Reckoning, period: ReportPeriod): Promise<Base> {
  const { from, to, asOf } = period
  const unsettled = await readUnsettled(tx, deps.clockedKinds, asOf)
  const kinds = [...new Set([...deps.clockedKinds, ...factKinds])]
  const concerns = await readReported(tx, unsettled, kinds, asOf)
  return {
    period,
    unsettled,
    days: dayNumbers(by.calendar, from, asOf),
    anew: concerns.map((concern) => ({
      concern,
      clocks: deps
        .reckon(concern.raisedOn, entriesFor(concern, deps.clockedKinds), by, asOf)
        .map(rowOf)
        .filter(({ startedOn }) => startedOn >= from && startedOn <= to),
    })),
  }
}

export const entriesFor = ({ entries }: ReportedConcern, kinds: readonly string[]) => entries.filter(({ kind }) => kinds.includes(kind))

/** Everything but the single clocks. `code` is the limit whose months are counted. */
export async function readFigures(tx: Tx, base: Base, by: Reckoning, code: string): Promise<TimelinessFigures> {
  const { period } = base
  const groups = [...(await readGroups(tx, base)), ...base.anew.flatMap(({ clocks }) => clocks.map((clock) => groupOf(clock, period.asOf)))]
  const escalated = [...(await readEscalated(tx, base)), ...escalatedAnew(base)]
  const months = [...(await readMonths(tx, base, code)), ...monthsAnew(base, code)]
  const published = await readPublishedOn(tx, period.asOf)
  return {
    period,
    calendarPublishedOn: published.calendar,
    limitsPublishedOn: published.limits,
    population: { ...(await readPopulation(tx, period)), reported: countOf(groups.filter((group) => group.code === everyConcern)) },
    rules: figuresOf(groups, escalated, by.rules),
    months: monthFigures(months, code),
    backDating: await readBackDating(tx, period, by),
    limitsChanged: limitsChangedIn(await readPublishedLimits(tx, period)),
    counts: await readKindCounts(tx, period),
  }
}

const countOf = (groups: readonly Pick<ClockGroup, 'count'>[]): number => groups.reduce((sum, { count }) => sum + count, 0)

const lateOutcomes: readonly string[] = ['missed', 'overdue']

function escalatedAnew({ anew, period }: Base): EscalatedCount[] {
  return anew.flatMap(({ concern, clocks }) => {
    const said = saidIn(concern)
    return clocks
      .filter((clock) => lateOutcomes.includes(clock.outcome) && escalationsOf(clock, said, period.asOf).length > 0)
      .map(({ code, version }) => ({ code, version, count: 1 }))
  })
}

const monthsAnew = ({ anew }: Base, code: string): MonthGroup[] =>
  anew.flatMap(({ clocks }) =>
    clocks.filter((clock) => clock.code === code).map(({ startedOn, outcome }) => ({ month: startedOn.slice(0, 7), outcome, count: 1 })),
  )

function monthFigures(groups: readonly MonthGroup[], code: string): MonthFigures[] {
  const months = [...new Set(groups.map(({ month }) => month))].toSorted()
  return months.map((month) => {
    const own = groups.filter((group) => group.month === month)
    const of = (wanted: ClockRow['outcome']) => countOf(own.filter(({ outcome }) => outcome === wanted))
    const open = { running: of('running'), paused: of('paused') }
    return { code, month, met: of('met'), missed: of('missed'), overdue: of('overdue'), ...open, excluded: of('not_applicable') }
  })
}

/** More working days than this between receiving and writing down are counted apart (`domain.md` 9.4). */
const longLag = 2

async function readBackDating(tx: Tx, period: ReportPeriod, { calendar }: Reckoning): Promise<TimelinessFigures['backDating']> {
  const groups = await readRecorded(tx, period)
  const lags = groups.map(({ receivedOn, recordedOn, count }) => ({ lag: calendar.workingDaysBetween(receivedOn, recordedOn), count }))
  return {
    recordedForOthers: countOf(lags),
    lagOverTwo: countOf(lags.filter(({ lag }) => lag > longLag)),
    longestLag: lags.reduce((longest, { lag }) => Math.max(longest, lag), 0),
  }
}
