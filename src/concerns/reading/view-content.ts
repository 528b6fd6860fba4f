import { actorOf } from '../../audit/index.ts'
import { contentOf } from '../sealing/concern-content.ts'
import { markRead } from '../concern-store.ts'
import { labelledCategories } from '../raising/counted-elements.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { readItems } from '../sealing/item-store.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { actingRole, findAndLock, findOpenable } from './visibility.ts'

/**
 * What was said, as far as the person holds keys. Recorded: `content_viewed` with the compartments, committed before anything is opened. A
 * handler's look also clears the mark of unread messages; the row is locked first, so that no message is marked that was not shown.
 */
export function createViewContent(deps: ConcernDeps): ConcernUseCases['viewContent'] {
  return async (ctx, id) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    return recordingRefusals(deps, ctx, 'view_content', id, async () => {
      const { sealed, items } = await deps.audited(async (tx) => {
        const sight = await findAndLock(tx, ctx.person, id, findOpenable)
        if (sight.relations.includes('handler')) await markRead(tx, id)
        const read = {
          sealed: await readSealed(tx, sight),
          items: await readItems(
            tx,
            id,
            sight.grants.filter(({ kind }) => kind !== 'identity').map(({ compartmentId }) => compartmentId),
          ),
        }
        const compartments = [...new Set(sight.grants.map(({ kind }) => kind))].filter((kind) => kind !== 'identity').sort()
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        return { value: read, entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: id, fields: { compartments } }] }
      })
      const content = contentOf(openConcern(sealed, ctx, directory), items, directory)
      const codes = content.categories.map(({ code }) => code)
      return { ...content, categories: labelledCategories(settings.categories, codes) }
    })
  }
}
