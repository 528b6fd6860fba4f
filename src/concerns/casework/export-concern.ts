import { actorOf } from '../../audit/index.ts'
import { londonDate, Refusal } from '../../kernel/index.ts'
import { contentOf } from '../sealing/concern-content.ts'
import { lockConcern } from '../concern-store.ts'
import { nameOf, viewOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { detrimentCasesOf } from '../detriment/view-detriment.ts'
import { subjectsOf } from '../acts/facts.ts'
import { readItems } from '../sealing/item-store.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { actingRole } from '../reading/visibility.ts'
import { assessmentsOf } from './assessment.ts'
import type { Casework } from './casework.ts'
import { contactsOf } from './contacts.ts'
import { insightOf } from './look-inside.ts'
import { readPrivateNotes } from './private-note-store.ts'
import { privateNotesOf } from './private-note.ts'

/**
 * Everything a handler may open of one concern, to keep outside. Takes a fresh second factor. The name of a person who raised it confidentially
 * stays behind its own door. Recorded: `concern_exported` with the compartments, committed before anything is opened.
 * Refusal `not_found`, `permission_denied`, `conflict_of_interest`, and those of the second factor.
 */
export function createExportConcern(deps: ConcernDeps): Casework['exportConcern'] {
  return async (ctx, id, { otp }) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    return recordingRefusals(deps, ctx, 'export_concern', id, async () => {
      const { open, items, notes } = await deps.audited(async (tx) => {
        // Seen before it is locked: who may not know of it must not wait for it either.
        await insightOf(tx, ctx, id)
        await lockConcern(tx, id)
        const sight = await insightOf(tx, ctx, id)
        if (!sight.relations.includes('handler')) throw new Refusal('permission_denied')
        const found = openConcern(await readSealed(tx, sight), ctx, directory)
        if (subjectsOf(found, directory).has(ctx.person.userId)) throw new Refusal('conflict_of_interest')
        await deps.checkSecondFactor(tx, ctx, otp ?? '')
        const taken = sight.grants.filter(({ kind }) => kind !== 'identity')
        const read = {
          open: found,
          items: await readItems(
            tx,
            id,
            taken.map(({ compartmentId }) => compartmentId),
          ),
          notes: await readPrivateNotes(tx, id, ctx.person.userId),
        }
        const compartments = [...new Set<string>(taken.map(({ kind }) => kind)), 'private_note'].sort()
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        return { value: read, entries: [{ kind: 'concern_exported', actor, at: ctx.now, concernId: id, fields: { compartments } }] }
      })
      const name = (author: string) => nameOf(directory, author)
      return {
        concern: viewOf(ctx, open, directory, settings),
        content: contentOf(open, items, directory),
        assessments: assessmentsOf(open, items.staff, name),
        contacts: contactsOf(open, items.staff, name),
        detriment: detrimentCasesOf(open, items, directory, londonDate(ctx.now)),
        privateNotes: privateNotesOf(ctx, id, notes),
        exportedOn: londonDate(ctx.now),
      }
    })
  }
}
