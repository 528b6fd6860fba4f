import type { Directory, StaffContext } from '../../accounts/index.ts'
import { readConcernEntries, type StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { Refusal, type CompartmentId, type UserId } from '../../kernel/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import { hadOtherKeys } from './holders.ts'
import { readItemsById, type StoredItem } from './item-store.ts'
import { readRaisedKeys, type RaisedKeys } from './reporter-record.ts'
import { headerContent, type HeaderContent } from './sealed-contents.ts'
import { openCompartment, openPart, type AuthorKeys, type GrantRow, type OpenCompartment } from './sealed-parts.ts'
import { readEpochGrants, readHolders } from './grant-store.ts'
import { withEarlierEpochs } from '../lifecycle/epochs.ts'
import type { Sight } from '../reading/visibility.ts'
import { readCoveredFor } from '../sweep/cover-store.ts'

/** All of a concern that its pages and guards need, still sealed: read inside a transaction, opened after the look is on record. */
export interface SealedConcern extends Sight {
  /** What happened to it, looks left out. */
  readonly entries: readonly StoredEntry[]
  readonly raisedKeys: RaisedKeys | null
  readonly holders: Awaited<ReturnType<typeof readHolders>>
  /** By which later epochs of its compartments open earlier ones. */
  readonly epochGrants: readonly GrantRow[]
  /** For whom the owner stands in. */
  readonly coveredFor: UserId | null
  readonly header: StoredItem | null
  readonly summaries: ReadonlyMap<string, StoredItem>
}

/** Whose signature on an item would be genuine: the directory's keys, never a person's row. Null where nobody's would. */
export type SignKeyOf = (author: string) => AuthorKeys | null

/**
 * Looks are for the auditor's page: here they would bury what happened, and grow without end. A name that was opened is no mere look. Links are
 * left out too: a history that told of one would tell of a concern its reader may know nothing of.
 */
const looks = [
  'concern_viewed',
  'content_viewed',
  'summary_viewed',
  'sample_viewed',
  'attempt_refused',
  'concern_linked',
  'concern_unlinked',
] as const

export interface OpenConcern extends Omit<SealedConcern, 'header'> {
  readonly parts: ReadonlyMap<CompartmentId, OpenCompartment>
  readonly signKeyOf: SignKeyOf
  /** Null where the person may not open it or it is not genuine. */
  readonly header: HeaderContent | null
  readonly headerVersion: number
}

export async function readSealed(tx: Tx, sight: Sight): Promise<SealedConcern> {
  const { id, headerItemId, ownerId } = sight.concern
  const items = await readItemsById(tx, [headerItemId, ...sight.approvals.map(({ summaryItemId }) => summaryItemId)])
  const header = items.get(headerItemId)
  return {
    ...sight,
    entries: await readConcernEntries(tx, id, looks),
    raisedKeys: (await readRaisedKeys(tx, [id])).get(id) ?? null,
    holders: await readHolders(tx, id),
    epochGrants: await readEpochGrants(tx, [id]),
    coveredFor: await readCoveredFor(tx, id, ownerId),
    header: header?.concernId === id ? header : null,
    summaries: items,
  }
}

/**
 * Opens the person's compartments and the header. Refusal `record_not_genuine` where a grant was moved, altered or made by a stranger,
 * `sealed_to_old_keys` where it does not open and the person has had other keys: nobody is to be told of a forgery who only lost theirs.
 */
export function openConcern(sealed: SealedConcern, ctx: Pick<StaffContext, 'keys'>, directory: Directory): OpenConcern {
  const { raisedKeys } = sealed
  const parts = new Map(
    sealed.grants.map((grant) => {
      const part = openGranted(grant, ctx, directory)
      assertAsRaised(part, raisedKeys)
      return [grant.compartmentId, withEarlierEpochs(part, sealed.epochGrants, raisedKeys?.firstKeys ?? noKeys)]
    }),
  )
  const signKeyOf = signKeysOf(directory, raisedKeys?.signKey ?? null)
  return { ...sealed, parts, signKeyOf, header: openHeader(sealed, parts, signKeyOf), headerVersion: sealed.header?.version ?? 0 }
}

function openGranted(grant: GrantRow, ctx: Pick<StaffContext, 'keys'>, directory: Directory): OpenCompartment {
  const part = openIfWhole(grant, ctx)
  if (part !== undefined) return part
  throw new Refusal(hadOtherKeys(directory, grant.holder as UserId) ? 'sealed_to_old_keys' : 'record_not_genuine')
}

const noKeys: ReadonlyMap<string, Uint8Array> = new Map()

export function signKeysOf(directory: Directory, reporterKey: Uint8Array | null): SignKeyOf {
  return (author) => (author === 'reporter' ? reporterKey : (directory.known(author as UserId)?.signKeys ?? null))
}

/** A grant says nothing of who granted: without this, somebody who writes to the database could slip in a key of their own and wait. */
function assertAsRaised(part: OpenCompartment, raisedKeys: RaisedKeys | null): void {
  const raised = raisedKeys?.partKeys.get(part.id)
  if (raised !== undefined && Buffer.compare(raised, part.keys.publicKey) !== 0) throw new Refusal('record_not_genuine')
}

function openHeader(
  { header, entries }: SealedConcern,
  parts: ReadonlyMap<CompartmentId, OpenCompartment>,
  signKeyOf: SignKeyOf,
): HeaderContent | null {
  const content = header === null ? null : readHeader(header, parts.get(header.compartmentId), signKeyOf)
  // An older header put back in place would take the assessment with it.
  const assessed = entries.some(({ kind }) => kind === 'concern_triaged')
  return content !== null && assessed && content.consent === null ? null : content
}

/** The header's content, or null where this compartment or its author's key does not open it. */
export function readHeader(item: StoredItem, part: OpenCompartment | undefined, signKeyOf: SignKeyOf): HeaderContent | null {
  const key = item.kind === 'header' ? signKeyOf(item.author) : null
  if (part === undefined || key === null || part.kind !== 'internal') return null
  const opened = openPart(item, part, key)
  const parsed = opened.genuine ? headerContent.safeParse(opened.content) : null
  return parsed?.success ? parsed.data : null
}

/** A compartment of a list's row; undefined where its grant opens nothing, so that one forged row takes no page away. */
export function openIfWhole(grant: GrantRow, ctx: Pick<StaffContext, 'keys'>): OpenCompartment | undefined {
  try {
    return openCompartment(grant, ctx.keys)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** The newest compartment of a kind that the person holds. */
export function partOf(concern: Pick<OpenConcern, 'parts'>, kind: CompartmentKind): OpenCompartment | null {
  const held = [...concern.parts.values()].filter((part) => part.kind === kind)
  return held.toSorted((a, b) => b.epoch - a.epoch)[0] ?? null
}

/**
 * A compartment fit to write into: its key is the one the concern was raised with, as the log has it. Refusal `permission_denied` where the
 * person holds none, `record_not_genuine` where its key can not be vouched for.
 */
export function writablePart(concern: OpenConcern, kind: 'shared' | 'internal'): OpenCompartment {
  const part = partOf(concern, kind)
  if (part === null) throw new Refusal('permission_denied')
  if (!concern.raisedKeys?.partKeys.has(part.id)) throw new Refusal('record_not_genuine')
  return part
}
