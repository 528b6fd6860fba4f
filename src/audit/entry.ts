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

/**
 * An entry in its final form: canonical text and leaf hash. A reporter's entry carries a London date, a staff entry an instant
 * to the second. Throws where the draft names a field that the catalogue does not list, or says more than an entry bundle can hold.
 */
export function composeEntry(random: Random, draft: AuditDraft, place: LanePlace | null): ComposedEntry {
  const { lane, fields: allowed } = entryKinds[draft.kind]
  const fields = Object.entries(draft.fields).filter(([, value]) => value !== undefined)
  const stray = fields.find(([name]) => !(allowed as readonly string[]).includes(name))
  if (stray) throw new TypeError(`an entry of kind ${draft.kind} has no field ${stray[0]}`)

  const id = newId<EntryId>(random)
  const text = canonicalJson({
    format: entryFormat,
    id,
    kind: draft.kind,
    lane,
    actor: 'alias' in draft.actor ? { role: draft.actor.role, alias: draft.actor.alias } : { role: draft.actor.role },
    ...(lane === 'reporter' ? { on: londonDate(draft.at) } : { at: instantText(draft.at) }),
    ...(place === null
      ? {}
      : {
          concern: place.alias,
          number: place.number,
          previous: place.previous === null ? null : Buffer.from(place.previous).toString('hex'),
        }),
    fields: Object.fromEntries(fields) as Record<string, CanonicalValue>,
  })
  // An entry that can't be published must never be written: every later checkpoint would cover it
  if (Buffer.byteLength(text) > longestEntry) throw new TypeError(`an entry of kind ${draft.kind} is too long`)
  return { id, draft, lane, place, text, hash: leafHash(text) }
}
