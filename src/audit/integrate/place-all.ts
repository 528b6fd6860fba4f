import { newId, type EntryId, type Random } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import { canonicalJson } from '../canonical.ts'
import { leafHash } from '../merkle/index.ts'
import { insertCovers, readEntryRows } from './batch-store.ts'
import { checkEntry, type EntryRow, type Placed } from './check-entry.ts'
import { shuffleBatch, type Placeable } from './order.ts'
import { LogRefused } from './refused.ts'
import type { ReadyEntry } from './waiting-store.ts'

/** Of texts and places in one statement. */
export const slice = 1_000

/** The entries of a batch of `count` in the order of their places, each looked at, cover entries among them. Throws `LogRefused`. */
export async function placeAll(tx: Tx, random: Random, chosen: readonly ReadyEntry[], count: number): Promise<Placed[]> {
  const rows = new Map<string, EntryRow>()
  for (const lane of ['reporter', 'staff'] as const) {
    const ids = chosen.filter((entry) => entry.lane === lane).map(({ id }) => id)
    for (let at = 0; at < ids.length; at += slice)
      for (const row of await readEntryRows(tx, lane, ids.slice(at, at + slice))) rows.set(row.id, row)
  }
  const covers = await addCovers(tx, random, count - chosen.length)
  const inOrder = shuffleBatch<(ReadyEntry | CoverPlace) & Placeable>(random, [...chosen, ...covers])
  const heads = new Map<string, Uint8Array>()
  return inOrder.map((entry) => {
    if (entry.lane === 'cover') return entry.placed
    const row = rows.get(entry.id)
    if (row === undefined) throw new LogRefused('entry_missing', entry.id)
    const lane = `${entry.lane} ${entry.concern}`
    const before = entry.concern === null ? null : (heads.get(lane) ?? entry.before)
    const placed = checkEntry(entry.lane, row, before)
    heads.set(lane, row.hash)
    return placed
  })
}

interface CoverPlace extends Placeable {
  readonly lane: 'cover'
  readonly placed: Placed
}

async function addCovers(tx: Tx, random: Random, count: number): Promise<CoverPlace[]> {
  const covers = Array.from({ length: count }, () => {
    const id = newId<EntryId>(random)
    const text = canonicalJson({ format: 'forthright-entry/1', id, kind: 'cover', lane: 'cover' })
    return { id, text, hash: leafHash(text) }
  })
  for (let at = 0; at < covers.length; at += slice) await insertCovers(tx, covers.slice(at, at + slice))
  return covers.map(({ id, hash }) => ({
    lane: 'cover',
    concern: null,
    number: null,
    placed: { id, lane: 'cover', kind: 'cover', day: null, actor: null, concern: null, hash },
  }))
}
