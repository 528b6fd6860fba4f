import { noteInput } from '../../../../concerns/index.ts'
import { readInput } from '../../../../http/index.ts'
import type { Typed } from '../../../staff/typed.ts'

export const noteNames = ['body'] as const

/** The note as the use case takes it. Refusal `invalid_input`. */
export function readNote(typed: Typed): { readonly body: string } {
  return readInput(noteInput, { body: typed.one('body') })
}
