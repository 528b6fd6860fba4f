import type { DateText } from '../../kernel/index.ts'
import { ruleOn, standingOn } from '../../timeliness/index.ts'
import type { Concern } from '../concern.ts'
import type { ConcernSettings } from '../dependencies.ts'
import type { KeptClock } from './clock-store.ts'
import type { NextClock } from './clock-view.ts'

/**
 * The clock that runs out next, for lists that open no history: the row names it and its date, as the one reckoning gave them with the last
 * act; only how it stands depends on the day. `kept` is absent until the night after a reporter's act: then nothing has moved it yet.
 */
export function nextClockView(
  { nextClockCode, nextClockDue }: Pick<Concern, 'nextClockCode' | 'nextClockDue'>,
  kept: KeptClock | undefined,
  { rules, calendar }: ConcernSettings,
  today: DateText,
): NextClock | null {
  if (nextClockCode === null || nextClockDue === null) return null
  const own = rules.find(({ code, version }) => code === nextClockCode && version === kept?.version)
  const rule = own ?? ruleOn(rules, nextClockCode, today)
  if (rule === null) return null
  const { code, label, force, source } = rule
  return {
    code,
    label,
    dueOn: nextClockDue,
    ...standingOn({ dueOn: nextClockDue, pause: kept?.pause ?? null }, today, calendar),
    force,
    source,
  }
}
