import type { ProposedSet } from '../../../accounts/index.ts'
import type { UserId } from '../../../kernel/index.ts'
import { groupsInWords, rolesInWords } from '../people/view.ts'
import type { words as english } from './words.en.ts'

export interface CountersignedPerson {
  readonly name: string
  readonly roles: string
  readonly groups: string
  readonly fingerprint: string
  readonly change: string | null
  /** What they may do now, where that changes. */
  readonly before: string | null
  /** Under which name they were here before. */
  readonly formerly: string | null
  /** What to ask a newcomer who may be somebody who left. */
  readonly resembles: string | null
}

export interface CountersignView {
  readonly digest: string
  readonly changed: readonly CountersignedPerson[]
  readonly leaving: readonly { readonly name: string; readonly roles: string }[]
  readonly rest: readonly CountersignedPerson[]
  readonly missing: number
  readonly hasSigned: boolean
}

type Groups = readonly { readonly id: string; readonly name: string }[]

export function countersignView(set: ProposedSet, self: UserId, groups: Groups, words: typeof english): CountersignView {
  const people = set.people.map(({ name, fingerprint, change, before, formerly, resembles, ...rights }) => ({
    name,
    roles: rolesInWords(rights, words),
    groups: groupsInWords(rights, groups, words.noGroups),
    fingerprint,
    change: change === null ? null : words.change[change],
    before: before && `${rolesInWords(before, words)}; ${groupsInWords(before, groups, words.noGroups)}`,
    formerly,
    resembles: resembles.length === 0 ? null : words.resembles(resembles.join(', ')),
  }))
  return {
    digest: set.digest,
    changed: people.filter(({ change }) => change !== null),
    leaving: set.leaving.map((person) => ({ name: person.name, roles: rolesInWords(person, words) })),
    rest: people.filter(({ change }) => change === null),
    missing: set.missing,
    hasSigned: set.signedBy.includes(self),
  }
}
