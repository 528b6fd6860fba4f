import { londonDate } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { AuditDraft } from '../entry.ts'
import { emptyOpenings } from './opening-store.ts'

/**
 * Destroys whatever opens the names behind these aliases, in the caller's audited transaction. Answers with the entries to record there,
 * `opening_destroyed` for each alias that had any: the database refuses to forget one without.
 */
export async function destroyOpenings(tx: Tx, aliases: readonly string[], now: Temporal.Instant): Promise<AuditDraft[]> {
  const entries: AuditDraft[] = []
  for (const alias of aliases) {
    const openings = await emptyOpenings(tx, alias, londonDate(now))
    if (openings > 0) entries.push({ kind: 'opening_destroyed', actor: { role: 'system' }, at: now, fields: { person: alias, openings } })
  }
  return entries
}
