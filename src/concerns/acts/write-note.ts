import type { ConcernDeps } from '../dependencies.ts'
import type { NoteContent } from './handling-contents.ts'
import type { Receipts } from '../raising/receipts.ts'
import { sealRecord } from './staff-writing.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { createWriteOnce, storeWritten } from './write-once.ts'

/** A note for the team, sealed where the person who raised the concern holds no key. Recorded: `note_written`. */
export function createWriteNote(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['writeNote'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'write_note',
    write: async (writer, { body }: { readonly body: string }, base) => {
      const content: NoteContent = { body }
      const { id: item } = await storeWritten(writer, base, sealRecord(writer, 'note', content))
      return { answer: { id: item }, entry: { ...base, kind: 'note_written', fields: { item } } }
    },
  })
}
