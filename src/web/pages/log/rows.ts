import type { EntryReading, Names, ShownEntry } from '../../../audit/index.ts'
import { labelOf } from '../../staff/options.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { words } from './words.en.ts'

/** An alias as lists show it: its first eight digits, leading to all entries of it. */
export interface ShownAlias {
  readonly short: string
  readonly href: string
  /** Who stands behind it, as it was committed to; null where the log never named anybody. */
  readonly name: string | null
  /** Said in its place where there is no name any more. */
  readonly noName: string | null
}

/** An entry as every list of the log shows it. */
export interface EntryRow {
  readonly index: number | null
  readonly href: string | null
  /** The London day; null for an entry that has none. */
  readonly on: string | null
  /** RFC 3339, and the same to be read; null for a reporter's entry. */
  readonly at: string | null
  readonly utc: string | null
  readonly role: string
  readonly actor: ShownAlias | null
  readonly what: string
  readonly concern: ShownAlias | null
  /** Names of its fields, never what is in them. */
  readonly fields: readonly string[]
}

export function entryRow({ index, said }: Pick<ShownEntry, 'index' | 'said'>, names: Names): EntryRow {
  return {
    index,
    href: index === null ? null : entryHref(index),
    on: said.on,
    at: said.at,
    utc: said.at && utcText(said.at),
    role: said.role === null ? words.table.cover : labelOf(staffWords.roles, said.role),
    actor: aliasLink('actor', said.actor, names),
    what: kindWords(said),
    concern: aliasLink('concern', said.concern),
    fields: Object.keys(said.fields),
  }
}

export const entryHref = (index: number): string => `/log/entries/${index}`

export const kindWords = ({ kind }: Pick<EntryReading, 'kind'>): string =>
  kind === null ? words.table.unreadable : labelOf({ ...words.kinds, cover: words.table.coverKind }, kind)

export function aliasLink(field: 'actor' | 'concern', alias: string | null, names: Names = new Map()): ShownAlias | null {
  if (alias === null) return null
  const behind = names.get(alias)
  return {
    short: alias.slice(0, 8),
    href: `/log?${new URLSearchParams({ [field]: alias }).toString()}`,
    name: behind?.state === 'known' ? behind.name : null,
    noName: behind === undefined || behind.state === 'known' ? null : words.names[behind.state],
  }
}

/** "2026-11-22 09:14:03": the same in every time zone. */
export const utcText = (at: string): string => at.replace('T', ' ').replace('Z', '')

/** "18,204". */
export const countText = (count: number): string => count.toLocaleString('en-GB')
