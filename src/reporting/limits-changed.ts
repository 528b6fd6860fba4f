import type { DateText } from '../kernel/index.ts'
import type { LimitUnit } from '../timeliness/index.ts'
import type { PublishedLimits } from './log-figures-store.ts'

/** A limit that became another in the period: who, when, from which day on, and both figures. */
export interface LimitChanged {
  readonly at: Temporal.Instant
  /** Alias in the log; null where a new release brought it. */
  readonly actor: string | null
  readonly code: string
  readonly version: number
  readonly validFrom: DateText
  readonly before: LimitText | null
  readonly after: LimitText
}

export interface LimitText {
  readonly limit: number
  readonly unit: LimitUnit
}

interface SaidRule extends LimitText {
  readonly code: string
  readonly version: number
  readonly validFrom: DateText
}

/** Told from what the log says of all limits, each time against the time before. What stood there first is no change. */
export function limitsChangedIn(published: readonly PublishedLimits[]): readonly LimitChanged[] {
  return published.slice(1).flatMap(({ at, text, changeText }, index) => {
    const before = newestOf(rulesIn(published[index]!.text))
    const actor = changeText === null ? null : aliasIn(changeText)
    return [...newestOf(rulesIn(text)).values()].flatMap((rule): LimitChanged[] => {
      const old = before.get(rule.code)
      if (old?.version === rule.version) return []
      const { code, version, validFrom } = rule
      return [{ at, actor, code, version, validFrom, before: old === undefined ? null : limitOf(old), after: limitOf(rule) }]
    })
  })
}

const limitOf = ({ limit, unit }: SaidRule): LimitText => ({ limit, unit })

function rulesIn(text: string): readonly SaidRule[] {
  const { fields } = JSON.parse(text) as { readonly fields: { readonly rules: readonly string[] } }
  return fields.rules.map((rule) => JSON.parse(rule) as SaidRule)
}

function newestOf(rules: readonly SaidRule[]): ReadonlyMap<string, SaidRule> {
  const newest = new Map<string, SaidRule>()
  for (const rule of rules) if ((newest.get(rule.code)?.version ?? 0) < rule.version) newest.set(rule.code, rule)
  return newest
}

function aliasIn(text: string): string | null {
  return (JSON.parse(text) as { readonly actor: { readonly alias?: string } }).actor.alias ?? null
}
