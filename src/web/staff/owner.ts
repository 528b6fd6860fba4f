import type { ConcernView } from '../../concerns/index.ts'
import { words } from './words.en.ts'

/** Who looks after a concern, and for whom while somebody stands in: in the list and above every page of the concern alike. */
export function ownerInWords({ owner, coveringFor }: Pick<ConcernView, 'owner' | 'coveringFor'>): string {
  if (owner === null) return words.nobody
  return coveringFor === null ? owner.name : words.coveringFor(owner.name, coveringFor.name)
}
