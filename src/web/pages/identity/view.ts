import type { DraftAnswers, Reader } from '../../../concerns/index.ts'
import type { words as english } from './words.en.ts'

/** Whether the person wants somebody to know them. */
export const isKnown = ({ openness }: DraftAnswers): boolean => openness === 'confidential' || openness === 'open'

export interface Knowers {
  /** True where they are guardians; false where only leads are left to read it. */
  readonly guardians: boolean
  /** More than one. */
  readonly several: boolean
  /** "Grace Okafor and Daniel Reid" */
  readonly names: string
}

/** Whom a confidential name is sealed to: the guardians among the readers, and the readers themselves where there is none. */
export function knowersAmong(readers: readonly Pick<Reader, 'role' | 'name'>[]): Knowers {
  const guardians = readers.filter(({ role }) => role === 'guardian')
  const knowers = guardians.length > 0 ? guardians : readers
  return {
    guardians: guardians.length > 0,
    several: knowers.length > 1,
    names: new Intl.ListFormat('en-GB').format(knowers.map(({ name }) => name)),
  }
}

/** Words for whom a confidential name is known to. */
export interface KnownTo {
  readonly guardian: string
  readonly guardians: string
  readonly reader: string
  readonly readers: string
}

export function knownTo({ guardians, several }: Knowers, words: KnownTo): string {
  if (guardians) return several ? words.guardians : words.guardian
  return several ? words.readers : words.reader
}

export interface IdentityView {
  readonly lead: string
  readonly name: string | undefined
  readonly contact: string | undefined
}

export function showIdentity(answers: DraftAnswers, knowers: Knowers, words: typeof english): IdentityView {
  const lead = answers.openness === 'open' ? words.lead.open : words.lead.confidential(knowers.names)
  return { lead, name: answers.identity?.name, contact: answers.identity?.contact }
}
