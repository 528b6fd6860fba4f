import { countMoved, type MovedDeadline } from '../../../settings/index.ts'
import { plural, shortDateInWords } from '../../layout/index.ts'
import { words } from './words.en.ts'

export interface MovedView {
  readonly count: string
  readonly rows: readonly { readonly clock: string; readonly clocks: string; readonly before: string; readonly after: string }[]
}

/** Open deadlines that a change moves: how many of which limit, from which day to which. Whose they are is not known here. */
export function movedView(moved: readonly MovedDeadline[]): MovedView {
  const date = (iso: string | null) => (iso === null ? words.moved.none : shortDateInWords(iso))
  return {
    count: moved.length === 0 ? words.moved.nothing : plural('en', countMoved(moved), words.moved.counts),
    rows: moved.map(({ clock, clocks, before, after }) => ({ clock, clocks: String(clocks), before: date(before), after: date(after) })),
  }
}
