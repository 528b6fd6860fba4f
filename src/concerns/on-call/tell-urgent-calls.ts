import type { AuditedTransaction, AuditDraft } from '../../audit/index.ts'
import { unloggedTransaction, type Database } from '../../database/index.ts'
import type { Clock, ConcernId } from '../../kernel/index.ts'
import { lockConcern } from '../concern-store.ts'

export interface UrgentTellingDeps {
  readonly database: Database
  readonly audited: AuditedTransaction
  readonly clock: Clock
}

/**
 * Writes into the log, at night, how often the on-call list was called for a concern and whether somebody has looked at it since; what was answered
 * is forgotten. Every night anew while nobody looks: that is what an auditor has to see. The entry has the night's time, never the call's. Gives how
 * many entries. Recorded: `urgent_called`.
 */
export function createTellUrgentCalls({ database, audited, clock }: UrgentTellingDeps): () => Promise<number> {
  return async () => {
    const rows = await database.read((tx) => tx.urgentCall.findMany({ orderBy: { concernId: 'asc' } }))
    let told = 0
    for (const { concernId } of rows.filter(({ step }) => step > 0)) {
      const wrote = await audited(async (tx) => {
        await lockConcern(tx, concernId as ConcernId)
        const row = await tx.urgentCall.findUnique({ where: { concernId } })
        // Another process was here first
        if (row === null || row.step === 0) throw new ToldAlready()
        if (row.answered) await tx.urgentCall.delete({ where: { concernId }, select: { concernId: true } })
        const entry: AuditDraft = {
          kind: 'urgent_called',
          actor: { role: 'system' },
          at: clock.now(),
          concernId: concernId as ConcernId,
          fields: { calls: row.step, answered: row.answered },
        }
        return { value: 1, entries: [entry] }
      }).catch((error: unknown) => {
        if (error instanceof ToldAlready) return 0
        throw error
      })
      told += wrote
    }
    await unloggedTransaction(database, (tx) => tx.urgentCall.deleteMany({ where: { step: 0 } }))
    return told
  }
}

class ToldAlready extends Error {
  override readonly name = 'ToldAlready'
}
