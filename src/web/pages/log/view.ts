import type { StoredEntry } from '../../../audit/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { labelOf } from '../../staff/options.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { words } from './words.en.ts'

export interface LogRow {
  readonly id: string
  readonly on: string
  /** RFC 3339; null for a reporter's entry. */
  readonly at: string | null
  readonly role: string
  /** The first eight digits of an alias; null where the actor has none. */
  readonly alias: string | null
  readonly what: string
  readonly concern: string | null
  /** The canonical text, exactly as it was hashed. */
  readonly text: string
}

export function logRows(entries: readonly StoredEntry[]): readonly LogRow[] {
  return entries.map((entry) => {
    const { actor, concern } = aliasesIn(entry.text)
    return {
      id: entry.id,
      on: entry.on,
      at: entry.at && instantText(entry.at),
      role: labelOf(staffWords.roles, actor.role),
      alias: short(actor.alias),
      what: labelOf(words.kinds, entry.kind),
      concern: short(concern),
      text: entry.text,
    }
  })
}

/** Enough of an alias to tell people apart on one page; the whole of it is in the entry's text. */
const short = (alias: string | null): string | null => alias?.slice(0, 8) ?? null

function aliasesIn(text: string): {
  readonly actor: { readonly role: string; readonly alias: string | null }
  readonly concern: string | null
} {
  const entry = heldIn(JSON.parse(text) as unknown)
  const actor = heldIn(entry['actor'])
  return { actor: { role: textIn(actor['role']) ?? 'system', alias: textIn(actor['alias']) }, concern: textIn(entry['concern']) }
}

const heldIn = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {})
const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)
