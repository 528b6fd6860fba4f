import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf } from '../../audit/index.ts'
import { londonDate, readDate, Refusal, type DateText } from '../../kernel/index.ts'
import { viewOf } from '../reading/concern-view.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { readItems } from '../sealing/item-store.ts'
import { identityAmong } from '../reading/open-identity.ts'
import { openConcern, partOf, readSealed, type OpenConcern } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import type { ConcernView } from '../views.ts'
import { actingRole, findOpenable } from '../reading/visibility.ts'
import type { Casework } from './casework.ts'
import { thingsToCheck, type MessageSurroundings } from './message-checks.ts'

/**
 * Who will read a message to the reporter, and what to look at before it goes. The name of a confidential reporter is not opened for it: that
 * has a door of its own. Recorded: `content_viewed`, since the names it knows come from under the seal. Refusal `permission_denied` for
 * those who may not write.
 */
export function createPreviewMessage(deps: ConcernDeps): Casework['previewMessage'] {
  return async (ctx, id, { body }) => {
    const [directory, settings] = await Promise.all([deps.directory.current(), deps.settings.current()])
    return recordingRefusals(deps, ctx, 'preview_message', id, async () => {
      const { sealed, items } = await deps.audited(async (tx) => {
        const sight = await findOpenable(tx, ctx.person, id)
        if (!sight.relations.includes('handler')) throw new Refusal('permission_denied')
        const internal = sight.grants.filter(({ kind }) => kind === 'internal').map(({ compartmentId }) => compartmentId)
        const read = { sealed: await readSealed(tx, sight), items: (await readItems(tx, id, internal)).reporter }
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        const fields = { compartments: ['internal'] }
        return { value: read, entries: [{ kind: 'content_viewed', actor, at: ctx.now, concernId: id, fields }] }
      })
      const open = openConcern(sealed, ctx, directory)
      const concern = viewOf(ctx, open, directory, settings)
      return {
        readers: concern.assignees.filter((person) => person.id !== ctx.person.userId).map(({ name, role }) => ({ name, role })),
        checks: thingsToCheck(body, surroundingsOf(ctx, open, concern, identityIn(open, items), directory)),
      }
    })
  }
}

/** The name of a person who raised openly, which lies with the handlers. */
function identityIn(open: OpenConcern, items: Parameters<typeof identityAmong>[0]): string | null {
  const internal = partOf(open, 'internal')
  if (open.concern.openness !== 'open' || internal === null) return null
  return identityAmong(items, internal, open.signKeyOf('reporter'))?.name ?? null
}

function surroundingsOf(
  ctx: StaffContext,
  open: OpenConcern,
  { clocks, status, history, openness }: ConcernView,
  reporterName: string | null,
  directory: Directory,
): MessageSurroundings {
  const today = londonDate(ctx.now)
  const told = history.findLast(({ kind }) => kind === 'investigation_started')?.fields['expectedEnd']
  const end = typeof told === 'string' ? readDate(told) : null
  return {
    late: clocks.filter(({ state }) => state === 'overdue').map(({ label, dueOn }) => ({ label, dueOn })),
    endPassed: status === 'investigating' && end !== null && end < today ? (end satisfies DateText) : null,
    about: open.header?.about.map((entry) => directory.people.find(({ id }) => id === entry)?.name ?? entry) ?? [],
    colleagues: directory.people.filter(({ id }) => id !== ctx.person.userId).map(({ name }) => name),
    reporterName,
    reporterNameSealed: openness === 'confidential',
  }
}
