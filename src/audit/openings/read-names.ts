import type { Tx } from '../../database/index.ts'
import { readText, textIn, type EntryReading } from '../search/read-text.ts'
import type { NameOpenings } from './name-openings.ts'
import { readOpenings, type OpeningRow } from './opening-store.ts'

/** `destroyed`: the name was kept once. `not_genuine`: what is kept is not what the log committed to. */
export type StandsBehind = { readonly state: 'known'; readonly name: string } | { readonly state: 'destroyed' | 'not_genuine' }

/** By alias. Who is not in it was never named: a reporter, a concern, somebody from before names were committed to. */
export type Names = ReadonlyMap<string, StandsBehind>

export type ReadNames = (tx: Tx, said: readonly EntryReading[], more?: readonly string[]) => Promise<Names>

/** Reads who stands behind the aliases that entries name. Whoever calls it has made sure that an auditor asks, and has recorded it. */
export function createReadNames({ open }: Pick<NameOpenings, 'open'>): ReadNames {
  return async (tx, said, more = []) => {
    const wanted = [...new Set([...said.flatMap(aliasesIn), ...more])]
    const rows = wanted.length === 0 ? [] : await readOpenings(tx, wanted)
    return new Map([...Map.groupBy(rows, ({ alias }) => alias)].map(([alias, all]) => [alias, behind(all, open)]))
  }
}

function behind(rows: readonly OpeningRow[], open: NameOpenings['open']): StandsBehind {
  const kept = rows.filter((row): row is OpeningRow & { readonly sealed: Uint8Array } => row.sealed !== null)
  if (kept.length === 0) return { state: 'destroyed' }
  const opened = kept.map((row) => open(row, textIn(readText(row.text).fields['who']) ?? ''))
  // One that does not fit is told even where others do: somebody has changed it
  const [first] = opened
  return first === null || first === undefined || opened.includes(null) ? { state: 'not_genuine' } : { state: 'known', name: first.name }
}

const aliasShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?= |$)/

/** Whatever in an entry may be a person's alias: who acted, and whom it names. */
function aliasesIn({ actor, fields }: EntryReading): string[] {
  const texts = [actor, ...Object.values(fields).flat()].filter((value) => typeof value === 'string')
  return texts.flatMap((text) => aliasShape.exec(text)?.[0] ?? [])
}
