import { requireStepUp } from '../../accounts/index.ts'
import { actorOf } from '../../audit/index.ts'
import { hasRole, Refusal, type StaffMember } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { Casework, MonthOfTime } from './casework.ts'
import { readTime } from './casework-store.ts'
import type { ContactChannel } from './contact-input.ts'

/** One's own hours, by month and channel. Nothing sealed is opened and nobody else's are seen: no entry. Refusal `permission_denied`. */
export function createViewTime(deps: ConcernDeps): Casework['viewTime'] {
  return async (ctx) => {
    assertHandles(ctx.person)
    return deps.database.read(async (tx) => monthsOf(await readTime(tx, ctx.person.userId)))
  }
}

/** The same to take away. Recorded: `time_exported`. Refusal `step_up_required`. */
export function createExportTime(deps: ConcernDeps): Casework['exportTime'] {
  return (ctx) =>
    recordingRefusals(deps, ctx, 'export_time', null, async () => {
      assertHandles(ctx.person)
      requireStepUp(ctx)
      return deps.audited(async (tx) => {
        const months = monthsOf(await readTime(tx, ctx.person.userId))
        return {
          value: months,
          entries: [{ kind: 'time_exported', actor: actorOf(ctx.person), at: ctx.now, fields: { rows: months.length } }],
        }
      })
    })
}

function assertHandles(person: StaffMember): void {
  if (!hasRole(person, 'guardian', 'executive_lead', 'non_executive_lead')) throw new Refusal('permission_denied')
}

function monthsOf(rows: Awaited<ReturnType<typeof readTime>>): MonthOfTime[] {
  return rows.map(({ month, channel, contacts, minutes }) => ({ month, channel: channel as ContactChannel, contacts, minutes }))
}
