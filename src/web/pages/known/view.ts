import type { DraftAnswers } from '../../../concerns/index.ts'
import { knownTo, type Knowers } from '../identity/view.ts'
import type { words as english } from './words.en.ts'

export interface KnownView {
  readonly openness: string | undefined
  readonly items: readonly { readonly value: string; readonly text: string; readonly hint: { readonly text: string } }[]
}

/** The three ways to be known; the second names who would know, since behind another door it is no guardian. */
export function showKnown(answers: DraftAnswers, knowers: Knowers, { options }: typeof english): KnownView {
  const { anonymous, confidential, open } = options
  return {
    openness: answers.openness,
    items: [
      { value: 'anonymous', text: anonymous.text, hint: { text: anonymous.hint } },
      {
        value: 'confidential',
        text: knownTo(knowers, confidential),
        hint: { text: confidential.hint(knowers.names) },
      },
      { value: 'open', text: open.text, hint: { text: open.hint } },
    ],
  }
}
