import type { Exception, ExceptionReport, ExceptionsQuery, Names, ReadEntry } from '../../../../audit/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { addressOf } from '../period.ts'
import { aliasLink, countText, entryHref, kindWords, utcText, type ShownAlias } from '../rows.ts'
import { words } from './words.en.ts'

interface ExceptionRow {
  readonly index: number | null
  readonly href: string | null
  readonly at: string | null
  readonly utc: string | null
  readonly person: ShownAlias | null
  readonly what: string
  readonly concern: ShownAlias | null
  readonly detail: string
  readonly with: { readonly href: string; readonly text: string } | null
}

export function showExceptions(
  { reports, names }: { readonly reports: readonly ExceptionReport[]; readonly names: Names },
  { period, code, before }: ExceptionsQuery,
) {
  return {
    sections: reports.map(({ code: each, count, items, next, whole }) => ({
      id: each,
      heading: words.kinds[each].heading,
      definition: words.kinds[each].definition,
      count: countText(count),
      empty: count === 0,
      rows: items.map((item) => exceptionRow(each, item, names)),
      allHref: code === null && items.length < count ? addressOf('/log/exceptions', period, { kind: each }) : null,
      nextHref: code !== null && next !== null ? addressOf('/log/exceptions', period, { kind: each, before: next }) : null,
      whole,
    })),
    overviewHref: code === null ? null : addressOf('/log/exceptions', period, {}),
    firstHref: before === null || code === null ? null : addressOf('/log/exceptions', period, { kind: code }),
  }
}

function exceptionRow(code: ExceptionReport['code'], { entry, with: other, count, person }: Exception, names: Names): ExceptionRow {
  const { index, said } = entry
  return {
    index,
    href: index === null ? null : entryHref(index),
    at: said.at,
    utc: said.at && utcText(said.at),
    person: aliasLink('actor', person, names),
    what: kindWords(said),
    concern: aliasLink('concern', said.concern),
    detail: detailOf(code, entry, other, count),
    with: other === null || other.index === null ? null : { href: entryHref(other.index), text: words.kinds[code].with(other.index) },
  }
}

function detailOf(code: ExceptionReport['code'], { said }: ReadEntry, other: ReadEntry | null, count: number): string {
  const { fields } = said
  switch (code) {
    case 'back_dated':
      return words.days(Number(fields['backDatedDays'] ?? 0))
    case 'refused_attempts':
      return [fields['attempt'], fields['code']].filter((part) => typeof part === 'string').join(': ')
    case 'failed_sign_ins':
      return words.failures(count)
    case 'changes_undone':
      return words.undone(rolesText(other), rolesText({ index: null, said }))
    default:
      return said.role === null ? '' : labelOf(staffWords.roles, said.role)
  }
}

function rolesText(entry: ReadEntry | null): string {
  const roles = entry?.said.fields['roles']
  const listed = Array.isArray(roles) ? roles.map((role) => labelOf(staffWords.roles, String(role))) : []
  return listed.length === 0 ? words.noRoles : listed.join(', ')
}
