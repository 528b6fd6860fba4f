import { Refusal, type UserId } from '../kernel/index.ts'
import type { CompartmentKind } from '../vault/index.ts'
import type { AssignmentContent } from './handling-contents.ts'
import { aliasOf, holdersOf } from './holders.ts'
import type { Acting, Step } from './action-step.ts'
import { grantTo, type GrantRow } from './sealed-parts.ts'
import { sealRecord } from './staff-writing.ts'

/** Gives the concern an owner. A guardian who holds no key of it yet gets those that the one who assigns holds. */
export async function assign(acting: Acting<'assign'>): Promise<Step> {
  const { actor, concern, ctx, directory, facts, input, move } = acting
  const { userId, note } = input
  const { kinds, grants } = facts.handlers.has(userId) ? { kinds: [], grants: [] } : handOver(acting, userId)
  const record: AssignmentContent | null = note === undefined ? null : { owner: userId, note }
  const base = { actor, at: ctx.now, concernId: concern.concern.id }
  const owner = aliasOf(directory, userId)
  return {
    change: { ownerId: userId },
    items: record === null ? [] : [sealRecord(acting, 'assignment', record)],
    grants,
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
