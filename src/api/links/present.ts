import type { z } from 'zod'
import type { LinkView } from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import type { linksAnswer, linksQuery } from './schema.ts'

export function presentLinks(links: readonly LinkView[], { from, limit }: z.infer<typeof linksQuery>): z.infer<typeof linksAnswer> {
  const end = from + limit
  return {
    next: end < links.length ? end : null,
    items: links.slice(from, end).map(({ id, relation, other, note, linkedBy, linkedAt, mayRemove }) => ({
      id,
      relation,
      other: { id: other.id, reference: other.reference, status: other.status, raisedOn: other.raisedOn },
      note,
      linkedBy,
      linkedAt: instantText(linkedAt),
      mayRemove,
    })),
  }
}
