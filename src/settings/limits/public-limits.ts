import { addDays, type DateText } from '../../kernel/index.ts'
import type { Rule } from '../../timeliness/index.ts'
import type { RuleVersion } from './rule-store.ts'

/** One version of a promise, as anybody may read it. */
export interface PublicVersion extends Pick<
  Rule,
  'version' | 'limit' | 'unit' | 'dueFrom' | 'force' | 'source' | 'pauseCap' | 'extendable' | 'validFrom'
> {
  /** The first day on which it held here, or will: none before the service was opened. */
  readonly beginsOn: DateText
  /** Null where it came with the service. */
  readonly announcedOn: DateText | null
  /** The last day on which something could still begin under it; null where it holds, or is to hold. */
  readonly endedOn: DateText | null
  /** The day on which it was taken back before it ever held; null for all others. */
  readonly withdrawnOn: DateText | null
}

/** One promise with the version that holds, those that were announced, and those that did or never did hold, newest first. */
export interface PublicLimit {
  readonly code: string
  readonly label: string
  /** A figure from elsewhere that binds nobody here. */
  readonly comparator: boolean
  readonly inForce: PublicVersion
  readonly announced: readonly PublicVersion[]
  readonly earlier: readonly PublicVersion[]
}

/**
 * What the organisation promises to who raises a concern, and the figures it is compared with, on a day; in the order of their codes. Staff's own
 * limits and the organisation's duties are not among them.
 */
export function publicLimits(versions: readonly RuleVersion[], openedOn: DateText, today: DateText): readonly PublicLimit[] {
  const shown = versions.filter(({ scope, shownTo, force }) => scope === 'concern' && (shownTo === 'reporter' || force === 'COMPARATOR'))
  return [...Map.groupBy(shown, ({ code }) => code).values()].flatMap((all) => {
    const standing = all.filter(({ withdrawnOn }) => withdrawnOn === null)
    const now = standing.findLast(({ validFrom }) => validFrom <= today)
    if (now === undefined) return []
    const show = (rule: RuleVersion) => publicVersion(rule, standing, openedOn, today)
    return [
      {
        code: now.code,
        label: now.label,
        comparator: now.force === 'COMPARATOR',
        inForce: show(now),
        announced: standing.filter(({ validFrom }) => validFrom > today).map(show),
        earlier: all
          .filter((rule) => rule !== now && (rule.withdrawnOn !== null || rule.validFrom <= today))
          .toReversed()
          .map(show),
      },
    ]
  })
}

function publicVersion(rule: RuleVersion, standing: readonly RuleVersion[], openedOn: DateText, today: DateText): PublicVersion {
  const { version, limit, unit, dueFrom, force, source, pauseCap, extendable, validFrom, announcedOn, withdrawnOn } = rule
  const next = withdrawnOn === null ? standing.find((each) => each.version > version && each.validFrom <= today) : undefined
  return {
    ...{ version, limit, unit, dueFrom, force, source, pauseCap, extendable, validFrom, announcedOn, withdrawnOn },
    beginsOn: validFrom > openedOn ? validFrom : openedOn,
    endedOn: next === undefined ? null : addDays(next.validFrom, -1),
  }
}
