import { Refusal } from '../../kernel/index.ts'
import type { ShownFault } from '../layout/index.ts'

interface CodeWords {
  readonly required: string
  readonly wrong: string
  readonly replayed: string
}

/** What is wrong with a six-digit code, beside its box (`otp`); null for every other refusal. */
export function codeFaults(error: unknown, words: CodeWords): readonly ShownFault[] | null {
  if (!(error instanceof Refusal)) return null
  switch (error.code) {
    case 'step_up_required':
      return [{ field: 'otp', text: words.required }]
    case 'sign_in_failed':
      return [{ field: 'otp', text: words.wrong }]
    case 'otp_replayed':
      return [{ field: 'otp', text: words.replayed }]
    default:
      return null
  }
}

/** A code that was left out, told together with whatever else is wrong. None where the session had a fresh one within five minutes. */
export function missingCode(otp: string, ctx: { readonly steppedUp: boolean }, words: CodeWords): readonly ShownFault[] {
  return otp.trim() === '' && !ctx.steppedUp ? [{ field: 'otp', text: words.required }] : []
}

/** Refusals of a code → what the address calls them: a form that answers with a file shows its page again by a redirect. */
const inAddress = { step_up_required: 'required', sign_in_failed: 'wrong', otp_replayed: 'replayed' } as const

/** The address with what was wrong with the code. Throws whatever it is again where it was no refusal of a code. */
export function askAgain(error: unknown, path: string): string {
  if (!(error instanceof Refusal) || !Object.hasOwn(inAddress, error.code)) throw error
  return `${path}${path.includes('?') ? '&' : '?'}code=${inAddress[error.code as keyof typeof inAddress]}`
}

/** What `askAgain` put into the address (`code`), beside its box. */
export function faultInAddress(code: string, words: CodeWords): readonly ShownFault[] {
  return Object.hasOwn(words, code) ? [{ field: 'otp', text: words[code as keyof CodeWords] }] : []
}
