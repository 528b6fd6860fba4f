import { instantText } from '../../../../kernel/index.ts'
import type { EntryChecks, EntryPage } from '../../../../audit/index.ts'
import { aliasLink, countText, entryHref, entryRow, type EntryRow, type ShownAlias } from '../rows.ts'
import { words } from './words.en.ts'

interface EntryView {
  readonly row: EntryRow
  /** Whom it names, other than who acted. */
  readonly named: readonly ShownAlias[]
  readonly heading: string
  /** The canonical text, exactly as it was hashed. */
  readonly text: string
  readonly hash: string
  readonly number: string | null
  readonly previous: string | null
  readonly laneLinks: readonly { readonly href: string; readonly text: string }[]
  readonly placeLinks: readonly { readonly href: string; readonly text: string }[]
  readonly checkHref: string
  readonly base: string
  readonly command: string
  readonly checks: {
    readonly good: boolean
    readonly verdict: string
    readonly size: string
    readonly publishedAt: string
    readonly items: readonly { readonly text: string; readonly holds: boolean | null }[]
  } | null
}

export function showEntry(entry: EntryPage): EntryView {
  const { index, said, before, after, size, names } = entry
  const link = (place: number | null, text: (place: number) => string) =>
    place === null ? [] : [{ href: entryHref(place), text: text(place) }]
  return {
    row: entryRow(entry, names),
    named: [...names].filter(([alias]) => alias !== said.actor).map(([alias]) => aliasLink('actor', alias, names)!),
    heading: words.titleOf(index),
    text: entry.text,
    hash: entry.hash,
    number: said.number === null ? null : String(said.number),
    previous: said.previous,
    laneLinks: [...link(before, words.laneBefore), ...link(after, words.laneAfter)],
    placeLinks: [...link(index > 0 ? index - 1 : null, words.placeBefore), ...link(index + 1 < size ? index + 1 : null, words.placeAfter)],
    checkHref: entryHref(index),
    base: entryHref(index),
    command: `node verify-log.mjs proof entry-${index}.tlog-proof entry-${index}.json --key key.txt`,
    checks: entry.checks && showChecks(index, entry.checks),
  }
}

function showChecks(index: number, checks: EntryChecks): NonNullable<EntryView['checks']> {
  const items = (['text', 'signed', 'included', 'follows', 'followed'] as const).map((name) => ({ holds: checks[name], name }))
  const good = items.every(({ holds }) => holds !== false)
  return {
    good,
    verdict: good ? words.checks.good(index) : words.checks.bad(index),
    size: countText(checks.size),
    publishedAt: instantText(checks.publishedAt),
    items: items.map(({ holds, name }) => ({
      holds,
      text: words.checks.items[name][holds === null ? 'none' : holds ? 'holds' : 'fails'],
    })),
  }
}
