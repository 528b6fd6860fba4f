import { canonicalJson, leafHash } from '../../../src/audit/index.ts'
import { createNoteSigner, formatCheckpoint, signNote, verifierKeyText, type NoteSigner } from '../../../src/audit/notes/index.ts'
import { createTreeEdge, type TreeEdge } from '../../../src/audit/merkle/index.ts'
import { shuffleBatch } from '../../../src/audit/integrate/order.ts'
import { newId, type EntryId } from '../../../src/kernel/index.ts'
import { happen, raise, seldom, step, type MadeOpening } from './acts.ts'
import { createChance } from './chance.ts'
import { coverSamples, sampleAct, type SimulatedSample } from './samples.ts'
import { actorOf, copyOf, openWorld, todayIn, write, type Waiting, type World } from './world.ts'

export interface Shape {
  readonly seed: number
  /** How many things happen. */
  readonly acts: number
  /** Entries in a batch; 0 for batches of whatever waits, which leaves partial tiles of every width. */
  readonly measure: number
  /** Reporters' entries wait for the end of their day, as in a real service. */
  readonly waits: boolean
  readonly rotates: boolean
  readonly restores: number
  /** Auditors draw samples, and guardians answer them. */
  readonly samples?: boolean
}

export interface HonestLog {
  readonly origin: string
  /** The keys that an auditor was given, oldest first. */
  readonly keys: readonly string[]
  readonly signers: readonly NoteSigner[]
  readonly texts: readonly string[]
  /** Published notes by size, the newest last. */
  readonly checkpoints: ReadonlyMap<number, string>
  /** Notes that were published before a restore and are known outside only. */
  readonly outside: readonly string[]
  readonly openings: readonly string[]
  readonly restored: number
  /** With the numbers of those that were never drawn, which no entry has. */
  readonly samples: readonly SimulatedSample[]
}

interface Growing {
  world: World
  edge: TreeEdge
  checkpoints: Map<number, string>
  restored: number
}

/** Grows a log as the product does: acts, batches, checkpoints, and whatever else its shape asks for. The same shape gives the same log, keys apart. */
export async function growHonestLog(shape: Shape): Promise<HonestLog> {
  const chance = createChance(shape.seed)
  const origin = `forthright/${newId(chance)}`
  const signers = [createNoteSigner(origin, chance.bytes(32)), createNoteSigner(origin, chance.bytes(32))] as const
  const start = Date.UTC(2026, chance.below(12), 1 + chance.below(27), chance.below(24), chance.below(60)) / 1000
  const growing: Growing = { world: openWorld(chance, start), edge: await emptyEdge(), checkpoints: new Map(), restored: 0 }
  const openings: MadeOpening[] = []
  const outside: string[] = []
  const restoreAt = new Set(Array.from({ length: shape.restores }, (_, at) => Math.floor(((at + 1) * shape.acts) / (shape.restores + 1))))
  let backup: Growing | null = null

  for (let act = 0; act < shape.acts; act += 1) {
    const { world } = growing
    world.now += 1 + chance.below(4000)
    if (shape.samples === true && chance.oneIn(7)) sampleAct(world)
    else oneAct(world, openings)
    const soon = [...restoreAt].some((at) => at > act && at - act < shape.acts / 8)
    if (!soon) backup = null
    else backup ??= await copyOfGrowing(growing)
    if (chance.oneIn(12)) publish(growing, shape, signersNow(shape, act, signers))
    if (restoreAt.has(act) && backup !== null) {
      publish(growing, shape, signersNow(shape, act, signers))
      restore(growing, backup, outside)
      publish(growing, shape, signersNow(shape, act, signers))
    }
  }
  // Days on which nothing but signing in happened, so that nothing waits for a batch any more
  for (let day = 0; day < 4; day += 1) {
    growing.world.now += 86_400
    write(growing.world, { kind: 'signed_in', actor: actorOf(growing.world.people[0]!), fields: {} })
  }
  for (let last = 0; last < (shape.measure === 1 ? 50 : 5000) && (last === 0 || growing.world.waiting.length > 0); last += 1)
    publish(growing, shape, signersNow(shape, shape.acts, signers))
  const { texts } = growing.world
  return {
    origin,
    keys: (shape.rotates ? signers : [signers[0]]).map(({ key }) => verifierKeyText(key)),
    signers,
    texts,
    checkpoints: growing.checkpoints,
    outside,
    openings: openingLines(growing.world, openings),
    restored: growing.restored,
    samples: growing.world.samples,
  }
}

function oneAct(world: World, openings: MadeOpening[]): void {
  const { chance } = world
  const what = chance.below(20)
  if (what < 3) raise(world, openings)
  else if (what < 12 && world.concerns.length > 0) step(world, chance.pick(world.concerns))
  else if (what === 12) seldom(world)
  else happen(world)
}

