import type { Directory, StaffContext } from '../../accounts/index.ts'
import { actorOf, type AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { Refusal, type ConcernId } from '../../kernel/index.ts'
import { lockConcern } from '../concern-store.ts'
import { subjectsOf } from '../acts/facts.ts'
import { openConcern, readSealed, writablePart, type OpenConcern } from '../sealing/opening.ts'
import { actingRole, findOpenable, type Sight } from '../reading/visibility.ts'
import type { Linkable } from './compose-links.ts'
import { standingLinks, type StandingLink } from './link-records.ts'
import { readLinkItems } from './link-store.ts'

/** One concern of a pair, opened by somebody who handles it, its row locked. */
export interface Side extends Linkable {
  readonly open: OpenConcern
  readonly links: readonly StandingLink[]
}

/** Locks in one order for everyone, or two people with the same two concerns would wait for one another. */
export async function lockBoth(tx: Tx, ids: readonly [ConcernId, ConcernId]): Promise<void> {
  for (const id of ids.toSorted()) await lockConcern(tx, id)
}

/** A side for its handler. Refusal `not_found`, `permission_denied`, `conflict_of_interest`, `record_not_genuine`. */
export async function openSide(tx: Tx, ctx: StaffContext, directory: Directory, id: ConcernId): Promise<Side> {
  const sight = await findOpenable(tx, ctx.person, id)
  if (!sight.relations.includes('handler')) throw new Refusal('permission_denied')
  const open = openConcern(await readSealed(tx, sight), ctx, directory)
  if (subjectsOf(open, directory).has(ctx.person.userId)) throw new Refusal('conflict_of_interest')
  const { reference, logAlias } = open.concern
  const links = standingLinks(open, await readLinkItems(tx, id, sight.grants))
  return { id, reference, logAlias, internal: writablePart(open, 'internal'), open, links }
}

/** What every entry of a link begins with. */
export function linkEntryBase(
  ctx: StaffContext,
  sight: Pick<Sight, 'relations'>,
  concernId: ConcernId,
): Pick<AuditDraft, 'actor' | 'at'> & { readonly concernId: ConcernId } {
  return { actor: actorOf(ctx.person, actingRole(ctx.person, sight.relations)), at: ctx.now, concernId }
}
