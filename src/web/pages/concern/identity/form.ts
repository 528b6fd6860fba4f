import { identityRequest } from '../../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../../http/index.ts'

/** Reason and code as the use case takes them. Refusal `invalid_input`. */
export function readIdentityRequest(form: FormFields): { readonly reason: string; readonly otp: string } {
  return readInput(identityRequest, { reason: form.one('reason'), otp: form.one('otp').trim() })
}
