import type { AuditDraft } from '../../audit/index.ts'
import { londonDate, Refusal, type DateText } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'

/**
 * Refuses a link that has ended. A link that somebody else has kept, or found in a proxy's records, must not be tried in silence, and nobody outside may
 * fill the log: the first try of a London day and link is an entry, `attempt_refused`; what follows that day is answered alike and leaves none. Kept in
 * this process alone, so a process that starts anew writes one more. Where the entry cannot be written its error is thrown, and the next try is the first.
 */
export function createRefuseEnded({ audited, clock }: Pick<ConcernDeps, 'audited' | 'clock'>): (link: string) => Promise<never> {
  let today: DateText | null = null
  const told = new Set<string>()
  return async (link) => {
    const at = clock.now()
    const day = londonDate(at)
    if (day !== today) told.clear()
    today = day
    if (!told.has(link)) {
      told.add(link)
      try {
        await audited(async () => ({ value: undefined, entries: [triedEntry(at)] }))
      } catch (error) {
        told.delete(link)
        throw error
      }
    }
    throw new Refusal('task_link_not_recognised')
  }
}

const triedEntry = (at: Temporal.Instant): AuditDraft => ({
  kind: 'attempt_refused',
  actor: { role: 'system' },
  at,
  fields: { attempt: 'open_task_link', code: 'task_link_not_recognised' },
})
