import type { DirectoryPerson } from '../../accounts/index.ts'
import type { CompartmentKind } from '../../vault/index.ts'
import { isAbout, isAmong } from '../raising/recipients.ts'
import type { HeaderContent, NarrativeContent } from '../sealing/sealed-contents.ts'

/** What the seals and the log say of one person and one concern. */
export interface Claim {
  readonly header: Pick<HeaderContent, 'about' | 'excluded'>
  readonly readers: NarrativeContent['readers']
  readonly letIn: readonly CompartmentKind[]
  readonly listedThen: boolean
}

/**
 * The parts of a concern the recovery key may give a person: never any of one that is about them; all of one whose writer was promised them as a
 * reader; what somebody let them into; and, for a guardian who came later, all of what guardians were to read. Whoever was there and
 * was passed over, because the writer chose another door or no deputy, stays passed over.
 */
export function partsFor(person: DirectoryPerson, { header, readers, letIn, listedThen }: Claim): ReadonlySet<CompartmentKind> | 'all' {
  if (isAbout(person, header.about) || isAmong(person, header.excluded)) return new Set()
  if (
    isAmong(
      person,
      readers.map(({ id }) => id),
    )
  )
    return 'all'
  if (!listedThen && person.roles.includes('guardian') && readers.some(({ role }) => role === 'guardian')) return 'all'
  return new Set(letIn)
}
