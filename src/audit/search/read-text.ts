import { londonDate, type DateText } from '../../kernel/index.ts'
import type { CanonicalValue } from '../canonical.ts'

/** What an entry says of itself, read out of its exact text. Null wherever it says nothing, or nothing that can be read. */
export interface EntryReading {
  readonly id: string | null
  readonly kind: string | null
  readonly lane: string | null
  readonly role: string | null
  /** The alias of who acted. */
  readonly actor: string | null
  /** RFC 3339 UTC, to the second; null for reporters' and cover entries. */
  readonly at: string | null
  /** The London day. */
  readonly on: DateText | null
  readonly concern: string | null
  readonly number: number | null
  readonly previous: string | null
  readonly fields: Readonly<Record<string, CanonicalValue>>
}

/** Reads any text: one that somebody tampered with must still be shown. */
export function readText(text: string): EntryReading {
  const entry = held(parsed(text))
  const actor = held(entry['actor'])
  const at = instantIn(entry['at'])
  return {
    id: textIn(entry['id']),
    kind: textIn(entry['kind']),
    lane: textIn(entry['lane']),
    role: textIn(actor['role']),
    actor: textIn(actor['alias']),
    at: at && textIn(entry['at']),
    on: at === null ? dayIn(entry['on']) : londonDate(at),
    concern: textIn(entry['concern']),
    number: typeof entry['number'] === 'number' ? entry['number'] : null,
    previous: textIn(entry['previous']),
    fields: held(entry['fields']),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const held = (value: unknown): Readonly<Record<string, CanonicalValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

export const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const dayIn = (value: unknown): DateText | null =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? (value as DateText) : null

function instantIn(value: unknown): Temporal.Instant | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) || Number.isNaN(Date.parse(value))) return null
  return Temporal.Instant.from(value)
}
