import { messageInput } from '../../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../../http/index.ts'
import { readId } from '../../../../kernel/index.ts'

/** The message as the use case takes it. Refusal `invalid_input`. */
export function readMessage(form: FormFields): { readonly body: string } {
  return readInput(messageInput, { body: form.one('body') })
}

/** The page's key makes two presses of Send one message. Null, and no such promise, where somebody changed it. */
export function pressKeyOf(form: FormFields): string | null {
  return readId(form.one('key'))
}
