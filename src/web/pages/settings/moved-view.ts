import type { MovedDeadline } from '../../../settings/index.ts'
import { plural, shortDateInWords } from '../../layout/index.ts'
import { words } from './words.en.ts'

export interface MovedView {
  readonly count: string
  readonly rows: readonly { readonly reference: string; readonly clock: string; readonly before: string; readonly after: string }[]
}

/** Open deadlines that a change moves: how many, and which, by reference. Nothing of what they are about is known here. */
export function movedView(moved: readonly MovedDeadline[]): MovedView {
  const date = (iso: string | null) => (iso === null ? words.moved.none : shortDateInWords(iso))
  return {
    count: moved.length === 0 ? words.moved.nothing : plural('en', moved.length, words.moved.counts),
    rows: moved.map(({ reference, clock, before, after }) => ({ reference, clock, before: date(before), after: date(after) })),
  }
}
