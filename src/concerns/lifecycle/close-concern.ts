import type { ClosingContent } from '../acts/handling-contents.ts'
import type { Acting, Step } from '../acts/action-step.ts'
import type { AuditDraft } from '../../audit/index.ts'
import { sealRecord } from '../acts/staff-writing.ts'
import { followUpsOpen } from '../../workflow/index.ts'
import { tasksIn } from '../tasks/track.ts'

/**
 * The last step: nobody is treated badly for it, and what was promised was done or goes on where it is tracked (`domain.md` 9.3). That the checks
 * are done counts for those that could have been made by now; the others stay open.
 */
export async function close(acting: Acting<'close'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const { followUp, actions, plan, note } = input
  const tasks = tasksIn(concern.entries)
  const actionEnd = actions ?? (tasks.length > 0 ? 'complete' : null)
  const made = followUpsOpen(facts).filter(({ from }) => facts.today >= from)
  const months = followUp === 'done' ? { months: made.map((check) => String(check.months)) } : {}
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  const record: ClosingContent = { followUp, actionEnd, plan: plan ?? null, note: note ?? null }
  const item = sealRecord(acting, 'closing', record)
  return {
    items: [item],
    entries: [
      {
        ...base,
        kind: 'concern_closed',
        fields: { action: 'close', from: facts.status, to: move.to, followUp, ...months, actionEnd, item: item.id },
      },
      ...tasks
        .filter(({ state }) => state === 'open')
        .map(({ id: task }): AuditDraft => ({ ...base, kind: 'task_passed_on', fields: { task, item: item.id } })),
    ],
  }
}
