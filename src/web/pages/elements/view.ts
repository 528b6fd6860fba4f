import type { DraftAnswers } from '../../../concerns/index.ts'
import { elements, labels } from '../../../workflow/index.ts'
import { unlisted } from './form.ts'
import type { words as english } from './words.en.ts'

export interface ElementsView {
  readonly items: readonly { readonly value: string; readonly text: string; readonly hint?: { readonly text: string } }[]
  readonly ticked: readonly string[]
}

export function showElements(answers: DraftAnswers, words: typeof english): ElementsView {
  const texts = { something_else: words.somethingElse, not_sure: words.notSure }
  return {
    items: [
      ...elements.map((value) => ({ value, text: labels.elements[value], hint: { text: words.elements[value] } })),
      ...unlisted.map((value) => ({ value, text: texts[value] })),
    ],
    ticked: [...(answers.elements ?? []), ...(answers.unlisted ?? [])],
  }
}
