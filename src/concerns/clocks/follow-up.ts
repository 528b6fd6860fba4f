import type { Acting, Step } from '../acts/action-step.ts'
import type { FollowUpContent } from '../acts/handling-contents.ts'
import { sealRecord } from '../acts/staff-writing.ts'

/** Somebody asked the person, three or six months after the outcome, how they are treated (T11). Recorded: `follow_up_made`. */
export async function recordFollowUp(acting: Acting<'record_follow_up'>): Promise<Step> {
  const { actor, concern, ctx, input } = acting
  const { months, note } = input
  const record: FollowUpContent = { months, note }
  const item = sealRecord(acting, 'follow_up', record)
  return {
    items: [item],
    entries: [{ kind: 'follow_up_made', actor, at: ctx.now, concernId: concern.concern.id, fields: { months, item: item.id } }],
  }
}
