import { unloggedTransaction } from '../../database/index.ts'
import { londonDate } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../receipts.ts'
import type { OnBehalf } from './on-behalf.ts'
import type { HandOver, RecordedAnswer } from './views.ts'

/** The codes once more, for whoever recorded them and holds the secret they were recorded under; null once they were handed over. */
export function createRecallCodes(deps: ConcernDeps, receipts: Receipts): OnBehalf['recallCodes'] {
  return async (ctx, secret) => {
    const answer = (await deps.database.read((tx) => receipts.recall(tx, secret, londonDate(ctx.now)))) as Partial<RecordedAnswer> | null
    const theirs = answer !== null && answer.recordedBy === ctx.person.userId && typeof answer.token === 'string'
    return theirs ? (answer as RecordedAnswer) : null
  }
}

/**
 * Handed over: nothing can show these codes again. What was recorded stays recorded, so that the same form sent again makes no second concern of
 * it. Leaves another's alone.
 */
export function createForgetCodes(deps: ConcernDeps, receipts: Receipts): OnBehalf['forgetCodes'] {
  const recall = createRecallCodes(deps, receipts)
  return async (ctx, secret) => {
    if ((await recall(ctx, secret)) === null) return
    await unloggedTransaction(deps.database, (tx) =>
      receipts.amend(tx, secret, londonDate(ctx.now), (answer) => withoutCodes(answer as RecordedAnswer)),
    )
  }
}

function withoutCodes(answer: RecordedAnswer): RecordedAnswer {
  const without = <Given extends HandOver>(given: Given): Given => ({ ...given, token: null, receipt: null })
  return { ...without(answer), joint: answer.joint.map(without) }
}
