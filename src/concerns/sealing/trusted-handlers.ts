import type { Directory } from '../../accounts/index.ts'
import type { EntryKind } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { Refusal, type UserId } from '../../kernel/index.ts'
import type { Facts } from '../../workflow/index.ts'
import { readItems } from './item-store.ts'
import { partOf, type OpenConcern } from './opening.ts'
import { narrativeContent, type NarrativeContent } from './sealed-contents.ts'
import { openPart } from './sealed-parts.ts'

/** By a colleague who held the keys, or by two keepers of the recovery key. */
const lettingIn: ReadonlySet<EntryKind> = new Set(['access_granted', 'access_recovered'])

/**
 * The handlers who get keys to what is new. A row of a grant makes nobody one of them: they are whom the reporter was promised as readers,
 * under the reporter's own signature, or whom the log says a handler let in. Otherwise a row slipped into the database would be turned
 * into a real key by the next honest step. Refusal `record_not_genuine` where the promise itself is not.
 */
export async function trustedHandlers(tx: Tx, concern: OpenConcern, facts: Facts, directory: Directory): Promise<UserId[]> {
  return [...facts.handlers].filter(await vouchedFor(tx, concern, directory))
}

/** Whether the reporter was promised a person as reader, or the log says that a handler let them in. Refusal `record_not_genuine`. */
export async function vouchedFor(tx: Tx, concern: OpenConcern, directory: Directory): Promise<(person: UserId) => boolean> {
  const promised = new Set(await promisedReaders(tx, concern))
  const letIn = new Set(concern.entries.filter(({ kind }) => lettingIn.has(kind)).map(({ text }) => personIn(text)))
  return (person) => promised.has(person) || letIn.has(directory.find(person)?.alias)
}

/** Whether the person agreed before sending that the non-executive lead may read it if nobody answers. Refusal `record_not_genuine`. */
export async function agreedToStandby(tx: Tx, concern: OpenConcern): Promise<boolean> {
  return (await whatWasRaised(tx, concern)).said?.['standby'] === true
}

async function promisedReaders(tx: Tx, concern: OpenConcern): Promise<string[]> {
  return (await whatWasRaised(tx, concern)).readers.map(({ id }) => id)
}

async function whatWasRaised(tx: Tx, concern: OpenConcern): Promise<NarrativeContent> {
  const shared = partOf(concern, 'shared')
  const key = concern.signKeyOf('reporter')
  if (shared === null || key === null) throw new Refusal('record_not_genuine')
  const { reporter } = await readItems(tx, concern.concern.id, [shared.id])
  const item = reporter.find(({ kind }) => kind === 'narrative')
  const opened = item && openPart(item, shared, key)
  const parsed = opened?.genuine ? narrativeContent.safeParse(opened.content) : null
  if (!parsed?.success) throw new Refusal('record_not_genuine')
  return parsed.data
}

function personIn(entryText: string): string | undefined {
  return (JSON.parse(entryText) as { fields: { person?: string } }).fields.person
}
