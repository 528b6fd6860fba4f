import { canonicalJson, type CanonicalValue } from '../canonical.ts'
import { leafHash, sameHash } from '../merkle/index.ts'
import { LogRefused } from './refused.ts'

/** An entry as its row has it. */
export interface EntryRow {
  readonly id: string
  readonly kind: string
  readonly number: number | null
  readonly day: Date
  /** The same as an entry's text has it: of staff's to the second. */
  readonly happened: string
  readonly text: string
  readonly hash: Uint8Array
}

/** What the place of an entry says of it. */
export interface Placed {
  readonly id: string
  readonly lane: 'reporter' | 'staff' | 'cover'
  readonly kind: string
  readonly day: Date | null
  readonly actor: string | null
  readonly concern: string | null
  readonly hash: Uint8Array
}

/**
 * Looks at an entry before it is given its place for good: canonical text, its hash, what its row says, and its link. `before` is the hash of
 * the entry before it in its lane, null for the first one and for what belongs to no concern. Throws `LogRefused` `entry_altered` and
 * `link_broken`.
 */
export function checkEntry(lane: 'reporter' | 'staff', row: EntryRow, before: Uint8Array | null): Placed {
  const said = readEntry(row)
  if (!isOfRow(said, lane, row) || !sameHash(leafHash(row.text), row.hash)) throw new LogRefused('entry_altered', row.id)
  if ((said['previous'] ?? null) !== (before === null ? null : Buffer.from(before).toString('hex')))
    throw new LogRefused('link_broken', row.id)
  return {
    id: row.id,
    lane,
    kind: row.kind,
    day: row.day,
    actor: textOf(memberOf(said['actor'], 'alias')),
    concern: textOf(said['concern']),
    hash: row.hash,
  }
}

function readEntry({ id, text }: EntryRow): Readonly<Record<string, CanonicalValue>> {
  try {
    const said = JSON.parse(text) as Record<string, CanonicalValue>
    if (canonicalJson(said) === text) return said
  } catch {
    // Said below: no text that we wrote is unreadable
  }
  throw new LogRefused('entry_altered', id)
}

function isOfRow(said: Readonly<Record<string, CanonicalValue>>, lane: string, { id, kind, number, happened }: EntryRow): boolean {
  const isDated = (said['at'] ?? said['on']) === happened
  return said['id'] === id && said['lane'] === lane && said['kind'] === kind && (said['number'] ?? null) === number && isDated
}

const memberOf = (value: CanonicalValue | undefined, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : null
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
