import type { FormFields } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import type { ShownFault } from '../../layout/index.ts'
import type { words as english } from './words.en.ts'

export interface TypedCode {
  readonly code: string
  readonly minutes: 15 | 180
}

/** Anything but the long time is the short one: on a shared computer it is the safe one. */
export function readCode(form: FormFields): TypedCode {
  return { code: form.one('code'), minutes: form.one('minutes') === '180' ? 180 : 15 }
}

/** Why the code did not open anything, at its box. A typing error names groups; every other miss has one text. Rethrows the rest. */
export function codeFault(error: unknown, code: string, words: typeof english): ShownFault {
  const text = faultText(error, code.trim() === '', words.errors)
  return { field: 'code', text }
}

function faultText(error: unknown, empty: boolean, words: (typeof english)['errors']): string {
  if (!(error instanceof Refusal)) throw error
  if (error.code === 'token_not_recognised') return words.notRecognised
  if (error.code !== 'token_mistyped') throw error
  if (empty) return words.required
  const groups = error.faults.flatMap(({ code }) => /^group_([1-7])$/.exec(code)?.[1] ?? [])
  const [first, ...others] = groups
  if (first === undefined) return words.tooFar
  if (others.length === 0) return words.oneGroup(first)
  return words.groups(first, new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(others))
}
