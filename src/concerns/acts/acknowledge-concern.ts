import type { Acting, Step } from './action-step.ts'
import { firstContactEntry } from '../clocks/first-contact.ts'
import { sealMessage } from './staff-writing.ts'

/** A person answers: this, and no automatic reply, stops the first clock. The entry says whether it was in time, for good. */
export async function acknowledge(acting: Acting<'acknowledge'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const message = await sealMessage(acting, input.message)
  const clock = acting.clocks.find(({ code }) => code === 'T1')
  const { firstContact = [] } = input
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  return {
    items: [message],
    entries: [
      {
        ...base,
        kind: 'concern_acknowledged',
        fields: {
          action: 'acknowledge',
          from: facts.status,
          to: move.to,
          item: message.id,
          clock: clock?.code ?? null,
          dueOn: clock?.dueOn ?? null,
          // It stops with this: in time where it had not run out before
          state: clock === undefined ? null : clock.state === 'running' ? 'met' : 'missed',
          // A second, staff-signed place for it: a swapped reporter key must now disagree with two entries.
          reporterKey: concern.raisedKeys?.digest ?? null,
        },
      },
      ...(firstContact.length === 0 ? [] : [firstContactEntry(base, firstContact)]),
    ],
  }
}
