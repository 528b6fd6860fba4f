import { newId, type CompartmentId, type ConcernId, type ItemId, type Random } from '../../kernel/index.ts'
import {
  createCompartmentKeys,
  openGrant,
  openJson,
  sealGrant,
  sealJson,
  type CompartmentKeys,
  type CompartmentKind,
  type Opened,
  type PrivateKeys,
  type SealedItem,
} from '../../vault/index.ts'

/** A compartment whose key is in hand: made just now, or opened through a grant. */
export interface OpenCompartment {
  readonly id: CompartmentId
  readonly concernId: ConcernId
  readonly kind: CompartmentKind
  readonly epoch: number
  readonly keys: CompartmentKeys
  /** Keys of its earlier epochs, for what was sealed under them; absent in the first. */
  readonly earlier?: ReadonlyMap<number, CompartmentKeys>
}

/** What sealing into a compartment takes: its private half stays with those who read it. */
export interface SealTarget extends Omit<OpenCompartment, 'keys'> {
  readonly keys: Pick<CompartmentKeys, 'publicKey'>
}

/** Everyone a grant can be for: a member of staff, the reporter, or the recovery key. */
export interface Holder {
  readonly holder: string
  readonly boxKey: Uint8Array
}

export interface GrantRow {
  readonly id: string
  readonly concernId: ConcernId
  readonly compartmentId: CompartmentId
  readonly kind: CompartmentKind
  readonly epoch: number
  readonly holder: string
  readonly sealed: Uint8Array
}

/** What an item is: decides who wrote it, where it lies and what its content looks like. */
const itemKinds = [
  'narrative',
  'header',
  'identity',
  'message',
  'note',
  'triage',
  'terms',
  'not_investigated',
  'referral',
  'findings',
  'outcome',
  'feedback',
  'detriment',
  'detriment_risk',
  'detriment_plan',
  'detriment_review',
  'detriment_closure',
  'closing',
  'reopening',
  'withdrawal',
  'escalation',
  'assignment',
  'summary',
  'approval_note',
  'identity_reason',
  'assessment',
  'contact',
  'recording',
  'link',
  'unlink',
  'screening',
  'first_contact',
  'follow_up',
  'task',
  'task_note',
  'task_answer',
] as const
export type ItemKind = (typeof itemKinds)[number]

/** A sealed item with everything its signature binds. `author` is a user id or 'reporter'. */
export interface ItemRow extends SealedItem {
  readonly id: ItemId
  readonly concernId: ConcernId
  readonly compartmentId: CompartmentId
  readonly kind: ItemKind
  readonly epoch: number
  readonly version: number
  readonly author: string
}

export function createCompartment(random: Random, concernId: ConcernId, kind: CompartmentKind): OpenCompartment {
  return { id: newId<CompartmentId>(random), concernId, kind, epoch: 1, keys: createCompartmentKeys() }
}

/** One grant a holder. The same person twice gets one. */
export function grantTo(random: Random, part: OpenCompartment, holders: readonly Holder[]): GrantRow[] {
  const once = new Map(holders.map((holder) => [holder.holder, holder]))
  return [...once.values()].map(({ holder, boxKey }) => {
    const binding = { concernId: part.concernId, compartmentId: part.id, kind: part.kind, epoch: part.epoch, holder }
    return {
      id: newId(random),
      ...binding,
      concernId: part.concernId,
      compartmentId: part.id,
      sealed: sealGrant(binding, part.keys, boxKey),
    }
  })
}

/** Opens a grant row for the person it names. Throws Refusal `record_not_genuine` where the row was moved or altered. */
export function openCompartment(grant: GrantRow, holder: PrivateKeys): OpenCompartment {
  const { concernId, compartmentId, kind, epoch } = grant
  const keys = openGrant({ concernId, compartmentId, kind, epoch, holder: grant.holder }, grant.sealed, holder)
  return { id: compartmentId, concernId, kind, epoch, keys }
}

/** Seals content into a compartment and signs it as its author. */
export function sealPart(
  random: Random,
  part: SealTarget,
  kind: ItemKind,
  author: string,
  authorKeys: PrivateKeys,
  content: unknown,
  version = 1,
): ItemRow {
  const id = newId<ItemId>(random)
  const binding = { concernId: part.concernId, itemId: id, kind, compartmentId: part.id, epoch: part.epoch, version, author }
  return {
    id,
    concernId: part.concernId,
    compartmentId: part.id,
    kind,
    epoch: part.epoch,
    version,
    author,
    ...sealJson(binding, content, part.keys.publicKey, authorKeys),
  }
}

/** One signing key, or all that ever were a person's: who lost theirs and got new ones still wrote what they wrote. */
export type AuthorKeys = Uint8Array | readonly Uint8Array[]

/** The content if its author wrote exactly this, here; never throws on a tampered row. */
export function openPart(item: ItemRow, part: OpenCompartment, authorKeys: AuthorKeys): Opened<unknown> {
  const { id: itemId, concernId, kind, compartmentId, epoch, version, author } = item
  const binding = { concernId, itemId, kind, compartmentId, epoch, version, author }
  const partKeys = epoch === part.epoch ? part.keys : part.earlier?.get(epoch)
  if (partKeys === undefined) return { genuine: false }
  for (const key of authorKeys instanceof Uint8Array ? [authorKeys] : authorKeys) {
    const opened = openJson(binding, item, partKeys, key)
    if (opened.genuine) return opened
  }
  return { genuine: false }
}
