import type { z } from 'zod'
import type { LinkView } from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import type { linksAnswer } from './schema.ts'

export function presentLinks(links: readonly LinkView[]): z.infer<typeof linksAnswer> {
  return {
    items: links.map(({ id, relation, other, note, linkedBy, linkedAt, mayRemove }) => ({
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
