import type { Directory, StaffContext } from '../../accounts/index.ts'
import { createRecordRefusal, type AuditDraft } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { invalid, newId, Refusal, type ConcernId } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { insertStaffItems } from '../sealing/item-store.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { sealAs } from '../acts/staff-writing.ts'
import { linkEntryBase, lockBoth, openSide, type Side } from './both-sides.ts'
import { composeLink } from './compose-links.ts'
import type { UnlinkContent } from './link-contents.ts'
import { readReference } from '../reference.ts'
import { findByReference } from './link-store.ts'
import type { Linking } from './linking.ts'

/** One answer for a reference that is nobody's and for one behind the wall: nobody learns here what they may not know. */
const notYours = () => invalid('/other', 'not_yours', 'No concern that you handle has this reference. Check each character.')

/**
 * Links two concerns that one person handles, without merging them: a sealed record in each, an entry in each, in one transaction. Recorded:
 * `concern_linked` in both. Refusal `not_found`, `permission_denied`, `invalid_input` (`not_yours`, `same_concern`, `already_linked`).
 */
export function createLinkConcerns(deps: ConcernDeps): Linking['add'] {
  return async (ctx, id, { other: typed, note }) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'link_concern', id, () =>
      deps.audited(async (tx) => {
        // Who does not handle the concern itself is told so before anything is looked up for them.
        await openSide(tx, ctx, directory, id)
        const reference = readReference(typed)
        // Looked for even where there is none, and seen before it is locked: neither the work nor a wait may tell that it is there.
        const otherId = (reference === null ? null : await findByReference(tx, reference)) ?? newId<ConcernId>(deps.random)
        if (otherId === id) throw invalid('/other', 'same_concern', 'This is the concern itself. Give the reference of the other one.')
        await openOther(tx, ctx, directory, otherId)
        await lockBoth(tx, [id, otherId])
        const one = await openSide(tx, ctx, directory, id)
        const other = await openOther(tx, ctx, directory, otherId)
        if (one.links.some((link) => link.other === otherId)) throw invalid('/other', 'already_linked', 'These two are linked already.')
        const { link, here, there } = composeLink({ random: deps.random, ctx }, [one, other], note ?? null)
        await insertStaffItems(tx, id, [here.item], ctx.now)
        await insertStaffItems(tx, otherId, [there.item], ctx.now)
        const entry = (side: Side, { others, item }: typeof here): AuditDraft => ({
          ...linkEntryBase(ctx, side.open, side.id),
          kind: 'concern_linked',
          fields: { relation: 'linked', others, item: item.id },
        })
        return { value: { id: link }, entries: [entry(one, here), entry(other, there)] }
      }),
    ).catch((error: unknown) => recordProbe(deps, ctx, error))
  }
}

async function openOther(tx: Tx, ctx: StaffContext, directory: Directory, id: ConcernId): Promise<Side> {
  try {
    return await openSide(tx, ctx, directory, id)
  } catch (error) {
    if (error instanceof Refusal && ['not_found', 'permission_denied', 'conflict_of_interest'].includes(error.code)) throw notYours()
    throw error
  }
}

/** A reference that is not theirs may be a slip or somebody feeling their way: the log has both, and neither names a concern. */
async function recordProbe(deps: ConcernDeps, ctx: StaffContext, error: unknown): Promise<never> {
  if (error instanceof Refusal && error.faults.some(({ code }) => code === 'not_yours')) {
    await createRecordRefusal(deps.audited)(ctx, 'link_concern', 'not_yours')
  }
  throw error
}

/**
 * Takes a link away on both sides, in one transaction. Recorded: `concern_unlinked` in both. Refusal `not_found` for a link that is not there
 * and for one whose other side is not the person's.
 */
export function createUnlinkConcerns(deps: ConcernDeps): Linking['remove'] {
  return async (ctx, id, link) => {
    const directory = await deps.directory.current()
    await recordingRefusals(deps, ctx, 'unlink_concern', id, () =>
      deps.audited(async (tx) => {
        const found = (await openSide(tx, ctx, directory, id)).links.find((one) => one.link === link)
        if (found === undefined) throw new Refusal('not_found')
        await otherHandled(tx, ctx, directory, found.other)
        await lockBoth(tx, [id, found.other])
        const one = await openSide(tx, ctx, directory, id)
        const other = await otherHandled(tx, ctx, directory, found.other)
        // Somebody may have taken it away while we waited for the rows.
        if (!one.links.some((each) => each.link === link)) throw new Refusal('not_found')
        const takeAway = async (side: Side, from: Side): Promise<AuditDraft> => {
          const content: UnlinkContent = { link }
          const item = sealAs({ random: deps.random, ctx }, side.internal, 'unlink', content)
          await insertStaffItems(tx, side.id, [item], ctx.now)
          return { ...linkEntryBase(ctx, side.open, side.id), kind: 'concern_unlinked', fields: { others: [from.logAlias], item: item.id } }
        }
        return { value: undefined, entries: [await takeAway(one, other), await takeAway(other, one)] }
      }),
    )
  }
}

async function otherHandled(tx: Tx, ctx: StaffContext, directory: Directory, id: ConcernId): Promise<Side> {
  try {
    return await openSide(tx, ctx, directory, id)
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'record_not_genuine') throw new Refusal('not_found')
    throw error
  }
}
