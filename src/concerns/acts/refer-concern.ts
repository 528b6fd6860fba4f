import type { ReferralContent } from './handling-contents.ts'
import { itemsOf, type Acting, type Step } from './action-step.ts'
import { sealMessage, sealRecord } from './staff-writing.ts'

/** Hands the matter to another process. The duty to keep the person informed and to feed back stays here. */
export async function refer(acting: Acting<'refer'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const { to, recipient, shareIdentity, reason } = input
  const record: ReferralContent = { to, recipient, shareIdentity, identityOverride: input.identityOverride ?? null, reason }
  const items = [sealRecord(acting, 'referral', record), await sealMessage(acting, input.message)]
  return {
    items,
    entries: [
      {
        kind: 'concern_referred',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: { action: 'refer', from: facts.status, to: move.to, target: to, shareIdentity, item: itemsOf(items) },
      },
    ],
  }
}
