import { unloggedTransaction } from '../../database/index.ts'
import type { StaffContext } from '../../accounts/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, Refusal, type ConcernId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { OnBehalf } from './on-behalf.ts'
import { findVisible } from '../reading/visibility.ts'
import type { HandOver, RecordedAnswer } from './views.ts'

/**
 * The codes once more, for whoever recorded them and holds the secret they were recorded under; null once they were handed over, and where their
 * recorder may know of none of these concerns any more.
 */
export function createRecallCodes({ database }: Pick<ConcernDeps, 'database'>, receipts: Receipts): OnBehalf['recallCodes'] {
  return (ctx, secret) =>
    database.read(async (tx) => {
      const answer = (await receipts.recall(tx, secret, londonDate(ctx.now))) as Partial<RecordedAnswer> | null
      if (answer === null || answer.recordedBy !== ctx.person.userId) return null
      const shown = await stillTheirs(tx, ctx, answer as RecordedAnswer)
      return [shown, ...shown.joint].some(({ token }) => token !== null) ? shown : null
    })
}

/** Without the codes of concerns that their recorder left: whoever holds a code reads on as the person. */
export async function stillTheirs(tx: Tx, ctx: Pick<StaffContext, 'person'>, answer: RecordedAnswer): Promise<RecordedAnswer> {
  const shown = async <Given extends HandOver>(given: Given): Promise<Given> =>
    given.concern === null || (await isVisible(tx, ctx, given.concern.id)) ? given : { ...withoutCode(given), concern: null }
  const joint: HandOver[] = []
  for (const given of answer.joint) joint.push(await shown(given))
  return { ...(await shown(answer)), joint }
}

async function isVisible(tx: Tx, { person }: Pick<StaffContext, 'person'>, id: ConcernId): Promise<boolean> {
  try {
    await findVisible(tx, person, id)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return false
    throw error
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

const withoutCode = <Given extends HandOver>(given: Given): Given => ({ ...given, token: null, receipt: null })

function withoutCodes(answer: RecordedAnswer): RecordedAnswer {
  return { ...withoutCode(answer), joint: answer.joint.map(withoutCode) }
}
