import { noticesInput, type NoticesInput } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'

/** The form about notes as the use case takes it. Throws Refusal `invalid_input`. */
export function readWish(form: FormFields): NoticesInput {
  const wants = { yes: true, no: false }[form.one('wants')] ?? null
  const [address, part] = [form.one('address').trim(), form.one('part')]
  // Whoever wants none need not mend what they typed
  if (wants !== true) return readInput(noticesInput, { wants })
  return readInput(noticesInput, {
    wants,
    ...(address !== '' && { address }),
    ...(part !== '' && { part }),
    understood: form.one('understood') === 'yes',
  })
}
