import type { LimitText, RuleFigures } from '../../../../reporting/index.ts'
import { plural } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { countText, entryHref } from '../rows.ts'
import { words } from './words.en.ts'

export const nameOf = ({ code, version, label }: Pick<RuleFigures, 'code' | 'version' | 'label'>): string =>
  `${code} ${label}${version > 1 ? `, ${words.rows.version(version)}` : ''}`

export const limitWords = ({ limit, unit }: LimitText): string => plural('en', limit, words.units[unit])

/** A limit as it binds one clock: of some each clock has a date of its own. */
export const limitOf = (rule: LimitText & Pick<RuleFigures, 'dueFrom'>): string =>
  rule.dueFrom === 'set' ? words.ownDate.action(limitWords(rule)) : limitWords(rule)

/** The same of a duty, which is begun with its date. */
export const dutyLimitOf = (rule: LimitText & Pick<RuleFigures, 'dueFrom'>): string =>
  rule.dueFrom === 'set' ? words.ownDate.duty : limitWords(rule)

/** The entry that says so, and in which role it was written; null where a passing day alone did it. */
export function entryOf(place: number | null, role: string | null) {
  if (role === null) return null
  return {
    text: place === null ? words.rows.waiting : words.rows.entry(countText(place)),
    href: place === null ? null : entryHref(place),
    role: words.rows.by(labelOf(words.actors, role)),
  }
}
