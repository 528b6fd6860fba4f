import { Refusal } from '../../kernel/index.ts'
import type { WithdrawalContent } from '../acts/handling-contents.ts'
import { writablePart } from '../sealing/opening.ts'
import { itemsOf, type Acting, type Step } from '../acts/action-step.ts'
import type { HeaderContent } from '../sealing/sealed-contents.ts'
import { sealAs, sealMessage, sealRecord } from '../acts/staff-writing.ts'
import { timesAsked } from './withdrawal-asked.ts'

/**
 * The person asks to withdraw, and somebody checked whether the organisation must act all the same. If so it goes on, led by the organisation,
 * and from then on no name goes any further, whatever was agreed before.
 */
export async function withdraw(acting: Acting<'withdraw'>): Promise<Step> {
  const { actor, concern, ctx, facts, input, move } = acting
  const { reason, organisationMustAct, message } = input
  const record: WithdrawalContent = { reason, organisationMustAct }
  const items = [sealRecord(acting, 'withdrawal', record)]
  const header = organisationMustAct ? organisationLed(acting) : null
  if (header !== null) items.push(header)
  if (message !== undefined) items.push(await sealMessage(acting, message))
  return {
    change: header === null ? {} : { headerItemId: header.id },
    items,
    entries: [
      {
        kind: 'concern_withdrawn',
        actor,
        at: ctx.now,
        concernId: concern.concern.id,
        fields: {
          action: 'withdraw',
          from: facts.status,
          to: move.to,
          organisationMustAct,
          outcome: organisationMustAct ? null : 'withdrawn_by_person',
          asked: timesAsked(concern.entries),
          item: itemsOf(items),
        },
      },
    ],
  }
}

/** The flag lies inside the seal: in clear it would say of a row that its reporter took it back. */
function organisationLed(acting: Acting<'withdraw'>) {
  const { concern } = acting
  if (concern.header === null) throw new Refusal('record_not_genuine')
  const header: HeaderContent = { ...concern.header, organisationLed: true }
  return sealAs(acting, writablePart(concern, 'internal'), 'header', header, concern.headerVersion + 1)
}
