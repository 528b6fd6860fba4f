import { percentOf, type RuleFigures } from './figures.ts'
import type { TimelinessFigures } from './read-report.ts'
import type { Comparison, Verdicts } from './simulate.ts'
import { roundCount } from './small-numbers.ts'

/**
 * Figures as everybody but auditors gets them. A lead whom a concern is about may not learn that there is one (`security.md` 1), and knows which late
 * ones went up to them: an exact number would tell of one more. So counts go to the nearest five, what rounds to nothing is left out as if there were
 * none, percentages come from what is shown, and days that belong to single clocks (medians, the longest, the curve) are not given.
 */
export function figuresForLeads(figures: TimelinessFigures): TimelinessFigures {
  const { population, rules, months, backDating, counts } = figures
  return {
    ...figures,
    population: rounded(population),
    rules: rules.map(ruleForLeads).filter(({ denominator, excluded }) => denominator > 0 || excluded.length > 0),
    months: months
      .map(({ code, month, ...numbers }) => ({ code, month, ...rounded(numbers) }))
      .filter(({ met, missed, overdue, running, paused, excluded }) => met + missed + overdue + running + paused + excluded > 0),
    backDating: {
      recordedForOthers: roundCount(backDating.recordedForOthers),
      lagOverTwo: roundCount(backDating.lagOverTwo),
      longestLag: null,
    },
    counts: withoutNone(counts),
  }
}

function ruleForLeads(rule: RuleFigures): RuleFigures {
  const { denominator, met, missed, running, paused, overdue, excluded, lateWithoutEscalation, moved } = rule
  const shown = rounded({ denominator, met, missed, running, paused, overdue })
  return {
    ...rule,
    ...shown,
    metPercent: percentOf(shown.met, shown.met + shown.missed + shown.overdue),
    excluded: withoutNone(excluded),
    ...{ median: null, p90: null, longestOpen: null, estimate: { median: null, p90: null, steps: [] } },
    lateWithoutEscalation: lateWithoutEscalation && roundCount(lateWithoutEscalation),
    moved: roundCount(moved.clocks) === 0 ? noneMoved : rounded({ ...moved }),
  }
}

const noneMoved: RuleFigures['moved'] = { clocks: 0, pausedDays: 0, extensions: 0, metByDue: 0, metByFirstDue: 0 }

/** The same of a limit that is only supposed. */
export function comparisonForLeads({ clocks, leftOut, before, after, metNowMissed, missedNowMet }: Omit<Comparison, 'changed'>) {
  return { ...rounded({ clocks, leftOut, metNowMissed, missedNowMet }), before: verdictsForLeads(before), after: verdictsForLeads(after) }
}

function verdictsForLeads({ met, missed }: Verdicts): Verdicts {
  const shown = rounded({ met, missed })
  return { ...shown, metPercent: percentOf(shown.met, shown.met + shown.missed), medianLateness: null }
}

const withoutNone = <Counted extends { readonly count: number }>(list: readonly Counted[]): Counted[] =>
  list.map((each) => ({ ...each, count: roundCount(each.count) })).filter(({ count }) => count > 0)

function rounded<Name extends string>(numbers: Readonly<Record<Name, number>>): Record<Name, number> {
  return Object.fromEntries(Object.entries<number>(numbers).map(([name, count]) => [name, roundCount(count)])) as Record<Name, number>
}
