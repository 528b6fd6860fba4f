import type { Database } from '../../database/index.ts'
import { canonicalJson } from '../canonical.ts'
import { readText, textIn } from '../search/read-text.ts'
import type { NameOpenings } from './name-openings.ts'
import { countPlacedOpenings, readPlacedOpenings } from './opening-store.ts'

const atOnce = 200

/** How many names a bundle of this size can show. */
export function countOpenings(database: Database, size: number): Promise<number> {
  return database.read((tx) => countPlacedOpenings(tx, size))
}

/**
 * A canonical JSON line for each name of a log of this size, in the order of places. One that is destroyed meanwhile is left out, and so is one
 * that is not what the log committed to: in a bundle it would look as if the log had been tampered with.
 */
export async function* openingLines(database: Database, { open }: Pick<NameOpenings, 'open'>, size: number): AsyncGenerator<string> {
  for (let after = -1; ;) {
    const rows = await database.read((tx) => readPlacedOpenings(tx, size, after, atOnce))
    for (const row of rows) {
      const opened = open(row, textIn(readText(row.text).fields['who']) ?? '')
      if (opened !== null) yield `${canonicalJson({ entry: row.entryId, field: 'who', content: opened.name, salt: opened.salt })}\n`
    }
    if (rows.length < atOnce) return
    after = rows.at(-1)!.index
  }
}
