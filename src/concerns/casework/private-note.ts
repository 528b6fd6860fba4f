import { actorOf } from '../../audit/index.ts'
import { newId, type ConcernId } from '../../kernel/index.ts'
import type { StaffContext } from '../../accounts/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { noteContent } from '../acts/handling-contents.ts'
import type { Receipts } from '../raising/receipts.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { actingRole } from '../reading/visibility.ts'
import { createWriteOnce } from '../acts/write-once.ts'
import type { Casework, PrivateNote } from './casework.ts'
import { insightOf } from './look-inside.ts'
import { openOwn, sealToSelf } from './own-seal.ts'
import { insertPrivateNote, readPrivateNotes, type PrivateNoteRow } from './private-note-store.ts'

/** A note for its writer alone. Colleagues see neither it nor that it is there. Recorded: `private_note_written`. */
export function createWritePrivateNote(deps: ConcernDeps, receipts: Receipts): Casework['writePrivateNote'] {
  return createWriteOnce(deps, receipts, {
    attempt: 'write_private_note',
    write: async ({ tx, ctx }, { body }: { readonly body: string }, base) => {
      const id = newId(deps.random)
      const sealed = sealToSelf(ctx, { id, kind: 'private_note', place: base.concernId }, { body })
      await insertPrivateNote(tx, { id, concernId: base.concernId, personId: ctx.person.userId, writtenAt: base.at, ...sealed })
      return { answer: { id: id }, entry: { ...base, kind: 'private_note_written', fields: { note: id } } }
    },
  })
}

/** One's own notes on a concern, oldest first. Recorded as a look, like any other at what is sealed. */
export function createViewPrivateNotes(deps: ConcernDeps): Casework['viewPrivateNotes'] {
  return (ctx, id) =>
    recordingRefusals(deps, ctx, 'view_private_notes', id, async () => {
      const { rows, mayWrite } = await deps.audited(async (tx) => {
        const sight = await insightOf(tx, ctx, id)
        const read = { rows: await readPrivateNotes(tx, id, ctx.person.userId), mayWrite: sight.relations.includes('handler') }
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        const fields = { compartments: ['private_note'] }
        return { value: read, entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: id, fields }] }
      })
      return { mayWrite, notes: privateNotesOf(ctx, id, rows) }
    })
}

export function privateNotesOf(
  ctx: Pick<StaffContext, 'person' | 'keys'>,
  concernId: ConcernId,
  rows: readonly PrivateNoteRow[],
): PrivateNote[] {
  return rows.map((row) => {
    const parsed = noteContent.safeParse(openOwn(ctx, { id: row.id, kind: 'private_note', place: concernId }, row))
    return { id: row.id, body: parsed.success ? parsed.data.body : null, genuine: parsed.success, writtenAt: row.writtenAt }
  })
}
