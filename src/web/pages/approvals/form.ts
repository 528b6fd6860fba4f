import { approvalDecision } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

/** The decision as the use case takes it. Refusal `invalid_input`. */
export function readDecision(form: FormFields): {
  readonly decision: 'approve' | 'refuse'
  readonly otp: string
  readonly note?: string | undefined
} {
  const note = form.one('note')
  return readInput(approvalDecision, {
    decision: form.one('decision'),
    otp: form.one('otp').trim(),
    note: note.trim() === '' ? undefined : note,
  })
}
