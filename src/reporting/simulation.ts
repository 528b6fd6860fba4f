import { z } from 'zod'
import { actorOf, dayInput } from '../audit/index.ts'
import type { Tx } from '../database/index.ts'
import { hasRole, invalid, Refusal, type DateText } from '../kernel/index.ts'
import type { Rule } from '../timeliness/index.ts'
import { readConcluded, readReported } from './entries-store.ts'
import type { Reckoning, ReportingDeps, ReportReader } from './dependencies.ts'
import { wholePeriodFor, type ReportPeriod } from './period.ts'
import { comparisonForLeads } from './leads-figures.ts'
import { roundCount } from './small-numbers.ts'
import { compare, judgeTwice, type Comparison, type JudgedTwice, type SupposedLimit } from './simulate.ts'

const day = dayInput.shape.on

/** Units a concern's clock can have. */
export const supposedUnits = ['working_days', 'calendar_days', 'calendar_months', 'same_day'] as const

export const simulationInput = z.strictObject({
  code: z.string().max(10).meta({ description: 'Of a limit of concerns whose date comes from a number, like T1.' }),
  limit: z.coerce
    .number()
    .int('Give a whole number, 1 or more.')
    .min(1, 'Give a whole number, 1 or more.')
    .max(400, 'Give a number up to 400.'),
  unit: z.enum(supposedUnits),
  from: day,
  to: day,
})
export type SimulationInput = z.output<typeof simulationInput>

export interface Simulation {
  readonly period: ReportPeriod
  readonly rule: Pick<Rule, 'code' | 'label' | 'limit' | 'unit' | 'force' | 'source'>
  readonly supposed: SupposedLimit
  /** Concluded concerns of the period that were played again. Rounded, as all counts, for everybody but auditors. */
  readonly concerns: number
  readonly comparison: Omit<Comparison, 'changed'>
  /** Clocks whose verdict would be another, at most `mostListed`; for auditors alone, null for everybody else. */
  readonly changed: readonly JudgedTwice[] | null
}

/** Limits that can be supposed to be another: where the date follows from the number. */
export const supposable = ({ scope, dueFrom }: Rule): boolean => scope === 'concern' && dueFrom !== 'set'

/** So many concerns are played again at most: some seconds of work. */
const mostReplayed = 10_000
export const mostListed = 200
const batch = 500

/**
 * Plays the clocks of concluded concerns again with another limit. Changes nothing, and no limit can be put in force here.
 * Recorded before it is read: `report_viewed`. Refusal `permission_denied`, `invalid_input` (`not_an_option`, `too_many`).
 */
export type Simulate = (ctx: ReportReader, input: SimulationInput) => Promise<Simulation>

export function createSimulate(deps: ReportingDeps): Simulate {
  return async (ctx, { code, limit, unit, from, to }) => {
    const role = ctx.person.roles.find((each) =>
      hasRole({ roles: [each] }, 'auditor', 'executive_lead', 'non_executive_lead', 'administrator'),
    )
    if (role === undefined) throw new Refusal('permission_denied')
    const asked = { from: (from ?? null) as DateText | null, to: (to ?? null) as DateText | null }
    const period = wholePeriodFor(ctx, asked, deps.lastDay(ctx.now))
    const by = await deps.settings.current()
    const rule = newestOf(by.rules, code)
    const supposed = { code, limit: unit === 'same_day' ? 1 : limit, unit }
    const fields = { report: 'simulation', from: period.from, to: period.to, clock: code, limit: supposed.limit, unit }
    const entry = { kind: 'report_viewed', actor: actorOf(ctx.person, role), at: ctx.now, fields } as const
    await deps.audited(async () => ({ value: null, entries: [entry] }))
    const { concerns, clocks } = await replay(deps, by, period, supposed)
    const { changed, ...comparison } = compare(clocks)
    if (role === 'auditor') return { period, rule, supposed, concerns, comparison, changed: changed.slice(0, mostListed) }
    return { period, rule, supposed, concerns: roundCount(concerns), comparison: comparisonForLeads(comparison), changed: null }
  }
}

function newestOf(rules: readonly Rule[], code: string): Rule {
  const found = rules.filter((rule) => rule.code === code && supposable(rule)).toSorted((a, b) => b.version - a.version)[0]
  if (found === undefined) throw invalid('/code', 'not_an_option', 'Choose one of the limits.')
  return found
}

async function replay(
  { database, reckon, clockedKinds }: ReportingDeps,
  by: Reckoning,
  period: ReportPeriod,
  supposed: SupposedLimit,
): Promise<{ readonly concerns: number; readonly clocks: readonly JudgedTwice[] }> {
  const ids = await database.read((tx) => readConcluded(tx, period, mostReplayed + 1))
  if (ids.length > mostReplayed)
    throw invalid('/from', 'too_many', `Choose a shorter time: at most ${mostReplayed} concerns are played again.`)
  const clocks: JudgedTwice[] = []
  let concerns = 0
  for (let begin = 0; begin < ids.length; begin += batch) {
    const read = (tx: Tx) => readReported(tx, ids.slice(begin, begin + batch), clockedKinds, period.asOf)
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other, each in a transaction of its own
    const found = await database.read(read)
    concerns += found.length
    clocks.push(...judgeTwice(found, supposed, by, period.asOf, reckon))
  }
  return { concerns, clocks }
}
