import { noteInput } from '../../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../../http/index.ts'

/** The note as the use case takes it. Refusal `invalid_input`. */
export function readNote(form: FormFields): { readonly body: string } {
  return readInput(noteInput, { body: form.one('body') })
}
