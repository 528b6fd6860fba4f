import type { DraftAnswers } from '../../../concerns/index.ts'
import { categoriesInForce, type Category } from '../../../settings/index.ts'
import type { DateText } from '../../../kernel/index.ts'
import { unlisted } from './form.ts'
import type { words as english } from './words.en.ts'

export interface ElementsView {
  readonly items: readonly { readonly value: string; readonly text: string; readonly hint?: { readonly text: string } }[]
  readonly ticked: readonly string[]
}

/** The categories in force on the day, and those that were ticked while they were: an answer is never taken away behind a person's back. */
export function offeredCategories(categories: readonly Category[], answers: DraftAnswers, on: DateText): readonly Category[] {
  const offered = categoriesInForce(categories, on)
  const ticked = [...(answers.elements ?? []), ...(answers.categories ?? [])]
  const ended = categories.filter((category) => ticked.includes(category.code) && !offered.includes(category))
  return [...offered, ...ended]
}

export function showElements(answers: DraftAnswers, offered: readonly Category[], words: typeof english): ElementsView {
  const texts = { something_else: words.somethingElse, not_sure: words.notSure }
  return {
    items: [
      ...offered.map(({ code, label, hint }) => ({ value: code, text: label, ...(hint !== '' && { hint: { text: hint } }) })),
      ...unlisted.map((value) => ({ value, text: texts[value] })),
    ],
    ticked: [...(answers.elements ?? []), ...(answers.categories ?? []), ...(answers.unlisted ?? [])],
  }
}
