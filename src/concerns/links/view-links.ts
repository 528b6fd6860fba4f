import { actorOf } from '../../audit/index.ts'
import { nameOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { actingRole, findOpenable } from '../reading/visibility.ts'
import { standingLinks } from './link-records.ts'
import { readLinked, readLinkItems } from './link-store.ts'
import type { Linking, LinkView } from './linking.ts'

/**
 * The concerns that this one is linked to, as far as the person may know of them: one behind the wall is not there, nor is its link. Of the
 * other only what stands in clear. Recorded: `content_viewed`, committed before the records are opened. Refusal `not_found`, `permission_denied`.
 */
export function createViewLinks(deps: ConcernDeps): Linking['view'] {
  return async (ctx, id) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'view_links', id, async () => {
      const { sealed, items } = await deps.audited(async (tx) => {
        const sight = await findOpenable(tx, ctx.person, id)
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        const read = { sealed: await readSealed(tx, sight), items: await readLinkItems(tx, id, sight.grants) }
        return {
          value: read,
          entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: id, fields: { compartments: ['internal'] } }],
        }
      })
      const open = openConcern(sealed, ctx, directory)
      const handles = open.relations.includes('handler')
      const links = standingLinks(open, items)
      const others = [...new Set(links.map(({ other }) => other))]
      const seen = await deps.database.read((tx) => readLinked(tx, ctx.person, others))
      return links.flatMap(({ link, other, relation, note, author, at }): LinkView[] => {
        const found = seen.get(other)
        if (found === undefined) return []
        const { reference, status, raisedOn } = found
        const mayRemove = handles && found.relations.includes('handler')
        const linkedBy = nameOf(directory, author)
        return [{ id: link, relation, other: { id: other, reference, status, raisedOn }, note, linkedBy, linkedAt: at, mayRemove }]
      })
    })
  }
}
