import type { StaffContext } from '../../accounts/index.ts'
import type { AppendMore } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { londonDate, Refusal, type ConcernId } from '../../kernel/index.ts'
import type { Consent } from '../../workflow/index.ts'
import { countedElements } from '../raising/counted-elements.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { ActionInput, ActionName } from '../acts/handling-inputs.ts'
import { answerOnce } from '../on-behalf/answer-once.ts'
import { judgeArrival, saidIn, textOf } from '../on-behalf/arrival.ts'
import { stillTheirs } from '../on-behalf/hand-over-codes.ts'
import type { OnBehalf } from '../on-behalf/on-behalf.ts'
import { receivedIn } from '../on-behalf/record-on-behalf.ts'
import type { RecordedAnswer } from '../on-behalf/views.ts'
import { assertMayRecord, writeRecorded } from '../on-behalf/write-recorded.ts'
import { performStep, type StepWorld } from '../acts/perform-action.ts'
import { requestOf } from '../raising/raise-concern.ts'
import type { Receipts } from '../raising/receipts.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcludedInput } from './concluded-input.ts'
import { assertLightEnough } from './light-enough.ts'

const attempt = 'record_concluded'

/** What the person reads of the steps between. What was advised stands in the last. */
const standardWords = {
  acknowledge: 'Thank you for telling us. We talked about it.',
  notInvestigated: 'We agreed that nothing needs to be looked into.',
} as const

/** Why nothing is investigated, as each ending has it. */
const roads = {
  advice_given: { decision: 'advice_only', reasonCode: 'advice_given' },
  resolved_informally: { decision: 'resolve_without_investigation', reasonCode: 'can_be_put_right_now' },
} as const

/**
 * The light path: a talk of ten minutes or a broken lamp, recorded for the person, acknowledged, triaged and resolved in one transaction, by the
 * same steps, guards and entries as one by one. Reopening undoes it. Refuses what recording and each step refuse, and whatever is not light
 * enough (`assertLightEnough`).
 */
export function createRecordConcluded(deps: ConcernDeps, receipts: Receipts): OnBehalf['recordConcluded'] {
  return (ctx, input, secret) =>
    recordingRefusals(deps, ctx, attempt, null, async () => {
      assertMayRecord(ctx, await deps.directory.current(), input.about)
      const settings = await deps.settings.current()
      // A local category may stand for patient safety under another name
      const elements = countedElements(settings.categories, input)
      assertLightEnough({ ...input, elements })
      const { backDatedDays } = judgeArrival(input, settings, londonDate(ctx.now))
      const said = saidIn({ ...input, recipient: 'guardians', deputyMayRead: true }, textOf(input).narrative)
      const { title, outcome, learning, message } = input
      const ends = { title, outcome, learning, message }
      const request = { act: attempt, person: ctx.person.userId, ...requestOf(said), ...receivedIn(input), ...ends }
      const again = (tx: Tx, answer: RecordedAnswer) => stillTheirs(tx, ctx, answer)
      return answerOnce<RecordedAnswer>(deps, receipts, { secret, request, now: ctx.now, again }, ({ before, receiptOf }) =>
        deps.audited(async (tx, append) => {
          await before(tx)
          const directory = await deps.directory.current(tx)
          const recording = { said, received: input, backDatedDays, people: 1, status: 'resolved' } as const
          const { answer, raisings, entries } = await writeRecorded(tx, { deps, ctx, settings, directory }, recording, receiptOf)
          // Whoever is none of its readers has no key to take a step with.
          if (answer.concern === null) throw new Refusal('permission_denied')
          await append(entries)
          return {
            value: answer,
            entries: await takeSteps({ deps, tx, ctx, directory }, append, raisings[0].id, stepsOf({ ...input, elements }, ctx)),
          }
        }),
      )
    })
}

type Taken = { [A in ActionName]: { readonly action: A; readonly input: Omit<ActionInput<A>, 'expectedVersion'> } }[ActionName]

/** One after the other; each finds the entries of those before it. The last one's come back. */
async function takeSteps(world: StepWorld, append: AppendMore, id: ConcernId, steps: readonly [Taken, ...Taken[]]) {
  let entries: Awaited<ReturnType<typeof performStep>> | null = null
  for (const [index, { action, input }] of steps.entries()) {
    if (entries !== null) await append(entries)
    entries = await performStep(world, id, action, { ...input, expectedVersion: index + 1 })
  }
  return entries!
}

function stepsOf(input: ConcludedInput, ctx: StaffContext): readonly [Taken, ...Taken[]] {
  const { riskGrade, elements, title, outcome, learning, message } = input
  const { decision, reasonCode } = roads[outcome]
  return [
    { action: 'acknowledge', input: { message: standardWords.acknowledge } },
    { action: 'triage', input: { riskGrade, elements, decision, consent: consentOf(input), conflict: 'none', title } },
    {
      action: 'resolve_without_investigation',
      input: { reasonCode, reason: message, decidedBy: ctx.person.userId, message: standardWords.notInvestigated },
    },
    { action: 'resolve', input: { outcome, feedbackShared: feedbackOf(input), learning, message } },
  ]
}

/** Nothing goes to anybody else here, so no more is taken as agreed than how the person came. */
function consentOf({ openness }: ConcludedInput): Consent {
  return openness === 'anonymous' ? 'not_applicable' : openness === 'open' ? 'share_as_agreed' : 'do_not_share_identity'
}

/** They were told in the talk. Where no code was wanted, nothing written can reach them. */
function feedbackOf({ wantsCode }: ConcludedInput) {
  return wantsCode ? 'summary' : 'no_return_channel'
}
