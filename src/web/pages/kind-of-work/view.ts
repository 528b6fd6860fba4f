import type { DraftAnswers } from '../../../concerns/index.ts'
import { labels, professionalGroups } from '../../../workflow/index.ts'
import type { words as english } from './words.en.ts'

export interface WorkView {
  readonly professionalGroup: string | undefined
  readonly items: readonly { readonly value: string; readonly text: string; readonly hint?: { readonly text: string } }[]
}

export function showWork(answers: DraftAnswers, words: typeof english): WorkView {
  return {
    professionalGroup: answers.professionalGroup,
    items: professionalGroups.map((value) => ({
      value,
      text: labels.professionalGroups[value],
      ...(value === 'not_known' && { hint: { text: words.notKnown } }),
    })),
  }
}
