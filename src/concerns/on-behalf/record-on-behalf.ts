import type { Tx } from '../../database/index.ts'
import { londonDate } from '../../kernel/index.ts'
import { countedElements } from '../raising/counted-elements.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { requestOf } from '../raising/raise-concern.ts'
import { groupOf } from '../raising/raising-world.ts'
import type { Receipts } from '../raising/receipts.ts'
import { chooseRecipients, readerOf } from '../raising/recipients.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { answerOnce } from './answer-once.ts'
import { judgeArrival, saidIn, textOf } from './arrival.ts'
import { stillTheirs } from './hand-over-codes.ts'
import type { OnBehalf } from './on-behalf.ts'
import type { RecordedAnswer } from './views.ts'
import { assertMayRecord, writeRecorded } from './write-recorded.ts'

const attempt = 'record_concern'

/**
 * Records what somebody said to a guardian: as many concerns as people, all in one transaction or none (P6). Sealed as if they had raised it
 * themselves; clocks count from the day of receipt. Recorded: `concern_raised` in the reporter's lane, `concern_recorded` beside it with the
 * channel and how late it was written down, `concern_linked` where several people came together.
 * Refusal `permission_denied`, `conflict_of_interest`, `invalid_input`, `no_reader_left`, `intake_closed`, `idempotency_key_reused`.
 */
export function createRecordOnBehalf(deps: ConcernDeps, receipts: Receipts): OnBehalf['record'] {
  return (ctx, input, secret) =>
    recordingRefusals(deps, ctx, attempt, null, async () => {
      assertMayRecord(ctx, await deps.directory.current(), input.about)
      const settings = await deps.settings.current()
      const { backDatedDays } = judgeArrival(input, settings, londonDate(ctx.now))
      const said = saidIn(input, textOf(input).narrative)
      const { people } = input
      const request = { act: attempt, person: ctx.person.userId, ...requestOf(said), ...receivedIn(input), people }
      const again = (tx: Tx, answer: RecordedAnswer) => stillTheirs(tx, ctx, answer)
      return answerOnce<RecordedAnswer>(deps, receipts, { secret, request, now: ctx.now, again }, ({ before, receiptOf }) =>
        deps.audited(async (tx) => {
          await before(tx)
          const tools = { deps, ctx, settings, directory: await deps.directory.current(tx) }
          const recording = { said, received: input, backDatedDays, people, status: 'raised' } as const
          const { answer, entries } = await writeRecorded(tx, tools, recording, receiptOf)
          return { value: answer, entries }
        }),
      )
    })
}

/** How it came, as a repeated call has to say it again. */
export function receivedIn({ channel, receivedOn, backDatedReason, wantsCode }: Parameters<typeof judgeArrival>[0]) {
  return { channel, receivedOn, backDatedReason: backDatedReason ?? null, wantsCode }
}

/** What would be recorded, and what would be cut: nothing is written, nothing is kept. Refuses what recording refuses. */
export function createReadBack(deps: ConcernDeps): OnBehalf['readBack'] {
  return (ctx, input) =>
    recordingRefusals(deps, ctx, attempt, null, async () => {
      const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
      assertMayRecord(ctx, directory, input.about)
      const { acknowledge, backDatedDays } = judgeArrival(input, settings, londonDate(ctx.now))
      countedElements(settings.categories, input)
      const { readers } = chooseRecipients(directory, groupOf(settings, input.intakeGroup), input)
      return { ...textOf(input), readers: readers.map(readerOf), acknowledgeBy: acknowledge.dueOn, backDatedDays }
    })
}
