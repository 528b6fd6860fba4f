import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import type { IntakeGroupId, UserId } from '../../kernel/index.ts'
import { handlersAmong, isKeptOut, type SweptConcern } from './told-people.ts'

/** What a sweep knows of who looks after a concern on a day. */
export interface Owned {
  readonly ownerId: UserId
  readonly intakeGroupId: IntakeGroupId
  /** A clock that asks something of somebody has passed its date. */
  readonly late: boolean
  /** Where the owner only stands in for somebody. */
  readonly cover: { readonly forId: UserId; readonly reason: 'absence' | 'silence'; readonly backSince: boolean } | null
}

export interface Presence {
  /** Who is away, by the absence that says so. */
  readonly away: ReadonlyMap<UserId, string>
  /** Who left an entry of their own within the days that count as silence, or was away then. */
  readonly active: ReadonlySet<UserId>
}

export type CoverChange =
  | { readonly kind: 'begins'; readonly forId: UserId; readonly to: UserId; readonly reason: 'absence' | 'silence' }
  | { readonly kind: 'ends'; readonly to: UserId }

/**
 * Who looks after a concern from now on, where that is somebody else (`security.md` 2, absence is covered): a colleague who holds its keys already, the
 * deputies first, while the owner is away, or silent though a date has passed; the owner again once they are back. Null where it stays as it is, also
 * because nobody is left.
 */
export function coverChange(owned: Owned, concern: SweptConcern, directory: Directory, presence: Presence): CoverChange | null {
  const { cover, ownerId } = owned
  const handlers = handlersAmong(
    concern,
    directory.people.filter((person) => !isKeptOut(person, concern, directory)),
  )
  if (cover !== null && isBack(owned, presence))
    return { kind: 'ends', to: handlers.some(({ id }) => id === cover.forId) ? cover.forId : ownerId }
  const reason = reasonOf(owned, presence)
  if (reason === null) return null
  const forId = cover?.forId ?? ownerId
  const free = directory
    .guardiansOf(owned.intakeGroupId)
    .filter(({ id }) => id !== ownerId && id !== forId && !presence.away.has(id) && handlers.some((handler) => handler.id === id))
  const to = free.toSorted(deputiesFirst)[0]
  return to === undefined ? null : { kind: 'begins', forId, to: to.id, reason }
}

function isBack({ cover }: Owned, { away }: Presence): boolean {
  if (cover === null || away.has(cover.forId)) return false
  return cover.reason === 'absence' || cover.backSince
}

/** Whoever stands in is replaced when away, not when silent: then it goes up by its clocks. */
function reasonOf({ ownerId, late, cover }: Owned, { away, active }: Presence): 'absence' | 'silence' | null {
  if (away.has(ownerId)) return 'absence'
  return cover === null && late && !active.has(ownerId) ? 'silence' : null
}

const deputiesFirst = (a: DirectoryPerson, b: DirectoryPerson): number => Number(b.deputy) - Number(a.deputy) || (a.name < b.name ? -1 : 1)
