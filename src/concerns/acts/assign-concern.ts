import { Refusal, type UserId } from '../../kernel/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import type { AssignmentContent } from './handling-contents.ts'
import { replaceGrants } from '../sealing/grant-store.ts'
import { aliasOf, hadOtherKeys, holdersOf } from '../sealing/holders.ts'
import type { Acting, Step } from './action-step.ts'
import { grantTo, type GrantRow } from '../sealing/sealed-parts.ts'
import { sealRecord } from './staff-writing.ts'

/**
 * Gives the concern an owner. A guardian who holds no key of it yet gets those that the one who assigns holds; so does one whose keys were made
 * anew, whose grants may still be sealed to the old ones.
 */
export async function assign(acting: Acting<'assign'>): Promise<Step> {
  const { actor, concern, ctx, directory, facts, input, move } = acting
  const { userId, note } = input
  const renewed = userId !== ctx.person.userId && hadOtherKeys(directory, userId)
  const { kinds, grants } = facts.handlers.has(userId) && !renewed ? { kinds: [], grants: [] } : handOver(acting, userId)
  const record: AssignmentContent | null = note === undefined ? null : { owner: userId, note }
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  const owner = aliasOf(directory, userId)
  return {
    change: { ownerId: userId },
    items: record === null ? [] : [sealRecord(acting, 'assignment', record)],
    grants,
    tells: [{ cause: 'assigned', person: userId }],
    ...(renewed && { also: (tx) => replaceGrants(tx, grants) }),
    entries: [
      { ...base, kind: 'concern_assigned', fields: { action: 'assign', from: facts.status, to: move.to, owner } },
      ...(kinds.length > 0 ? [{ ...base, kind: 'access_granted' as const, fields: { person: owner, compartments: kinds } }] : []),
    ],
  }
}

function handOver({ concern, directory, random }: Acting<'assign'>, userId: UserId): { kinds: CompartmentKind[]; grants: GrantRow[] } {
  // Passing on a key that nobody vouches for would make the new owner seal to a stranger.
  if (concern.raisedKeys === null) throw new Refusal('record_not_genuine')
  const held = [...concern.parts.values()]
  const grants = held.flatMap((part) => grantTo(random, part, holdersOf(directory, [userId])))
  return { kinds: [...new Set(held.map(({ kind }) => kind))].sort(), grants }
}
