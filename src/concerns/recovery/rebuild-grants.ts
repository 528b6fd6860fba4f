import { signRecoveredSet, type DirectoryPerson } from '../../accounts/index.ts'
import { Refusal, type CompartmentId, type ConcernId, type Role, type UserId } from '../../kernel/index.ts'
import { sealGrant, signStatement, type PrivateKeys } from '../../vault/index.ts'
import { withEarlierEpochs } from '../lifecycle/epochs.ts'
import { readHeader } from '../sealing/opening.ts'
import { narrativeContent, type NarrativeContent } from '../sealing/sealed-contents.ts'
import { openCompartment, openPart, type OpenCompartment } from '../sealing/sealed-parts.ts'
import {
  itemRowOf,
  recoveredContext,
  signedPart,
  type ExportedConcern,
  type RecoveredGrants,
  type RecoveryExport,
} from './recovery-file.ts'
import { partsFor } from './who-gets-back.ts'

export interface Rebuilding {
  readonly recovered: RecoveredGrants
  /** Concerns whose own rows do not hold: somebody changed them. Nobody gets these. */
  readonly notGenuine: number
}

/**
 * Seals anew, for the person the export names, what the recovery key opens and they may have. Needs no database: it is done on a machine that
 * is afterwards wiped. Whether a concern is about the person is read inside the seals, in memory; how many are is not told.
 */
export function rebuildGrants(exported: RecoveryExport, recovery: PrivateKeys): Rebuilding {
  const person = personIn(exported)
  const rebuilt = exported.concerns.map((concern) => rebuildConcern(concern, person, recovery))
  const unsigned = {
    format: 'forthright-recovered-grants/1' as const,
    person: { id: person.id, keys: exported.person.keys },
    set: exported.set === null ? null : { body: exported.set, signature: signRecoveredSet(exported.set, recovery) },
    concerns: rebuilt.filter((concern) => concern !== null && concern.grants.length > 0) as RecoveredGrants['concerns'],
  }
  const signature = signStatement(recovery, recoveredContext, signedPart(unsigned))
  return { recovered: { ...unsigned, signature }, notGenuine: rebuilt.filter((concern) => concern === null).length }
}

/** Null where header or first words are not genuine, or a grant of the recovery key opens nothing. */
function rebuildConcern(
  concern: ExportedConcern,
  person: DirectoryPerson,
  recovery: PrivateKeys,
): RecoveredGrants['concerns'][number] | null {
  const parts = openParts(concern, recovery)
  const header = parts && headerIn(concern, parts)
  const narrative = parts && narrativeIn(concern, parts)
  if (!parts || !header || !narrative) return null
  const { letIn, listedThen } = concern
  const wanted = partsFor(person, { header, readers: narrative.readers, letIn, listedThen })
  const given = [...parts.values()].filter(({ kind }) => wanted === 'all' || wanted.has(kind))
  return { id: concern.id, grants: given.map((part) => grantFor(part, person)) }
}

function openParts({ id, grants, earlier }: ExportedConcern, recovery: PrivateKeys): ReadonlyMap<CompartmentId, OpenCompartment> | null {
  try {
    const parts = grants.map(({ compartmentId, kind, epoch, sealed }) =>
      openCompartment(
        { id: '', concernId: id as ConcernId, compartmentId: compartmentId as CompartmentId, kind, epoch, holder: 'recovery', sealed },
        recovery,
      ),
    )
    const before = earlier.map((row) => ({
      ...row,
      id: '',
      concernId: id as ConcernId,
      compartmentId: row.compartmentId as CompartmentId,
    }))
    return new Map(parts.map((part) => [part.id, withEarlierEpochs(part, before, new Map())]))
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function headerIn({ id, header }: ExportedConcern, parts: ReadonlyMap<CompartmentId, OpenCompartment>) {
  if (header === null) return null
  const { signKeys, ...rest } = header
  const row = itemRowOf(header, id)
  return readHeader({ ...rest, ...row, ...unseen }, parts.get(row.compartmentId), () => signKeys)
}

/** Where and when an item stands among others is no part of what is read here. */
const unseen = { number: 0, on: '' as never, at: null } as const

function narrativeIn({ id, narrative }: ExportedConcern, parts: ReadonlyMap<CompartmentId, OpenCompartment>): NarrativeContent | null {
  const row = narrative && itemRowOf(narrative, id)
  const part = row && parts.get(row.compartmentId)
  if (!row || row.kind !== 'narrative' || part?.kind !== 'shared') return null
  const opened = openPart(row, part, narrative.signKeys)
  return opened.genuine ? (narrativeContent.safeParse(opened.content).data ?? null) : null
}

function grantFor({ id, concernId, kind, epoch, keys }: OpenCompartment, person: DirectoryPerson) {
  const binding = { concernId, compartmentId: id, kind, epoch, holder: person.id }
  return { compartmentId: id, kind, epoch, sealed: sealGrant(binding, keys, person.keys.box) }
}

function personIn({ person }: RecoveryExport): DirectoryPerson {
  const { id, alias, name, roles, deputy, formerly, keys } = person
  return {
    id: id as UserId,
    alias: alias as DirectoryPerson['alias'],
    name,
    roles: roles as Role[],
    deputy,
    intakeGroupIds: [],
    keys,
    formerly: formerly as UserId[],
  }
}
