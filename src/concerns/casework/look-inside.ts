import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { Refusal, type ConcernId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import { openConcern, readSealed, type OpenConcern } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { openPart, type ItemKind } from '../sealing/sealed-parts.ts'
import { actingRole, findOpenable, type Sight } from '../reading/visibility.ts'
import { readItemsOfKinds } from './casework-store.ts'

export interface LookedInside {
  readonly open: OpenConcern
  readonly items: readonly StoredItem[]
  readonly directory: Directory
}

/**
 * Makes the look at what handlers keep for themselves. Recorded: `content_viewed`, committed before anything is opened. It leaves the mark of
 * unread messages alone: none was shown. Refusal `not_found`; `permission_denied` for those who hold no key to it, investigators among them.
 */
export function createLookInside(deps: ConcernDeps) {
  return async (
    ctx: StaffContext,
    id: ConcernId,
    attempt: string,
    kinds: readonly ItemKind[],
    compartments: readonly string[] = ['internal'],
  ): Promise<LookedInside> => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, attempt, id, async () => {
      const { sealed, items } = await deps.audited(async (tx) => {
        const sight = await insightOf(tx, ctx, id)
        const read = { sealed: await readSealed(tx, sight), items: await readItemsOfKinds(tx, id, kinds) }
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        return {
          value: read,
          entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: id, fields: { compartments } }],
        }
      })
      return { open: openConcern(sealed, ctx, directory), items, directory }
    })
  }
}

/** A concern to somebody who holds INTERNAL of it. */
export async function insightOf(tx: Tx, ctx: StaffContext, id: ConcernId): Promise<Sight> {
  const sight = await findOpenable(tx, ctx.person, id)
  const reads = sight.relations.some((relation) => relation === 'handler' || relation === 'lead_escalated')
  if (!reads || !sight.grants.some(({ kind }) => kind === 'internal')) throw new Refusal('permission_denied')
  return sight
}

/** What an item holds; undefined where there is none, or the person named did not write exactly this, here. */
export function openedBy(open: OpenConcern, item: StoredItem | undefined): unknown {
  if (item === undefined || item.concernId !== open.concern.id) return undefined
  const part = open.parts.get(item.compartmentId)
  const key = open.signKeyOf(item.author)
  if (part === undefined || key === null) return undefined
  const opened = openPart(item, part, key)
  return opened.genuine ? opened.content : undefined
}
