import type { StaffContext } from '../../accounts/index.ts'
import { openJson, sealJson, type ItemBinding, type SealedItem } from '../../vault/index.ts'

/** What is sealed to its writer alone: of which kind, and for which concern or page. Both are bound into the seal. */
export interface OwnPlace {
  readonly id: string
  readonly kind: 'private_note' | 'written_draft'
  readonly place: string
}

/** Seals plain data to the writer's own key and signs it: nobody else holds anything that opens it, recovery included. */
export function sealToSelf({ person, keys }: Pick<StaffContext, 'person' | 'keys'>, place: OwnPlace, content: unknown): SealedItem {
  return sealJson(bindingOf(place, person.userId), content, keys.publicKeys.box, keys)
}

/** What the person sealed there; undefined where they did not write exactly this, here. */
export function openOwn({ person, keys }: Pick<StaffContext, 'person' | 'keys'>, place: OwnPlace, sealed: SealedItem): unknown {
  const own = { publicKey: keys.publicKeys.box, privateKey: keys.box }
  const opened = openJson(bindingOf(place, person.userId), sealed, own, keys.publicKeys.sign)
  return opened.genuine ? opened.content : undefined
}

function bindingOf({ id, kind, place }: OwnPlace, person: string): ItemBinding {
  return { concernId: place, itemId: id, kind, compartmentId: person, epoch: 1, version: 1, author: person }
}
