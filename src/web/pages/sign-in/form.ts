import type { SignInInput } from '../../../accounts/index.ts'
import type { FormFields } from '../../../http/index.ts'
import type { ShownFault } from '../../layout/index.ts'
import type { words as english } from './words.en.ts'

/** The longest values taken, as the API has them: what is longer is nobody's, and costs no hash. */
const limits: Readonly<Record<keyof SignInInput, number>> = { email: 254, password: 1024, otp: 20 }

/** The boxes as typed; spaces that come with copying are taken off address and code, never off a password. */
export function readSignIn(form: FormFields): SignInInput {
  return { email: form.one('email').trim(), password: form.one('password'), otp: form.one('otp').replaceAll(/\s/g, '') }
}

/** Boxes left empty. That is all a page may know of what was typed: whether it is right is for the sign-in to say. */
export function emptyBoxes(input: SignInInput, words: (typeof english)['errors']): readonly ShownFault[] {
  return (['email', 'password', 'otp'] as const).filter((field) => input[field] === '').map((field) => ({ field, text: words[field] }))
}

export function isTooLong(input: SignInInput): boolean {
  return (Object.keys(limits) as (keyof SignInInput)[]).some((field) => input[field].length > limits[field])
}
