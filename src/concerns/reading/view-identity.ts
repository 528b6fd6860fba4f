import { actorOf } from '../../audit/index.ts'
import { Refusal } from '../../kernel/index.ts'
import type { ConcernDeps } from '../dependencies.ts'
import { mayOpenIdentity, subjectsOf } from '../acts/facts.ts'
import { insertStaffItems, readItems } from '../sealing/item-store.ts'
import { identityAmong } from './open-identity.ts'
import { openConcern, partOf, readSealed } from '../sealing/opening.ts'
import { recordingRefusals } from '../acts/refused-attempt.ts'
import { sealRecord } from '../acts/staff-writing.ts'
import type { ConcernUseCases } from '../use-cases.ts'
import { actingRole, findAndLock, findOpenable } from './visibility.ts'

/**
 * The name and contact of a person who raised confidentially. Takes a reason, which is sealed, and a fresh second factor. Recorded:
 * `identity_viewed`, which names the sealed reason and is committed before the name is opened.
 * Refusal `not_found`, `permission_denied`, `conflict_of_interest`, and those of the second factor.
 */
export function createViewIdentity(deps: ConcernDeps): ConcernUseCases['viewIdentity'] {
  return async (ctx, id, { reason, otp }) => {
    const directory = await deps.directory.current()
    return recordingRefusals(deps, ctx, 'view_identity', id, async () => {
      const { concern, items } = await deps.audited(async (tx) => {
        const sight = await findAndLock(tx, ctx.person, id, findOpenable)
        if (!mayOpenIdentity(sight)) throw new Refusal('permission_denied')
        const found = openConcern(await readSealed(tx, sight), ctx, directory)
        if (subjectsOf(found, directory).has(ctx.person.userId)) throw new Refusal('conflict_of_interest')
        await deps.checkSecondFactor(tx, ctx, otp)
        const record = sealRecord({ tx, random: deps.random, ctx, concern: found }, 'identity_reason', { reason })
        await insertStaffItems(tx, id, [record], ctx.now)
        const identity = partOf(found, 'identity')
        const read = { concern: found, items: identity === null ? [] : (await readItems(tx, id, [identity.id])).reporter }
        const actor = actorOf(ctx.person, actingRole(ctx.person, sight.relations))
        return { value: read, entries: [{ kind: 'identity_viewed', actor, at: ctx.now, concernId: id, fields: { reason: record.id } }] }
      })
      const part = partOf(concern, 'identity')
      const content = part && identityAmong(items, part, concern.signKeyOf('reporter'))
      return content ? { ...content, genuine: true } : { name: null, contact: null, genuine: false }
    })
  }
}
