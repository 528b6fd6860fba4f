import type { z } from 'zod'
import { followUpInput } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { followUpAnswers } from '../../../workflow/index.ts'
import type { words as english } from './words.en.ts'

/** The answer as the use case takes it. Refusal `invalid_input`. */
export function readFollowUp(form: FormFields): z.output<typeof followUpInput> {
  const comment = form.one('comment')
  const given = { months: Number(form.one('months')), ...(form.has('answer') && { answer: form.one('answer') }) }
  return readInput(followUpInput, { ...given, ...(comment.trim() !== '' && { comment }) })
}

/** What can be answered, as radios take it. */
export function followUpOptions(words: typeof english): readonly object[] {
  return followUpAnswers.map((value) => {
    const answer: { readonly text: string; readonly hint?: string } = words.answers[value]
    return { value, text: answer.text, ...(answer.hint !== undefined && { hint: { text: answer.hint } }) }
  })
}
