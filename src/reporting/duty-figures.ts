import type { Rule } from '../timeliness/index.ts'
import type { ReckonedDuty } from './duty-rows.ts'
import { percentOf } from './figures.ts'

/** How one version of one duty was kept. Every count is of times it fell to the organisation. */
export interface DutyFigures extends Pick<Rule, 'code' | 'version' | 'label' | 'limit' | 'unit' | 'dueFrom' | 'force' | 'source'> {
  /** All that were open at some time in the period. */
  readonly denominator: number
  readonly met: number
  readonly missed: number
  readonly running: number
  readonly paused: number
  readonly overdue: number
  /** Of those decided (met, missed, overdue), to one decimal; null where none is. */
  readonly metPercent: number | null
  /** Working days of the one that is open longest; null where none is. */
  readonly longestOpen: number | null
  /** Missed or overdue, and nobody above was told; null where the limit names nobody to tell. */
  readonly lateWithoutEscalation: number | null
}

/** The figures of each version of each duty, in the order of the rules; those that were not open in the period are left out. */
export function dutyFiguresOf(duties: readonly ReckonedDuty[], rules: readonly Rule[]): readonly DutyFigures[] {
  return rules
    .filter(({ scope }) => scope === 'organisation')
    .map((rule) => ({ rule, own: duties.filter(({ code, version }) => code === rule.code && version === rule.version) }))
    .filter(({ own }) => own.length > 0)
    .map(({ rule, own }) => figuresOfDuty(rule, own))
}

function figuresOfDuty(rule: Rule, own: readonly ReckonedDuty[]): DutyFigures {
  const { code, version, label, limit, unit, dueFrom, force, source, escalateTo } = rule
  const of = (...wanted: readonly ReckonedDuty['outcome'][]) => own.filter(({ outcome }) => wanted.includes(outcome))
  const late = of('missed', 'overdue')
  return {
    ...{ code, version, label, limit, unit, dueFrom, force, source },
    denominator: own.length,
    ...{ met: of('met').length, missed: of('missed').length, running: of('running').length, paused: of('paused').length },
    overdue: of('overdue').length,
    metPercent: percentOf(of('met').length, of('met').length + late.length),
    longestOpen: of('running', 'paused', 'overdue').reduce<number | null>(
      (most, { workingDays }) => Math.max(most ?? 0, workingDays),
      null,
    ),
    lateWithoutEscalation: escalateTo.length === 0 ? null : late.filter(({ escalations }) => escalations.length === 0).length,
  }
}
