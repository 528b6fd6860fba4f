import type { ReopeningContent } from '../acts/handling-contents.ts'
import { itemsOf, type Acting, type Step } from '../acts/action-step.ts'
import { sealMessage, sealRecord } from '../acts/staff-writing.ts'
import { cycleOf } from './cycle.ts'

/** The same concern again, never a new one: its history and its missed limits stay, and a new cycle begins with this entry. */
export async function reopen(acting: Acting<'reopen'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const record: ReopeningContent = { reason: input.reason }
  const items = [sealRecord(acting, 'reopening', record)]
  if (input.message !== undefined) items.push(await sealMessage(acting, input.message))
  return {
    items,
    entries: [
      {
        kind: 'concern_reopened',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: { action: 'reopen', from: facts.status, to: move.to, cycle: cycleOf(concern.entries) + 1, item: itemsOf(items) },
      },
    ],
  }
}
