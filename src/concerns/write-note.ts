import type { ConcernDeps } from './dependencies.ts'
import type { NoteContent } from './handling-contents.ts'
import type { Receipts } from './receipts.ts'
import { sealRecord } from './staff-writing.ts'
import type { ConcernUseCases } from './use-cases.ts'
import { createWriteOnce } from './write-once.ts'

/** A note for the team, sealed where the person who raised the concern holds no key. Recorded: `note_written`. */
export function createWriteNote(deps: ConcernDeps, receipts: Receipts): ConcernUseCases['writeNote'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'write_note',
    seal: (writer, body) => {
      const content: NoteContent = { body }
      return sealRecord(writer, 'note', content)
    },
    entry: (base, item) => ({ ...base, kind: 'note_written', fields: { item: item.id } }),
  })
}
