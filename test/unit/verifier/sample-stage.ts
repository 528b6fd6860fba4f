import { createHash } from 'node:crypto'
import { readVerifierKey, verifySamples, type SampleVerdict } from '../../../scripts/verify-log.mjs'
import { composeEntry, drawSample, leafHash, type EntryActor } from '../../../src/audit/index.ts'
import { createTreeEdge } from '../../../src/audit/merkle/index.ts'
import { formatCheckpoint, signNote } from '../../../src/audit/notes/index.ts'
import { addDays, newId, type Alias, type DateText, type UserId } from '../../../src/kernel/index.ts'
import { filesOf, zipOf, type Files } from '../../support/honest-log/bundle.ts'
import { createChance } from '../../support/honest-log/chance.ts'
import { growHonestLog } from '../../support/honest-log/grow.ts'
import { place } from './stage.ts'

interface Entry {
  readonly kind: string
  readonly on?: string
  readonly at?: string
  readonly concern?: string
  readonly number?: number
  readonly fields: { readonly person?: string; readonly roles?: readonly string[] }
}

/** A log with more than a hundred concerns to draw from, and whatever a test writes behind it. */
export const log = await growHonestLog({ seed: 4711, acts: 1150, measure: 0, waits: true, rotates: false, restores: 0 })
export const chance = createChance(5)
const entries = log.texts.map((text) => JSON.parse(text) as Entry)
const raised = entries.flatMap(({ kind, on, concern }, at) => (kind === 'concern_raised' ? [{ index: at, on: on!, alias: concern! }] : []))
export const size = [...log.checkpoints.keys()].at(-1)!
const days = raised.map(({ on }) => on).toSorted()
// Days before the first, so that a short log will do
export const from = addDays(days[0] as DateText, -20)
export const to = days.at(-1) as DateText
/** Aliases raised in the whole period, among the first so many entries. */
export const populationOf = (length: number): string[] => raised.filter((each) => each.index < length).map(({ alias }) => alias)
export const population = populationOf(size)
const lastAt = entries
  .flatMap(({ at }) => at ?? [])
  .toSorted()
  .at(-1)!
export const end = Temporal.Instant.from(lastAt).add({ hours: 72 })
const aliasOf = (role: string) =>
  entries.find(({ kind, fields }) => kind === 'person_added' && fields.roles?.includes(role))!.fields.person!
export const actorIn = (role: 'auditor' | 'guardian'): EntryActor => ({
  role,
  alias: aliasOf(role) as Alias,
  userId: newId<UserId>(chance),
})

async function rootOf(texts: readonly string[]): Promise<Uint8Array> {
  const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
  edge.append(texts.map(leafHash))
  return edge.root()
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const rootAt = async (length: number): Promise<string> => base64(await rootOf(log.texts.slice(0, length)))

/** What `printf '%s\n' … | sha256sum` prints: shares nothing with the product's own way. */
export function sumOf(...lines: readonly (string | number)[]): string {
  const sum = createHash('sha256')
  for (const line of lines) sum.update(String(line)).update(Buffer.of(10))
  return sum.digest('hex')
}

/** The seed of a release that took the numbers when it drew. */
export const earlierSeed = (given: { size: number; root: string; numbers: string }): string =>
  sumOf('forthright-sample/1', given.size, given.root, from, to, given.numbers)

export const drawnBy = (seed: string, among: readonly string[], count: number): readonly string[] => drawSample(seed, among, count)

/** An entry of no concern, so many seconds after the end of the log. */
export const freeText = (kind: string, fields: object, actor: EntryActor, seconds: number): string =>
  composeEntry(chance, { kind, actor, at: end.add({ seconds }), fields } as never, null).text

/** Something done with a drawn concern, next in its lane. */
export function actText(
  kind: string,
  alias: string,
  actor: EntryActor,
  fields: object,
  seconds: number,
  before: readonly string[] = [],
): string {
  const lane = [...log.texts, ...before].filter((text) => {
    const entry = JSON.parse(text) as Entry & { readonly lane: string }
    return entry.concern === alias && entry.lane === 'staff'
  })
  const previous = lane.length === 0 ? null : leafHash(lane.at(-1)!)
  const draft = { kind, actor, at: end.add({ seconds }), fields, concernId: newId(chance) } as never
  return composeEntry(chance, draft, { alias: alias as Alias, number: lane.length + 1, previous }).text
}

/** The files of the log with these batches after it, each signed as its owner would. `unpublished`: batches whose checkpoint is left out. */
export async function filesWith(batches: readonly (readonly string[])[], unpublished: readonly number[] = []): Promise<Files> {
  const texts = [...log.texts]
  const checkpoints = new Map(log.checkpoints)
  for (const [at, batch] of batches.entries()) {
    texts.push(...batch)
    const text = formatCheckpoint({ origin: log.origin, size: texts.length, root: await rootOf(texts), extensions: [] })
    if (!unpublished.includes(at)) checkpoints.set(texts.length, signNote(text, [log.signers[0]!]))
  }
  return filesOf({ texts, checkpoints })
}

/** The root of the log with these entries after it. */
export const rootWith = async (more: readonly string[]): Promise<string> => base64(await rootOf([...log.texts, ...more]))

export const bundleWith = async (more: readonly string[]): Promise<string> => place('samples.zip', zipOf(await filesWith([more])))

export const keys = log.keys.map(readVerifierKey)
export const verified = async (more: readonly string[]): Promise<SampleVerdict> => verifySamples({ file: await bundleWith(more), keys })
export const shortly = ({ findings }: Pick<SampleVerdict, 'findings'>) =>
  findings.map(({ severity, code, index }) => ({ severity, code, index }))
export const index = log.texts.length
export const tampered = (code: string, at = index) => [{ severity: 'tampered', code, index: at }]
