import type { AccessQuery, AccessReport, Names, ShownEntry } from '../../../../audit/index.ts'
import { addressOf } from '../period.ts'
import { aliasLink, entryHref, kindWords, utcText, type ShownAlias } from '../rows.ts'
import { labelOf } from '../../../staff/options.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { words } from './words.en.ts'

interface AccessRow {
  readonly href: string | null
  readonly index: number | null
  readonly at: string | null
  readonly utc: string | null
  readonly role: string
  readonly actor: ShownAlias | null
  readonly what: string
  readonly concern: ShownAlias | null
  readonly why: string
}

interface AccessList {
  readonly rows: readonly AccessRow[]
  readonly more: boolean
  readonly nextHref: string | null
  readonly firstHref: string | null
}

export function showAccess({ names, others, people }: AccessReport, { period, namesBefore, othersBefore }: AccessQuery) {
  const at = (change: Readonly<Record<string, number | null>>) =>
    addressOf('/log/access', period, { names: namesBefore, others: othersBefore, ...change })
  const list = (found: AccessReport['names'], field: 'names' | 'others', before: number | null): AccessList => ({
    rows: [...found.waiting.items, ...found.items].map((item) => accessRow(item, people)),
    more: found.waiting.more,
    nextHref: found.next === null ? null : at({ [field]: found.next }),
    firstHref: before === null ? null : at({ [field]: null }),
  })
  return { names: list(names, 'names', namesBefore), others: list(others, 'others', othersBefore) }
}

function accessRow({ index, said }: ShownEntry, people: Names): AccessRow {
  return {
    href: index === null ? null : entryHref(index),
    index,
    at: said.at,
    utc: said.at && utcText(said.at),
    role: said.role === null ? '' : labelOf(staffWords.roles, said.role),
    actor: aliasLink('actor', said.actor, people),
    what: kindWords(said),
    concern: aliasLink('concern', said.concern),
    why: whyOf(said),
  }
}

/** What the entry says of the reason, or of what was opened: codes and numbers, never words of anybody's. */
function whyOf({ kind, fields }: ShownEntry['said']): string {
  const reason = fields['reason']
  if (kind === 'identity_viewed' && typeof reason === 'string') return words.sealedReason(reason.slice(0, 8))
  const parts = fields['compartments'] ?? fields['include'] ?? fields['what']
  const listed = Array.isArray(parts) ? parts.map(String) : typeof parts === 'string' ? [parts] : []
  return listed.map((part) => labelOf(words.parts, part)).join(', ')
}
