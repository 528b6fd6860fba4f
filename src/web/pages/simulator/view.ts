import { mostListed, supposable, supposedUnits, type Simulation, type Verdicts } from '../../../reporting/index.ts'
import type { Rule } from '../../../timeliness/index.ts'
import { labelOf } from '../../staff/options.ts'
import { aliasLink, countText } from '../log/rows.ts'
import { limitWords } from '../log/timeliness/row-words.ts'
import { words } from './words.en.ts'

export type Typed = Readonly<Partial<Record<'code' | 'limit' | 'unit' | 'from' | 'to', string>>>

/** The form as it was filled in, or with a first suggestion. */
export function showForm(limits: readonly Rule[], typed: Typed) {
  const newest = new Map(limits.filter(supposable).map((rule) => [rule.code, rule]))
  const chosen = typed.code ?? 'T1'
  return {
    typed,
    codes: [...newest.values()].map((rule) => ({
      value: rule.code,
      text: `${rule.code} ${rule.label} (${limitWords(rule)})`,
      selected: rule.code === chosen,
    })),
    units: supposedUnits.map((unit) => ({
      value: unit,
      text: labelOf(words.unitChoices, unit),
      selected: unit === (typed.unit ?? 'working_days'),
    })),
  }
}

/** The paper: both verdicts side by side. */
export function showPaper({ period, rule, supposed, concerns, comparison, changed }: Simulation) {
  const { before, after } = comparison
  const row = (name: string, read: (verdicts: Verdicts) => string) => ({ name, before: read(before), after: read(after) })
  return {
    period,
    heading: words.paper.heading(`${rule.code} ${rule.label}`, limitWords(supposed)),
    now: limitWords(rule),
    source: rule.source,
    supposed: limitWords(supposed),
    concerns: countText(concerns),
    clocks: countText(comparison.clocks),
    leftOut: countText(comparison.leftOut),
    any: comparison.clocks > 0,
    rows: [
      row(words.paper.met, ({ met }) => countText(met)),
      row(words.paper.missed, ({ missed }) => countText(missed)),
      row(words.paper.percent, ({ metPercent }) => (metPercent === null ? words.paper.none : `${metPercent}%`)),
      ...(changed === null
        ? []
        : [row(words.paper.lateness, ({ medianLateness }) => (medianLateness === null ? words.paper.none : String(medianLateness)))]),
    ],
    rounded: changed === null,
    nowMissed: countText(comparison.metNowMissed),
    nowMet: countText(comparison.missedNowMet),
    changed: changed?.map((each) => ({
      concern: aliasLink('concern', each.concern),
      startedOn: each.startedOn,
      stoppedOn: each.stoppedOn,
      dueBefore: each.before.dueOn,
      dueAfter: each.after.dueOn,
      verdict: words.changed.verdict(labelOf(words.outcomes, each.before.outcome), labelOf(words.outcomes, each.after.outcome)),
    })),
    most:
      changed !== null && comparison.metNowMissed + comparison.missedNowMet > changed.length
        ? words.changed.most(countText(mostListed))
        : null,
  }
}
