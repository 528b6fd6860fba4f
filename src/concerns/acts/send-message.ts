import type { ConcernDeps } from '../dependencies.ts'
import type { MessageInput } from './handling-inputs.ts'
import type { Receipts } from '../raising/receipts.ts'
import { sealMessage } from './staff-writing.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { createWriteOnce, storeWritten } from './write-once.ts'

/** A message to the person who raised the concern, sealed where they and the handlers read. Recorded: `message_sent`. */
export function createSendMessage(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['sendMessage'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'send_message',
    write: async (writer, { body, question = false }: MessageInput, base) => {
      const { id: item } = await storeWritten(writer, base, await sealMessage(writer, body, { question }))
      return { answer: { id: item }, entry: { ...base, kind: 'message_sent', fields: { item } } }
    },
  })
}
