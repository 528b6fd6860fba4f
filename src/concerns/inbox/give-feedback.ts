import { newId, Refusal } from '../../kernel/index.ts'
import { quarterOf } from '../../timeliness/index.ts'
import type { StoredEntry } from '../../audit/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { cycleOf } from '../lifecycle/cycle.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { FeedbackContent } from './contents.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter } from './reporter-act.ts'

/**
 * How it went, once for each time round: the words stay in the thread's compartment, and the one answer that is counted goes into a table that
 * names no concern, under the quarter in which it came (`domain.md` 0.7). Recorded: `feedback_given`.
 * Refusal `transition_not_allowed` where this time round has its answer.
 */
export function createGiveFeedback(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['giveFeedback'] {
  return createReporterAct(deps, receipts, {
    name: 'give_feedback',
    perform: async (acting, { speakUpAgain, listened, comment }) => {
      const cycle = cycleOf(acting.entries)
      if (hasFeedback(acting.entries)) throw new Refusal('transition_not_allowed')
      const content: FeedbackContent = { speakUpAgain, listened: listened ?? null, comment: comment ?? null, cycle }
      const item = sealAsReporter(acting, acting.shared, 'feedback', content)
      const { financialYear, quarter } = quarterOf(acting.ctx.now)
      const counted = { id: newId(acting.random), quarter: `${financialYear} Q${quarter}`, answer: speakUpAgain }
      await acting.tx.feedbackAnswer.create({ data: counted, select: { id: true } })
      return {
        answer: { id: item.id },
        items: [item],
        entry: { ...reporterEntryBase(acting), kind: 'feedback_given', fields: { item: item.id, cycle } },
      }
    },
  })
}

/** Whether the present time round has its feedback. */
export function hasFeedback(entries: readonly StoredEntry[]): boolean {
  const cycle = cycleOf(entries)
  return entries.some(
    ({ kind, text }) => kind === 'feedback_given' && (JSON.parse(text) as { fields: { cycle?: number } }).fields.cycle === cycle,
  )
}
