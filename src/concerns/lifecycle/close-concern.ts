import type { ClosingContent } from '../handling-contents.ts'
import type { Acting, Step } from '../action-step.ts'
import { sealRecord } from '../staff-writing.ts'

/** The last step: nobody is treated badly for it, and what was promised was done or goes on where it is tracked (`domain.md` 9.3). */
export async function close(acting: Acting<'close'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const { followUp, actions, plan, note } = input
  const record: ClosingContent = { followUp, actionEnd: actions ?? null, plan: plan ?? null, note: note ?? null }
  const item = sealRecord(acting, 'closing', record)
  return {
    items: [item],
    entries: [
      {
        kind: 'concern_closed',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: { action: 'close', from: facts.status, to: move.to, followUp, actionEnd: actions ?? null, item: item.id },
      },
    ],
  }
}
