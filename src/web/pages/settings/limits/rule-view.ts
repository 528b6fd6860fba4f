import type { RuleVersion } from '../../../../settings/index.ts'
import type { Rule } from '../../../../timeliness/index.ts'
import { plural, shortDateInWords } from '../../../layout/index.ts'
import type { SettingsWords } from '../words.en.ts'

/** One version of a limit in words. */
export interface RuleView {
  readonly version: string
  readonly limit: string
  readonly force: string
  readonly source: string
  /** Warning, escalation and pause, a sentence each. */
  readonly rest: readonly string[]
  readonly withdraw: string | null
}

/** A limit with the version that holds today, those that will, and those that did or never did. */
export interface LimitView {
  readonly name: string
  readonly now: RuleView
  readonly next: readonly RuleView[]
  readonly earlier: readonly RuleView[]
  readonly change: { readonly href: string; readonly text: string }
}

export const amountOf = ({ limit, unit }: Pick<Rule, 'limit' | 'unit'>, { limits }: SettingsWords): string =>
  plural('en', limit, limits.units[unit])

/** `path`: where the pages of limits are. By code; every code has a version that holds. */
export function limitViews(versions: readonly RuleVersion[], today: string, path: string, words: SettingsWords): readonly LimitView[] {
  return [...Map.groupBy(versions, ({ code }) => code)].flatMap(([code, all]) => {
    const standing = all.filter(({ withdrawnOn }) => withdrawnOn === null)
    const now = standing.findLast(({ validFrom }) => validFrom <= today)
    if (now === undefined) return []
    const next = standing.filter(({ validFrom }) => validFrom > today)
    const earlier = all.filter((version) => version !== now && !next.includes(version)).toReversed()
    const shown = (version: RuleVersion) => ruleView(version, version === now || earlier.includes(version) ? null : path, words)
    return [
      {
        name: `${code} ${now.label}`,
        now: shown(now),
        next: next.map(shown),
        earlier: earlier.map(shown),
        change: { href: `${path}/${code}`, text: words.limits.changeTitle(now.label) },
      },
    ]
  })
}

function ruleView(rule: RuleVersion, path: string | null, words: SettingsWords): RuleView {
  const { limits } = words
  const { code, version, validFrom, announcedOn, withdrawnOn } = rule
  const from = shortDateInWords(validFrom)
  return {
    // The first version's own date is the software's, and no promise of this organisation is as old as that.
    version:
      path !== null
        ? limits.announced(version, from)
        : version === 1 && announcedOn === null
          ? limits.first
          : limits.version(version, from),
    limit: rule.dueFrom === 'set' ? limits.ownDate[rule.scope](amountOf(rule, words)) : amountOf(rule, words),
    force: limits.forces[rule.force],
    source: rule.source,
    rest: [
      ...(announcedOn === null ? [] : [limits.told(shortDateInWords(announcedOn))]),
      ...(withdrawnOn === null ? movesOf(rule, words) : [limits.withdrawn(shortDateInWords(withdrawnOn))]),
    ],
    withdraw: path === null ? null : `${path}/${code}/withdraw/${version}`,
  }
}

function movesOf({ unit, warnBefore, escalateTo, escalateEvery, pauseCap }: Rule, { limits }: SettingsWords): readonly string[] {
  const steps = escalateTo.map((step) => limits.steps[step])
  return [
    warnBefore === null ? limits.warnsNobody : plural('en', warnBefore, unit === 'hours' ? limits.warnsHours : limits.warns),
    steps.length === 0
      ? limits.escalatesNever
      : steps.length === 1
        ? limits.escalatesOnce(steps[0]!)
        : limits.escalates(
            steps.join(`, ${limits.and} `),
            plural('en', escalateEvery, limits.units[unit === 'hours' ? 'hours' : 'working_days']),
          ),
    pauseCap === 0 ? limits.pausesNever : plural('en', pauseCap, limits.pauses),
  ]
}
