import { dateToColumn, Refusal } from '../../kernel/index.ts'
import { isEnded } from '../../workflow/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter } from '../inbox/reporter-act.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { MessageContent } from '../sealing/sealed-contents.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { withdrawalAskedOn } from './withdrawal-asked.ts'

/**
 * The person asks to take their concern back. Nothing moves by that: staff check whether the organisation must still act, and decide. It stands in
 * the thread among the messages. Recorded: `withdrawal_asked`, by date alone. Refusal `transition_not_allowed` where the work is over or an
 * asking waits already.
 */
export function createAskToWithdraw(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['askToWithdraw'] {
  return createReporterAct(deps, receipts, {
    name: 'ask_to_withdraw',
    perform: async (acting, { reason }) => {
      const { tx, concern, shared, today, entries } = acting
      if (isEnded(concern.status) || withdrawalAskedOn(entries) !== null) throw new Refusal('transition_not_allowed')
      await tx.concern.updateMany({ where: { id: concern.id, unreadSince: null }, data: { unreadSince: dateToColumn(today) } })
      const after = await tx.staffItem.count({ where: { concernId: concern.id, kind: 'message' } })
      const content: MessageContent = { body: reason ?? '', after, asks: 'withdrawal' }
      const item = sealAsReporter(acting, shared, 'message', content)
      return {
        answer: { id: item.id },
        items: [item],
        entry: { ...reporterEntryBase(acting), kind: 'withdrawal_asked', fields: { item: item.id } },
      }
    },
  })
}
