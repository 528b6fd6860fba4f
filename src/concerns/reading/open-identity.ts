import type { Tx } from '../../database/index.ts'
import { readItems, type StoredItem } from '../sealing/item-store.ts'
import { partOf, type OpenConcern } from '../sealing/opening.ts'
import { identityContent, type IdentityContent } from '../sealing/sealed-contents.ts'
import { openPart, type AuthorKeys, type OpenCompartment } from '../sealing/sealed-parts.ts'

/** The name of a person who raised openly, as their own key signed it; null where there is none or it is not genuine. */
export async function readOpenIdentity(tx: Tx, concern: OpenConcern): Promise<IdentityContent | null> {
  const internal = partOf(concern, 'internal')
  if (internal === null) return null
  const { reporter } = await readItems(tx, concern.concern.id, [internal.id])
  return identityAmong(reporter, internal, concern.signKeyOf('reporter'))
}

/** The identity item of a compartment, opened; null where there is none or the reporter did not write it. */
export function identityAmong(items: readonly StoredItem[], part: OpenCompartment, reporterKey: AuthorKeys | null): IdentityContent | null {
  const item = items.find(({ kind, compartmentId }) => kind === 'identity' && compartmentId === part.id)
  const opened = item && reporterKey ? openPart(item, part, reporterKey) : null
  const parsed = opened?.genuine ? identityContent.safeParse(opened.content) : null
  return parsed?.success ? parsed.data : null
}
