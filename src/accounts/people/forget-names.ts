import { destroyOpenings, readKeptAliases } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { dateFromColumn, londonDate, type DateText } from '../../kernel/index.ts'
import type { AccountsDeps } from '../dependencies.ts'
import { readAliasesHere } from './people-store.ts'

/**
 * For the worker: destroys what opens the names of people who left `years` ago or longer, so that no bundle can name them any more and the log
 * still verifies. Whoever is here, under this alias or a later one, or has a link that is still good, keeps theirs. Their row and the signed lists
 * they stand on keep the name: what they signed and wrote must stay theirs. Answers for how many it did. Recorded: `opening_destroyed` for each.
 */
export function createForgetNames({ database, audited, clock }: AccountsDeps, years: (tx: Tx) => Promise<number>): () => Promise<number> {
  return async () => {
    if ((await database.read((tx) => due(tx, years, clock.now()))).length === 0) return 0
    return audited(async (tx) => {
      const now = clock.now()
      const [first, ...others] = await destroyOpenings(tx, await due(tx, years, now), now)
      if (first === undefined) throw new Error('names were destroyed by another process meanwhile')
      return { value: 1 + others.length, entries: [first, ...others] }
    })
  }
}

async function due(tx: Tx, years: (tx: Tx) => Promise<number>, now: Temporal.Instant): Promise<string[]> {
  const kept = await readKeptAliases(tx)
  if (kept.length === 0) return []
  const before = Temporal.PlainDate.from(londonDate(now))
    .subtract({ years: await years(tx) })
    .toString() as DateText
  const here = await readAliasesHere(tx, now)
  return kept.flatMap(({ alias, last }) => (!here.has(alias) && last !== null && dateFromColumn(last) <= before ? [alias] : []))
}
