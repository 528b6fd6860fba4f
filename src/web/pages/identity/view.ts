import type { DraftAnswers } from '../../../concerns/index.ts'
import type { words as english } from './words.en.ts'

/** Whether the person wants somebody to know them. */
export const isKnown = ({ openness }: DraftAnswers): boolean => openness === 'confidential' || openness === 'open'

export interface IdentityView {
  readonly lead: string
  readonly name: string | undefined
  readonly contact: string | undefined
}

export function showIdentity(answers: DraftAnswers, words: typeof english): IdentityView {
  const lead = answers.openness === 'open' ? words.lead.open : words.lead.confidential
  return { lead, name: answers.identity?.name, contact: answers.identity?.contact }
}
