import type { StoredItem } from '../sealing/item-store.ts'
import type { OpenConcern } from '../sealing/opening.ts'
import { openPart } from '../sealing/sealed-parts.ts'
import type { ConcernId, ItemId } from '../../kernel/index.ts'
import { linkContent, unlinkContent, type LinkRelation } from './link-contents.ts'

/** A link that stands, as the record of one side says. */
export interface StandingLink {
  readonly link: ItemId
  readonly other: ConcernId
  readonly relation: LinkRelation
  readonly note: string | null
  readonly author: string
  readonly at: Temporal.Instant
}

/**
 * The links of a concern from its own sealed records, oldest first: those that no later record takes away. What a colleague did not write as it
 * stands makes no link and takes none away.
 */
export function standingLinks(open: OpenConcern, items: readonly StoredItem[]): StandingLink[] {
  const made: StandingLink[] = []
  const gone = new Set<string>()
  for (const item of items) {
    if (item.kind === 'unlink') {
      const record = unlinkContent.safeParse(openedOf(open, item))
      if (record.success) gone.add(record.data.link)
    }
    const record = item.kind === 'link' ? linkContent.safeParse(openedOf(open, item)) : null
    if (!record?.success || item.at === null) continue
    const { relation, note, links } = record.data
    const { author, at } = item
    made.push(...links.map(({ link, other }) => ({ link: link as ItemId, other: other as ConcernId, relation, note, author, at })))
  }
  return made.filter(({ link }) => !gone.has(link))
}

function openedOf(open: OpenConcern, item: StoredItem): unknown {
  const part = open.parts.get(item.compartmentId)
  const key = open.signKeyOf(item.author)
  const opened = part === undefined || part.kind !== 'internal' || key === null ? null : openPart(item, part, key)
  return opened?.genuine ? opened.content : undefined
}
