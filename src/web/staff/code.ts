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
