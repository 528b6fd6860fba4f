import { proposeRecoveredSet, peopleOfSet, type AccountsDeps, type Directory, type DirectoryPerson } from '../../accounts/index.ts'
import { readConcernEntries, type StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { hasRole, invalid, type ConcernId, type UserId } from '../../kernel/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import { readItemsById, type StoredItem } from '../sealing/item-store.ts'
import { conflictedIn, isConflicted } from '../lifecycle/conflicts.ts'
import { signKeysOf } from '../sealing/opening.ts'
import { readRaisedKeys } from '../sealing/reporter-record.ts'
import { readEarlierGrants, readNarrativeIds, readConcernPage, readRecoveryGrants, type PlacedConcern } from './recovery-store.ts'
import { compartmentKinds, type ExportedConcern, type ExportedItem, type RecoveryExport } from './recovery-file.ts'

export type RecoveryDeps = Pick<AccountsDeps, 'audited' | 'clock' | 'database' | 'pins' | 'random'> & {
  readonly directory: { current(tx?: Tx): Promise<Directory> }
}

/**
 * All that the recovery key could open for one person who works here, still sealed, with the list of recipients to sign where the people there
 * are differ from the one in force. Records `recovery_exported` before it is handed over. Throws Refusal `invalid_input` where the person
 * is nobody who may read concerns, or where no recovery key was ever made, `not_set_up`, `intake_closed`.
 */
export function createExportGrants({ audited, clock, database, directory: directories, pins }: RecoveryDeps) {
  return async (personId: UserId, organisation: string): Promise<Omit<RecoveryExport, 'format'>> => {
    const beginning = await database.read(async (tx) => {
      const directory = await directories.current(tx)
      const recovery = recoveryKeysIn(pins)
      const set = await proposeRecoveredSet(tx, pins)
      const person = personAmong(set === null ? directory.people : (peopleOfSet(set) ?? []), personId)
      return { directory, recovery, set, person }
    })
    const { recovery, set, person } = beginning
    const concerns = await exportAll(database, person, beginning.directory)
    const fields = { person: person.alias, concerns: concerns.length }
    await audited(async () => ({
      value: null,
      entries: [{ kind: 'recovery_exported', actor: { role: 'system' }, at: clock.now(), fields }],
    }))
    const { id, alias, name, roles, deputy, formerly = [], keys } = person
    return {
      organisation,
      recovery,
      person: { id, alias, name, roles: [...roles], deputy, formerly: [...formerly], keys },
      set,
      concerns,
    }
  }
}

/** Page by page, each in a transaction of its own: all of a large trust's concerns would outlast one. */
async function exportAll(database: RecoveryDeps['database'], person: DirectoryPerson, directory: Directory): Promise<ExportedConcern[]> {
  const exported: ExportedConcern[] = []
  let after: ConcernId | null = null
  for (;;) {
    const last: ConcernId | null = after
    const { page, found } = await database.read(async (tx) => {
      const concerns = await readConcernPage(tx, last)
      return { page: concerns, found: await exportPage(tx, concerns, person, directory) }
    })
    exported.push(...found)
    after = page.at(-1)?.id ?? null
    if (after === null) return exported
  }
}

function recoveryKeysIn(pins: AccountsDeps['pins']): RecoveryExport['recovery'] {
  const pinned = pins.read()
  if (pinned?.recoverySignKey === undefined) throw invalid('/recovery', 'no_recovery_key', 'No recovery key was made for this database.')
  return { box: fromBase64(pinned.recoveryKey), sign: fromBase64(pinned.recoverySignKey) }
}

function personAmong(people: readonly DirectoryPerson[], id: UserId): DirectoryPerson {
  const person = people.find((each) => each.id === id)
  if (person === undefined || !hasRole(person, 'guardian', 'executive_lead', 'non_executive_lead', 'investigator'))
    throw invalid('/email', 'reads_no_concerns', 'This is nobody who reads concerns.')
  return person
}

async function exportPage(
  tx: Tx,
  page: readonly PlacedConcern[],
  person: DirectoryPerson,
  directory: Directory,
): Promise<ExportedConcern[]> {
  const ids = page.map(({ id }) => id)
  const grants = await readRecoveryGrants(tx, ids)
  const earlier = await readEarlierGrants(tx, ids)
  const raised = await readRaisedKeys(tx, ids)
  const narratives = await readNarrativeIds(tx, ids)
  const items = await readItemsById(tx, [...page.map(({ headerItemId }) => headerItemId), ...narratives.values()])
  const exported: ExportedConcern[] = []
  for (const { id, headerItemId } of page) {
    const keysOf = signKeysOf(directory, raised.get(id)?.signKey ?? null)
    const itemOf = (itemId: string | undefined) => exportItem(id, items.get(itemId ?? ''), keysOf)
    const entries = await readConcernEntries(tx, id, ['concern_viewed', 'content_viewed'])
    // Whoever declared a conflict gets nothing back of it, whatever they were once let into.
    if (isConflicted(person, conflictedIn(entries), directory)) continue
    exported.push({
      id,
      grants: (grants.get(id) ?? []).map(({ compartmentId, kind, epoch, sealed }) => ({ compartmentId, kind, epoch, sealed: own(sealed) })),
      earlier: (earlier.get(id) ?? []).map(({ compartmentId, kind, epoch, holder, sealed }) => ({
        compartmentId,
        kind,
        epoch,
        holder,
        sealed: own(sealed),
      })),
      listedThen: wasListed(entries, person, directory),
      letIn: letInBy(entries, person, directory),
      header: itemOf(headerItemId),
      narrative: itemOf(narratives.get(id)),
    })
  }
  return exported
}

function exportItem(concernId: ConcernId, item: StoredItem | undefined, keysOf: ReturnType<typeof signKeysOf>): ExportedItem | null {
  if (item?.concernId !== concernId) return null
  const { id, compartmentId, kind, epoch, version, author, itemKey, ciphertext, signature } = item
  const keys = keysOf(author) ?? []
  const signKeys = (keys instanceof Uint8Array ? [keys] : keys).map(own)
  return {
    id,
    compartmentId,
    kind,
    epoch,
    version,
    author,
    itemKey: own(itemKey),
    ciphertext: own(ciphertext),
    signature: own(signature),
    signKeys,
  }
}

function wasListed(entries: readonly StoredEntry[], { id, formerly = [] }: DirectoryPerson, directory: Directory): boolean {
  const first = entries.find(({ kind }) => kind === 'concern_raised')
  const version = first && fieldsOf(first)['recipientSet']
  // A list nobody knows counts as one the person was on: passed over rather than let in.
  return typeof version !== 'number' || [id, ...formerly].some((each) => directory.wasIn(version, each) ?? true)
}

function letInBy(entries: readonly StoredEntry[], { alias, formerly = [] }: DirectoryPerson, directory: Directory): CompartmentKind[] {
  const aliases: readonly unknown[] = [alias, ...formerly.map((id) => directory.known(id)?.alias)]
  const kinds = entries
    .filter(({ kind }) => kind === 'access_granted' || kind === 'access_recovered')
    .map(fieldsOf)
    .filter(({ person }) => aliases.includes(person))
    .flatMap(({ compartments }) => (Array.isArray(compartments) ? compartments : []))
  return compartmentKinds.filter((kind) => kinds.includes(kind))
}

function fieldsOf({ text }: StoredEntry): Record<string, unknown> {
  return (JSON.parse(text) as { fields: Record<string, unknown> }).fields
}

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'))
