import { dateToColumn, Refusal } from '../../kernel/index.ts'
import { clocksIn, clockViews, timelineOf } from '../clocks/timeline.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { FollowUpContent } from './contents.ts'
import { followUpAsked, isToCome } from './follow-ups.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter } from './reporter-act.ts'

/**
 * How the person is treated three or six months after the outcome. Any answer stops that check's clock, "I would rather not say" too: nobody is
 * asked twice. That it is worse is no report of bad treatment yet, which is theirs to make. The concern shows as unread from that date whatever
 * was said, so that the mark tells nothing and nobody who is treated worse is overlooked. Recorded: `follow_up_answered`, by date alone.
 * Refusal `too_early`, `transition_not_allowed` where that check is over.
 */
export function createAnswerFollowUp(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['answerFollowUp'] {
  return createReporterAct(deps, receipts, {
    name: 'answer_follow_up',
    perform: async (acting, { months, answer, comment }) => {
      const { tx, concern, entries, settings, today } = acting
      const clocks = clockViews(clocksIn(timelineOf(concern.raisedOn, entries), settings, today), 'reporter')
      if (!isToCome(clocks, months)) throw new Refusal('transition_not_allowed')
      if (followUpAsked(clocks, today) !== months) throw new Refusal('too_early')
      await tx.concern.updateMany({ where: { id: concern.id, unreadSince: null }, data: { unreadSince: dateToColumn(today) } })
      const content: FollowUpContent = { months, answer, comment: comment ?? null }
      const item = sealAsReporter(acting, acting.shared, 'follow_up', content)
      return {
        answer: { id: item.id },
        items: [item],
        entry: { ...reporterEntryBase(acting), kind: 'follow_up_answered', fields: { months, item: item.id } },
      }
    },
  })
}
