import {
  instantText,
  londonDate,
  newId,
  type Alias,
  type ConcernId,
  type EntryId,
  type Random,
  type Role,
  type UserId,
} from '../kernel/index.ts'
import { canonicalJson, type CanonicalValue } from './canonical.ts'
import { entryKinds, type EntryFields, type EntryKind } from './catalogue.ts'
import { leafHash } from './merkle/index.ts'
import { longestEntry } from './notes/index.ts'

const entryFormat = 'forthright-entry/1'

/** Who acted. A reporter has no alias: only the concern ties their entries together. */
export type EntryActor =
  { readonly role: 'reporter' } | { readonly role: 'system' } | { readonly role: Role; readonly alias: Alias; readonly userId: UserId }

/** An entry as a use case asks for it; its number, link and hash come from `append`. */
export type AuditDraft = {
  [K in EntryKind]: {
    readonly kind: K
    readonly actor: EntryActor
    readonly at: Temporal.Instant
    readonly concernId?: ConcernId
    readonly fields: EntryFields<K>
  }
}[EntryKind]

/** Where an entry stands in its concern's lane: the alias, its number from 1, and the hash before it. */
export interface LanePlace {
  readonly alias: Alias
  readonly number: number
  readonly previous: Uint8Array | null
}

export interface ComposedEntry {
  readonly id: EntryId
  readonly draft: AuditDraft
  readonly lane: 'reporter' | 'staff'
  readonly place: LanePlace | null
  readonly text: string
  readonly hash: Uint8Array
}

/** An entry of a concern that has no place yet: its canonical text, open where alias, number and the hash before it belong. */
export interface OpenEntry {
  readonly id: EntryId
  readonly draft: AuditDraft
  readonly lane: 'reporter' | 'staff'
  /** Between them, in this order: the alias as a JSON string, the number, and the hash before in hex as a JSON string, or null. */
  readonly pieces: readonly [string, string, string, string]
}

/**
 * An entry in its final form: canonical text and leaf hash. A reporter's entry carries a London date, a staff entry an instant
 * to the second. Throws where the draft names a field that the catalogue does not list, or says more than an entry bundle can hold.
 */
export function composeEntry(random: Random, draft: AuditDraft, place: LanePlace | null): ComposedEntry {
  if (place === null) {
    const { id, lane, members } = membersOf(random, draft)
    const text = publishable(canonicalJson(members), draft)
    return { id, draft, lane, place, text, hash: leafHash(text) }
  }
  const { id, lane, pieces } = openEntry(random, draft)
  const before = place.previous === null ? null : Buffer.from(place.previous).toString('hex')
  const text =
    pieces[0] + canonicalJson(place.alias) + pieces[1] + canonicalJson(place.number) + pieces[2] + canonicalJson(before) + pieces[3]
  return { id, draft, lane, place, text, hash: leafHash(text) }
}

/** Members that say where an entry stands, in the order in which RFC 8785 has them. */
const placeMembers: readonly string[] = ['concern', 'number', 'previous']

/** What those can take at most, beside their names. */
const longestPlace = '"00000000-0000-0000-0000-000000000000"'.length + '2147483647'.length + 2 * 32 + '""'.length

/** An entry whose place the database fills in: one statement then locks, counts and writes. Throws like `composeEntry`. */
export function openEntry(random: Random, draft: AuditDraft): OpenEntry {
  const { id, lane, members } = membersOf(random, draft)
  const pieces = ['{']
  for (const name of [...Object.keys(members), ...placeMembers].sort()) {
    const begun = `${pieces.at(-1)!}${pieces.at(-1) === '{' ? '' : ','}${canonicalJson(name)}:`
    pieces[pieces.length - 1] = placeMembers.includes(name) ? begun : begun + canonicalJson(members[name]!)
    if (placeMembers.includes(name)) pieces.push('')
  }
  const [first, second, third, last] = pieces as [string, string, string, string]
  publishable(first + second + third + last, draft, longestPlace)
  return { id, draft, lane, pieces: [first, second, third, `${last}}`] }
}

/** Everything but the place. */
function membersOf(random: Random, draft: AuditDraft) {
  const { lane, fields: allowed } = entryKinds[draft.kind]
  const fields = Object.entries(draft.fields).filter(([, value]) => value !== undefined)
  const stray = fields.find(([name]) => !(allowed as readonly string[]).includes(name))
  if (stray) throw new TypeError(`an entry of kind ${draft.kind} has no field ${stray[0]}`)

  const id = newId<EntryId>(random)
  const members: Record<string, CanonicalValue> = {
    format: entryFormat,
    id,
    kind: draft.kind,
    lane,
    actor: 'alias' in draft.actor ? { role: draft.actor.role, alias: draft.actor.alias } : { role: draft.actor.role },
    ...(lane === 'reporter' ? { on: londonDate(draft.at) } : { at: instantText(draft.at) }),
    fields: Object.fromEntries(fields),
  }
  return { id, lane, members }
}

/** An entry that can't be published must never be written: every later checkpoint would cover it. */
function publishable(text: string, { kind }: AuditDraft, more = 0): string {
  if (Buffer.byteLength(text) + more > longestEntry) throw new TypeError(`an entry of kind ${kind} is too long`)
  return text
}
