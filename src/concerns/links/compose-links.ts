import type { StaffContext } from '../../accounts/index.ts'
import { newId, type Alias, type ConcernId, type ItemId, type Random } from '../../kernel/index.ts'
import type { ItemRow, OpenCompartment } from '../sealing/sealed-parts.ts'
import { sealAs } from '../acts/staff-writing.ts'
import type { LinkContent } from './link-contents.ts'

/** A concern as its links need it: its names, and the part that its handlers alone hold. */
export interface Linkable {
  readonly id: ConcernId
  readonly reference: string
  readonly logAlias: Alias
  readonly internal: OpenCompartment
}

/** The record of one concern, and the aliases of the others that its entry names. */
export interface ComposedLink {
  readonly concernId: ConcernId
  readonly others: readonly Alias[]
  readonly item: ItemRow
}

interface Sealing {
  readonly random: Random
  readonly ctx: Pick<StaffContext, 'person' | 'keys'>
}

export interface PairLink {
  readonly link: ItemId
  readonly here: ComposedLink
  readonly there: ComposedLink
}

/** One record in each of two concerns, under one id. */
export function composeLink(sealing: Sealing, pair: readonly [Linkable, Linkable], note: string | null): PairLink {
  const link = newId<ItemId>(sealing.random)
  const [one, other] = pair
  const record = (of: Linkable, to: Linkable): ComposedLink =>
    sealed(sealing, of, [to], { relation: 'linked', links: [{ link, other: to.id, reference: to.reference }], note })
  return { link, here: record(one, other), there: record(other, one) }
}

/** Concerns of people who came together: each to each, a record in every one of them. None where there is only one. */
export function composeJointLinks(
  { deps, ctx }: { readonly deps: { readonly random: Random }; readonly ctx: Sealing['ctx'] },
  concerns: readonly Linkable[],
): ComposedLink[] {
  if (concerns.length < 2) return []
  const { random } = deps
  const ids = new Map<string, string>()
  const idOf = (a: ConcernId, b: ConcernId): string => {
    const key = [a, b].toSorted().join(' ')
    const id = ids.get(key) ?? newId<ItemId>(random)
    ids.set(key, id)
    return id
  }
  return concerns.map((concern) => {
    const others = concerns.filter((other) => other !== concern)
    const links = others.map(({ id, reference }) => ({ link: idOf(concern.id, id), other: id, reference }))
    return sealed({ random, ctx }, concern, others, { relation: 'joint', links, note: null })
  })
}

function sealed(sealing: Sealing, of: Linkable, others: readonly Linkable[], content: LinkContent): ComposedLink {
  return { concernId: of.id, others: others.map(({ logAlias }) => logAlias), item: sealAs(sealing, of.internal, 'link', content) }
}
