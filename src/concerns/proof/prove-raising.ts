import { proveEntry, type CanonicalValue, type ProvenEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { addDays, dateFromColumn, londonDate, Refusal, type ConcernId, type DateText, type Role } from '../../kernel/index.ts'
import { commitmentOfParts, showParts, type Parts } from '../../vault/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { openShared } from '../inbox/reporter-act.ts'
import { readItems } from '../sealing/item-store.ts'
import { withAllEpochs } from '../lifecycle/all-epochs.ts'
import { atOneMoment } from '../lifecycle/at-one-moment.ts'
import { assertRaisedWith, readRaisedKeys } from '../sealing/reporter-record.ts'
import { narrativeContent, type NarrativeContent } from '../sealing/sealed-contents.ts'
import { openPart } from '../sealing/sealed-parts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { provableParts } from './provable-parts.ts'
import type { ProofFile, ProofOfRaising } from './views.ts'

const least = ['raisedOn', 'readers']

interface Raised {
  readonly content: NarrativeContent
  readonly entry: { readonly id: string; readonly on: DateText; readonly text: string }
  readonly place: ProvenEntry | null
}

/**
 * What shows that a concern was raised, to whom and on what day: the opening of its commitment, its entry, and that the entry is in the log. Made
 * from the person's own sealed words, the same whenever it is asked for; recorded nowhere. Null for a concern raised before proofs could be made.
 * Refusal `token_not_recognised`, `record_not_genuine`.
 */
export function createProveRaising(deps: Pick<ConcernDeps, 'database' | 'directory'>): ConcernUseCases['proveRaising'] {
  return async (ctx, shows) => {
    const { content, entry, place } = await atOneMoment(() => deps.database.read((tx) => readRaised(tx, ctx)))
    if (content.said === undefined) return null
    const parts = provableParts(content)
    const salt = new Uint8Array(Buffer.from(content.commitmentSalt, 'base64url'))
    const { fields } = JSON.parse(entry.text) as { fields: { commitment?: unknown } }
    // Somebody has changed the entry, or put other words into the seal: no proof can come of it
    if (base64url(commitmentOfParts(salt, parts)) !== fields.commitment) throw new Refusal('record_not_genuine')
    const today = londonDate(ctx.now)
    const directory = await deps.directory.current()
    return {
      comeBackOn: place === null ? addDays(entry.on < today ? today : entry.on, 1) : null,
      raisedOn: content.raisedOn as DateText,
      enteredOn: entry.on,
      readers: content.readers.map(({ role, name }) => ({ role: role as Role, name })),
      said: shows === 'everything' ? saidIn(content, (id) => directory.known(id)?.name) : null,
      entryId: entry.id,
      place: place && { index: place.index, log: place.log, size: place.size, root: place.root },
      file: fileOf(entry.text, place, salt, parts, shows === 'everything' ? Object.keys(parts) : least),
    }
  }
}

async function readRaised(tx: Tx, ctx: Parameters<ConcernUseCases['proveRaising']>[0]): Promise<Raised> {
  const newest = await openShared(tx, ctx)
  const keys = assertRaisedWith((await readRaisedKeys(tx, [ctx.concernId])).get(ctx.concernId) ?? null, newest)
  const shared = await withAllEpochs(tx, newest, keys)
  const { reporter } = await readItems(tx, ctx.concernId, [shared.id])
  const item = reporter.find(({ kind }) => kind === 'narrative')
  const opened = item && openPart(item, shared, keys.signKey)
  if (!opened?.genuine) throw new Refusal('record_not_genuine')
  const entry = await readFirstEntry(tx, ctx.concernId)
  return { content: narrativeContent.parse(opened.content), entry, place: await proveEntry(tx, entry.id) }
}

async function readFirstEntry(tx: Tx, concernId: ConcernId): Promise<Raised['entry']> {
  const row = await tx.reporterEntry.findFirst({ where: { concernId, number: 1 }, select: { id: true, happenedOn: true, text: true } })
  if (row === null) throw new Refusal('record_not_genuine')
  return { id: row.id, on: dateFromColumn(row.happenedOn), text: row.text }
}

/** Whom it is about may have been ticked: then it is their id, which says nothing on paper. */
function saidIn(content: NarrativeContent, nameOf: (id: never) => string | undefined): NonNullable<ProofOfRaising['said']> {
  const { narrative, happened, awareSince, immediateDanger, treatedBadly, about = [], said } = content
  return { ...said, narrative, happened, awareSince, immediateDanger, treatedBadly, about: about.map((who) => nameOf(who as never) ?? who) }
}

function fileOf(entry: string, place: ProvenEntry | null, salt: Uint8Array, parts: Parts, names: readonly string[]): ProofFile {
  const { list, shown, ...ofList } = showParts(salt, parts, names)
  const opened = Object.entries(shown).map(([name, part]) => [
    name,
    { salt: base64url(part.salt), value: JSON.parse(part.text) as CanonicalValue },
  ])
  return {
    format: 'forthright-proof-of-raising/1',
    entry,
    proof: place?.proof ?? null,
    opening: { salt: base64url(ofList.salt), list, shown: Object.fromEntries(opened) as ProofFile['opening']['shown'] },
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
