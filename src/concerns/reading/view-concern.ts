import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft } from '../../audit/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { viewOf } from './concern-view.ts'
import type { ConcernDeps, ConcernSettings } from '../dependencies.ts'
import { atOneMoment } from '../lifecycle/at-one-moment.ts'
import { openConcern, readSealed } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import type { ConcernView } from '../views.ts'
import { actingRole, findAndLock, findOpenable, type Sight } from './visibility.ts'

/**
 * A concern without what was said. Recorded: `concern_viewed`, committed before its header is opened.
 * Refusal `not_found`, `permission_denied`, `record_not_genuine`.
 */
export function createViewConcern(deps: ConcernDeps): ConcernUseCases['viewConcern'] {
  return async (ctx, id) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    return recordingRefusals(deps, ctx, 'view_concern', id, async () => {
      const sealed = await deps.audited(async (tx) => {
        // Keys may be renewed meanwhile: grants and entries have to be of one moment.
        const sight = await findAndLock(tx, ctx.person, id, findOpenable)
        return { value: await readSealed(tx, sight), entries: [lookedAt(ctx, sight)] }
      })
      return viewOf(ctx, openConcern(sealed, ctx, directory), directory, settings)
    })
  }
}

/** The entry of a look at a concern. */
export function lookedAt(ctx: StaffContext, { concern, relations }: Sight): AuditDraft {
  return {
    kind: 'concern_viewed',
    actor: actorOf(ctx.person, actingRole(ctx.person, relations)),
    at: ctx.now,
    concernId: concern.id,
    fields: {},
  }
}

/** The concern as it is after the person's own act, whose entry stands for this look too. */
export async function showConcern(
  deps: ConcernDeps,
  ctx: StaffContext,
  id: ConcernId,
  directory: Directory,
  settings: ConcernSettings,
): Promise<ConcernView> {
  const open = await atOneMoment(async () => {
    const sealed = await deps.database.read(async (tx) => readSealed(tx, await findOpenable(tx, ctx.person, id)))
    return openConcern(sealed, ctx, directory)
  })
  return viewOf(ctx, open, directory, settings)
}
