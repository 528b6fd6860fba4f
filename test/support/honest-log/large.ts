import { closeSync, openSync, writeSync } from 'node:fs'
import { leafHash } from '../../../src/audit/index.ts'
import { createTreeEdge } from '../../../src/audit/merkle/index.ts'
import {
  createNoteSigner,
  encodeEntryBundle,
  entriesPath,
  formatCheckpoint,
  signNote,
  tilePath,
  verifierKeyText,
} from '../../../src/audit/notes/index.ts'
import { happen, raise, step } from './acts.ts'
import { createZip } from './bundle.ts'
import { createChance } from './chance.ts'
import { openWorld, type World } from './world.ts'

const tileWidth = 256
/** Steps are taken in concerns that are not older than this many others. */
const concernsAtWork = 4_000

/** A bundle of exactly so many entries, each composed as the product does, written piece by piece. Answers with the log's key. */
export async function writeHonestBundle(file: string, entries: number): Promise<string> {
  const chance = createChance(entries)
  const signer = createNoteSigner('forthright/bench', chance.bytes(32))
  const world = openWorld(chance, Date.UTC(2026, 0, 5, 9) / 1000)
  const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
  const descriptor = openSync(file, 'w')
  const zip = createZip((bytes) => writeSync(descriptor, bytes))
  const rows: Uint8Array[][] = []

  const batch: string[] = []
  while (edge.size < entries) {
    act(world)
    batch.push(...world.waiting.splice(0).map(({ text }) => text))
    if (batch.length < tileWidth && edge.size + batch.length < entries) continue
    const texts = batch.splice(0, Math.min(tileWidth, entries - edge.size))
    zip.add(entriesPath(edge.size / tileWidth, texts.length), Buffer.from(encodeEntryBundle(texts)))
    const leaves = texts.map(leafHash)
    ;(rows[0] ??= []).push(...leaves)
    for (const { level, number, hashes, root } of edge.append(leaves)) {
      zip.add(tilePath(level, number, tileWidth), Buffer.from(hashes))
      rows[level] = []
      ;(rows[level + 1] ??= []).push(root)
    }
    const note = signNote(formatCheckpoint({ origin: signer.key.name, size: edge.size, root: edge.root(), extensions: [] }), [signer])
    zip.add(edge.size === entries ? 'checkpoint' : `checkpoints/${edge.size}`, Buffer.from(note))
  }
  rows.forEach((row, level) => {
    const number = Math.floor(entries / tileWidth ** (level + 1))
    if (row.length > 0) zip.add(tilePath(level, number, row.length), Buffer.concat(row))
  })
  zip.end()
  closeSync(descriptor)
  return verifierKeyText(signer.key)
}

/** A minute of a busy service: something raised, a step taken, and looks, which are most of any log. */
function act(world: World): void {
  const { chance } = world
  world.now += 20 + chance.below(80)
  const what = chance.below(20)
  if (what < 2) {
    raise(world, [])
    if (world.concerns.length > 2 * concernsAtWork) world.concerns.splice(0, concernsAtWork)
  } else if (what < 8 && world.concerns.length > 0) step(world, chance.pick(world.concerns))
  else happen(world)
}
