import { z } from 'zod'
import type { StaffContext } from '../../accounts/index.ts'
import { openJson, sealJson, type ItemBinding, type SealedItem } from '../../vault/index.ts'
import type { AuthorKeys } from '../sealing/sealed-parts.ts'
import type { MaskedText } from './samples.ts'

/** Which answer a masked text is: bound into its seal, so that a row copied to another concern, sample or reader opens nothing. */
export interface MaskedPlace {
  readonly concernId: string
  /** The drawn concern's own id. */
  readonly id: string
  readonly sample: string
  readonly author: string
}

const maskedText = z.object({
  text: z.string(),
  raisedIn: z.string(),
  steps: z.array(z.object({ to: z.string(), month: z.string() })),
  site: z.string().nullable(),
  profession: z.string().nullable(),
})

/** Seals to the auditor's own key, signed by who unlocks it. */
export function sealMasked({ keys }: Pick<StaffContext, 'keys'>, place: MaskedPlace, content: MaskedText, boxKey: Uint8Array): SealedItem {
  return sealJson(bindingOf(place), content, boxKey, keys)
}

/** Null where its author did not sign exactly this, for this reader and place. */
export function openMasked(
  { keys }: Pick<StaffContext, 'keys'>,
  place: MaskedPlace,
  sealed: SealedItem,
  authorKeys: AuthorKeys,
): MaskedText | null {
  const own = { publicKey: keys.publicKeys.box, privateKey: keys.box }
  for (const key of authorKeys instanceof Uint8Array ? [authorKeys] : authorKeys) {
    const opened = openJson(bindingOf(place), sealed, own, key)
    const parsed = opened.genuine ? maskedText.safeParse(opened.content) : null
    if (parsed?.success) return parsed.data
  }
  return null
}

function bindingOf({ concernId, id, sample, author }: MaskedPlace): ItemBinding {
  return { concernId, itemId: id, kind: 'sample_text', compartmentId: sample, epoch: 1, version: 1, author }
}
