import type { DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { EntryKind } from '../catalogue.ts'
import type { Extent } from '../search/extent.ts'
import { readText, type EntryReading } from '../search/read-text.ts'
import { findPlaced, type Period } from '../search/search-store.ts'
import { readNewestWaiting } from '../search/waiting-store.ts'

/** A staff entry with what it says; its place, null while it waits for one. */
export interface ReadEntry {
  readonly index: number | null
  readonly said: EntryReading
}

/** Entries of some kinds, oldest first. `whole` is false where there were more than are read at once: then they are the newest. */
export interface ReadKinds {
  readonly entries: readonly ReadEntry[]
  readonly whole: boolean
}

/** What one page reads at most: some 8 MB of texts. */
const mostRead = 20_000
const mostWaiting = 2_000

export async function readKinds(tx: Tx, extent: Extent, kinds: readonly EntryKind[], period: Period, most = mostRead): Promise<ReadKinds> {
  const placed = await findPlaced(tx, { period, kinds, actor: null, concern: null, before: null, limit: most + 1 }, extent)
  const waiting = await readNewestWaiting(tx, mostWaiting)
  const fromPlaces = placed.slice(0, most).map(({ index, text }): ReadEntry => ({ index, said: readText(text) }))
  const fromWaiting = waiting
    .map((text): ReadEntry => ({ index: null, said: readText(text) }))
    .filter(({ said }) => fits(said, kinds, period))
  return {
    entries: [...fromPlaces, ...fromWaiting].toSorted(byTime),
    whole: placed.length <= most && waiting.length < mostWaiting,
  }
}

function fits({ kind, on }: EntryReading, kinds: readonly EntryKind[], { from, to }: Period): boolean {
  return (kinds as readonly (string | null)[]).includes(kind) && on !== null && on >= from && on <= to
}

/** Places are given in batches, shuffled: what followed what is told by the times. */
function byTime(one: ReadEntry, other: ReadEntry): number {
  const [a, b] = [one.said.at ?? '', other.said.at ?? '']
  return a === b ? (one.index ?? Infinity) - (other.index ?? Infinity) : a < b ? -1 : 1
}

/** Before there was any log. */
export const firstDay = '2020-01-01' as DateText
