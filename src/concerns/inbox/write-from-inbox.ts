import { dateToColumn, invalid } from '../../kernel/index.ts'
import type { Directory } from '../../accounts/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { createReporterAct, reporterEntryBase, sealAsReporter, type ReporterActing } from './reporter-act.ts'
import { openQuestions } from './inbox-view.ts'
import { readItems } from '../sealing/item-store.ts'
import { signKeysOf } from '../sealing/opening.ts'
import type { Receipts } from '../raising/receipts.ts'
import type { MessageContent } from '../sealing/sealed-contents.ts'
import { assembleThread } from '../reading/thread.ts'
import type { ConcernUseCases } from '../use-cases.ts'

/**
 * A message from the person who raised it, sealed to SHARED and signed with the key their token opened; an answer carries the question it
 * answers inside the seal. Recorded: `reporter_wrote`, by date alone. The concern shows as unread from that date. The same secret and text
 * give the same answer. Refusal `invalid_input` (`not_a_question`).
 */
export function createWriteFromInbox(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['writeFromInbox'] {
  return createReporterAct(deps, receipts, {
    name: 'write',
    perform: async (acting, { body, answers }) => {
      const { tx, concern, shared, today } = acting
      if (answers !== undefined) await assertAsked(acting, answers, await deps.directory.current(tx))
      await tx.concern.updateMany({ where: { id: concern.id, unreadSince: null }, data: { unreadSince: dateToColumn(today) } })
      const after = await tx.staffItem.count({ where: { concernId: concern.id, kind: 'message' } })
      const content: MessageContent = { body, after, ...(answers !== undefined && { answers }) }
      const item = sealAsReporter(acting, shared, 'message', content)
      return {
        answer: { id: item.id },
        items: [item],
        entry: { ...reporterEntryBase(acting), kind: 'reporter_wrote', fields: { item: item.id } },
      }
    },
  })
}

async function assertAsked({ tx, concern, shared, raisedKeys }: ReporterActing, question: string, directory: Directory): Promise<void> {
  const items = await readItems(tx, concern.id, [shared.id])
  const thread = assembleThread(items, shared, signKeysOf(directory, raisedKeys.signKey), () => null)
  if (!openQuestions(thread).some(({ id }) => id === question)) {
    throw invalid('/answers', 'not_a_question', 'This question has its answer, or it is none. Send your words as a message.')
  }
}
