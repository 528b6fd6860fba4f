import { z } from 'zod'
import { Refusal, shortText, type DateText, type Fault } from '../../kernel/index.ts'
import { firstRules, forces, judgeRules, limitUnits, type EscalationStep, type Rule, type RuleFaultCode } from '../../timeliness/index.ts'
import { asked, dateInput } from '../changes/asked.ts'
import { rulesOf, type RuleVersion } from './rule-store.ts'

/** Whom a missed limit is passed up to, in the order of the chain. */
export const escalationSteps = ['deputy', 'executive_lead', 'non_executive_lead'] as const satisfies readonly EscalationStep[]

/** A new version of a limit. What starts, stops and ends its clock, and its name, stay: those are the software's. */
export const limitChange = z.strictObject({
  code: z.string().max(10).meta({ description: 'Of a limit that is there, like T1.' }),
  limit: z.int().min(1, 'Give a whole number, 1 or more.').max(400, 'Give a number up to 400.'),
  unit: z.enum(limitUnits),
  force: z.enum(forces).meta({ description: 'What stands behind the limit: a local figure must never pass for the law.' }),
  source: shortText(300, 'Say where this limit comes from.'),
  validFrom: dateInput.meta({ description: 'Clocks that start on this day or later go by it. Not sooner than the notice period allows.' }),
  warnBefore: z.int().min(1, 'Give a whole number, 1 or more.').max(60, 'Give a number up to 60.').nullable().optional().meta({
    description:
      'Working days before the limit is reached, hours where it is in hours; null: no warning. Left out, as in the version before.',
  }),
  escalateTo: z
    .array(z.enum(escalationSteps))
    .max(3)
    .optional()
    .meta({ description: 'Who is told, always in the order of the chain. Left out, as in the version before.' }),
  escalateEvery: z
    .int()
    .min(1, 'Give a whole number, 1 or more.')
    .max(60, 'Give a number up to 60.')
    .optional()
    .meta({ description: 'Working days from one of them to the next, or hours. Left out, as in the version before.' }),
  pauseCap: z
    .int()
    .min(0, 'Give a whole number, 0 or more.')
    .max(260, 'Give a number up to 260.')
    .optional()
    .meta({ description: 'How many working days it may stand still in all. Left out, as in the version before.' }),
})
export type LimitChange = z.output<typeof limitChange>

export const limitInput = z.strictObject({ change: limitChange, ...asked })
export type LimitInput = z.output<typeof limitInput>

export const limitWithdrawal = z.strictObject({ code: z.string().max(10), version: z.int().min(1), ...asked })
export type LimitWithdrawal = z.output<typeof limitWithdrawal>

/** A new version as it would be, with what stood until then. */
export interface NewVersion {
  readonly before: Rule
  readonly rule: Rule
}

/**
 * The version that a change makes, numbered after all there ever were. Refusal `invalid_input`: `not_an_option`, `in_the_past`,
 * `too_far`, `notice_too_short`, `overlapping_validity`, `nothing_changed`, `hours_not_here`, `same_day_is_one`, `stays_comparator`, `not_a_comparator`,
 * `source_unchanged`, `must_escalate`, `warning_too_early`, `must_not_move`, `days_out_of_range`, `limit_out_of_range`, `never_stops`, `never_starts`.
 */
export function newVersion(versions: readonly RuleVersion[], change: LimitChange, today: DateText, earliest: DateText): NewVersion {
  const rules = rulesOf(versions)
  const before = rules.findLast(({ code }) => code === change.code)
  if (before === undefined)
    throw new Refusal('invalid_input', { faults: [fault('code', 'not_an_option', 'Choose a limit that is there.')] })
  const version = Math.max(...versions.flatMap((each) => (each.code === change.code ? [each.version] : []))) + 1
  const rule: Rule = { ...before, ...settled(before, change), version }
  const faults = [...dateFaults(rule, before, today, earliest), ...forceFaults(rule, before), ...clockFaults(rule, before, rules)]
  if (faults.length > 0) throw new Refusal('invalid_input', { faults })
  return { before, rule }
}

function settled(before: Rule, { warnBefore, escalateTo, escalateEvery, pauseCap, ...rest }: LimitChange) {
  const told = escalateTo ?? before.escalateTo
  // So many hours are no days, nor the other way round
  const counted = (before.unit === 'hours') === (rest.unit === 'hours') ? before.warnBefore : null
  return {
    ...rest,
    warnBefore: warnBefore === undefined ? counted : warnBefore,
    escalateTo: escalationSteps.filter((step) => told.includes(step)),
    escalateEvery: escalateEvery ?? before.escalateEvery,
    pauseCap: pauseCap ?? before.pauseCap,
  }
}

const fault = (field: string, code: string, detail: string): Fault => ({ pointer: `/change/${field}`, code, detail })
type Check = readonly [fails: boolean, field: string, code: string, detail: string]
const failing = (checks: readonly Check[]): Fault[] => checks.flatMap(([fails, ...said]) => (fails ? [fault(...said)] : []))