/** The old key alone, then both, then the new one alone. */
function signersNow({ rotates, acts }: Shape, act: number, [old, next]: readonly [NoteSigner, NoteSigner]): NoteSigner[] {
  if (!rotates || act < acts / 3) return [old]
  return act < (2 * acts) / 3 ? [old, next] : [next]
}

const emptyEdge = () => createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))

async function copyOfGrowing({ world, checkpoints, restored }: Growing): Promise<Growing> {
  const edge = await emptyEdge()
  edge.append(world.texts.map(leafHash))
  return { world: copyOf(world), edge, checkpoints: new Map(checkpoints), restored }
}

/** The database of the backup, with the declaration as the first thing written. */
function restore(growing: Growing, backup: Growing, outside: string[]): void {
  const before = growing.world
  const lost = [...growing.checkpoints].filter(([size]) => !backup.checkpoints.has(size))
  outside.push(...lost.map(([, note]) => note))
  const known = growing.edge.root()
  const { now } = before
  Object.assign(growing, { ...backup, world: { ...backup.world, now }, restored: growing.restored + 1 })
  const fields = {
    restore: growing.restored,
    kept: backup.edge.size,
    outsideSize: before.texts.length,
    outsideRoot: Buffer.from(known).toString('base64'),
    missing: before.texts.length - backup.edge.size,
  }
  write(growing.world, { kind: 'restore_declared', actor: { role: 'system' }, fields })
  // First of all, before whatever waited in the backup
  growing.world.waiting = [growing.world.waiting.at(-1)!, ...growing.world.waiting.slice(0, -1)]
}

/** One batch: what may enter, then cover entries up to the measure; shuffled so that each lane keeps its order. */
function publish(growing: Growing, shape: Shape, signers: readonly NoteSigner[]): void {
  const { world } = growing
  const today = todayIn(world)
  const taken: Waiting[] = []
  const raised = new Set(world.integrated)
  const mayEnter = ({ lane, concern, day, raises }: Waiting): boolean =>
    lane === 'reporter' ? !shape.waits || day < today : concern === null || raises || raised.has(concern)
  const room = shape.measure === 0 ? Number.POSITIVE_INFINITY : shape.measure
  for (const lane of ['reporter', 'staff'] as const) {
    const blocked = new Set<string | null>()
    for (const entry of world.waiting.filter((each) => each.lane === lane)) {
      if (taken.length >= room || !mayEnter(entry) || (entry.concern !== null && blocked.has(entry.concern))) {
        blocked.add(entry.concern)
        continue
      }
      taken.push(entry)
      if (entry.raises && entry.concern !== null) raised.add(entry.concern)
    }
  }
  const gone = new Set(taken)
  world.waiting = world.waiting.filter((entry) => !gone.has(entry))
  world.integrated = raised
  const covers = shape.measure === 0 ? 0 : shape.measure - taken.length
  const batch = shuffledInLanes(world, taken, covers)
  if (batch.length === 0) return
  world.texts.push(...batch)
  growing.edge.append(batch.map(leafHash))
  coverSamples(world, batch, { size: growing.edge.size, root: Buffer.from(growing.edge.root()).toString('base64') })
  const extensions = growing.restored === 0 ? [] : [`restored ${growing.restored}`]
  const text = formatCheckpoint({ origin: signers[0]!.key.name, size: growing.edge.size, root: growing.edge.root(), extensions })
  growing.checkpoints.set(growing.edge.size, signNote(text, signers))
}

/** In the product's own random order, which keeps that of each lane. */
function shuffledInLanes({ chance }: World, taken: readonly Waiting[], covers: number): string[] {
  const cover = () => canonicalJson({ format: 'forthright-entry/1', id: newId<EntryId>(chance), kind: 'cover', lane: 'cover' })
  const filling = Array.from({ length: covers }, () => ({ lane: 'cover', concern: null, number: null, text: cover() }) as const)
  return shuffleBatch<Pick<Waiting, 'concern' | 'number' | 'text'> & { readonly lane: 'reporter' | 'staff' | 'cover' }>(chance, [
    ...taken,
    ...filling,
  ]).map(({ text }) => text)
}

function openingLines({ texts, names }: World, openings: readonly MadeOpening[]): string[] {
  const byCommitment = new Map(openings.map((opening) => [opening.commitment, opening]))
  return texts.flatMap((text) => {
    const { id, fields } = JSON.parse(text) as { id: string; fields?: { commitment?: string; who?: string } }
    const named = names.get(fields?.who ?? '')
    if (named !== undefined) return [canonicalJson({ entry: id, field: 'who', content: named.name, salt: named.salt })]
    const opening = byCommitment.get(fields?.commitment ?? '')
    return opening === undefined ? [] : [canonicalJson({ entry: id, field: 'commitment', content: opening.content, salt: opening.salt })]
  })
}
