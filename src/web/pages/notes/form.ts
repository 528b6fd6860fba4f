import { wishIn, type DraftAnswers } from '../../../concerns/index.ts'
import type { FormFields } from '../../../http/index.ts'
import { readWish } from '../inbox-notes/form.ts'

const fields = ['wants', 'address', 'part', 'understood']

/** Skipped means no notes. Whoever began to fill it in is asked for the rest. Throws Refusal `invalid_input`. */
export function readNotes(form: FormFields): DraftAnswers {
  if (fields.every((field) => form.one(field).trim() === '')) return { notices: undefined, noNotes: undefined }
  const wish = readWish(form)
  if (!wish.wants) return { notices: undefined, noNotes: true }
  return { notices: { ...wishIn(wish), understood: true }, noNotes: undefined }
}