/** A typing error in the year must not announce to everybody what nobody will see. */
const farthestYears = 2
const farthest = (today: DateText): string => Temporal.PlainDate.from(today).add({ years: farthestYears }).toString()

function dateFaults(rule: Rule, before: Rule, today: DateText, earliest: DateText): Fault[] {
  const { validFrom } = rule
  if (validFrom < today)
    return [
      fault('validFrom', 'in_the_past', 'Choose a day to come: a date that was missed stays missed, and one that was kept stays kept.'),
    ]
  return failing([
    [validFrom > farthest(today), 'validFrom', 'too_far', `Choose a day within ${farthestYears} years.`],
    [validFrom < earliest, 'validFrom', 'notice_too_short', `Choose ${dayInWords(earliest)} or later: staff side is told first.`],
    [
      validFrom <= before.validFrom,
      'validFrom',
      'overlapping_validity',
      `Version ${before.version} begins on ${dayInWords(before.validFrom)}. Choose a later day, or take that version back first.`,
    ],
  ])
}

const dayInWords = (date: DateText): string =>
  Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

const plain = (source: string): string => source.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
const binding = new Set<string>(['STATUTORY', 'NATIONAL_POLICY'])

/** Another figure, or one that is to bind by more than before: what stood behind the old one does not stand behind it. Everybody reads the source. */
const isOfAnother = (rule: Rule, before: Rule): boolean =>
  rule.limit !== before.limit || rule.unit !== before.unit || (rule.force !== before.force && binding.has(rule.force))

/** What stands behind a limit: a comparator binds nobody, and a local figure does not become the law by being called so. */
function forceFaults(rule: Rule, before: Rule): Fault[] {
  const [is, was] = [rule.force === 'COMPARATOR', before.force === 'COMPARATOR']
  return failing([
    [was && !is, 'force', 'stays_comparator', 'This is a figure from elsewhere, for comparison. It can not become a limit of yours.'],
    [is && !was, 'force', 'not_a_comparator', 'Somebody acts by this limit. It can not become a mere comparison.'],
    [
      was && (rule.warnBefore !== null || rule.escalateTo.length > 0),
      'escalateTo',
      'stays_comparator',
      'A figure for comparison warns nobody and is passed up to nobody.',
    ],
    [
      isOfAnother(rule, before) && plain(rule.source) === plain(before.source),
      'source',
      'source_unchanged',
      'Say what sets this figure: a law, a policy, a decision of yours. The source is still the one of the old figure.',
    ],
  ])
}

const kept = ['limit', 'unit', 'force', 'source', 'warnBefore', 'escalateEvery', 'pauseCap'] as const
const same = (a: Rule, b: Rule) => kept.every((part) => a[part] === b[part]) && a.escalateTo.join() === b.escalateTo.join()

function clockFaults(rule: Rule, before: Rule, rules: readonly Rule[]): Fault[] {
  const first = firstRules.find(({ code }) => code === rule.code)
  const { unit, limit, warnBefore } = rule
  const tooEarly = warnBefore !== null && (unit === 'same_day' || ((unit === 'working_days' || unit === 'hours') && warnBefore >= limit))
  return [
    ...failing([
      [same(rule, before), 'limit', 'nothing_changed', 'Nothing is different from the version before. Change something first.'],
      [
        unit === 'hours' && rule.scope !== 'organisation',
        'unit',
        'hours_not_here',
        'No act of somebody who raises a concern has a time of day. Give days.',
      ],
      [unit === 'same_day' && limit !== 1, 'limit', 'same_day_is_one', 'The same day is one day: give 1.'],
      [tooEarly, 'warnBefore', 'warning_too_early', 'The warning would come before the clock starts. Give fewer days, or none.'],
      [
        rule.escalateTo.length === 0 && (first?.escalateTo.length ?? 0) > 0,
        'escalateTo',
        'must_escalate',
        'Somebody has to hear of it where this limit passes. Choose one at least.',
      ],
    ]),
    ...judgedFaults(rule, rules),
  ]
}

const judged: Readonly<Record<RuleFaultCode, readonly [field: string, detail: string] | null>> = {
  limit_out_of_range: ['limit', 'Give a whole number from 1 to 400.'],
  unknown_unit: ['unit', 'Choose the unit.'],
  never_starts: ['code', 'Nothing would ever start this clock.'],
  never_stops: ['code', 'Nothing would ever stop this clock.'],
  another_clock: ['code', 'What starts and stops this clock can not be changed.'],
  must_not_move: ['pauseCap', 'This clock never stands still. Leave 0.'],
  days_out_of_range: ['escalateEvery', 'Give whole numbers of days.'],
  impossible_date: ['validFrom', 'Give a real date.'],
  // Said above, with the day
  overlapping_validity: null,
}

function judgedFaults(rule: Rule, rules: readonly Rule[]): Fault[] {
  return judgeRules([...rules, rule]).flatMap(({ code, rule: of, version }) => {
    const said = of === rule.code && version === rule.version ? judged[code] : null
    return said === null ? [] : [fault(said[0], code, said[1])]
  })
}
