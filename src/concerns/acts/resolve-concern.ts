import { Refusal } from '../../kernel/index.ts'
import type { Facts } from '../../workflow/index.ts'
import type { Approval } from './approvals.ts'
import type { OutcomeContent } from './handling-contents.ts'
import type { ActionName } from './handling-inputs.ts'
import { itemsOf, type Acting, type Step } from './action-step.ts'
import { sealMessage, sealRecord } from './staff-writing.ts'

/** The end of the work: outcome, what was learned, and what the person is told of it. */
export async function resolve(acting: Acting<'resolve'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const { outcome, feedbackShared, learning } = input
  const record: OutcomeContent = { outcome, feedbackShared, learning }
  const items = [sealRecord(acting, 'outcome', record), await sealMessage(acting, input.message)]
  return {
    items,
    entries: [
      {
        kind: 'concern_resolved',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: { action: 'resolve', from: facts.status, to: move.to, outcome, feedbackShared, item: itemsOf(items) },
      },
    ],
  }
}

/**
 * A concern that needed a second person and is being resolved all the same had one, with a signature that holds: a status set by hand in the
 * database gets no further. An approval of an earlier cycle is none of this one's. Refusal `record_not_genuine`.
 */
export function assertApproved(action: ActionName, facts: Facts, approvals: readonly Approval[], since: Temporal.Instant | null): void {
  if (action !== 'resolve' || facts.status !== 'resolving' || !facts.secondApproverRequired) return
  const ofThisCycle = approvals.filter(
    ({ decidedAt }) => since === null || (decidedAt !== null && Temporal.Instant.compare(decidedAt, since) >= 0),
  )
  if (!ofThisCycle.some(({ stands }) => stands === 'approved')) throw new Refusal('record_not_genuine')
}
