/**
 * The one small-number rule (`domain.md` 7: NHS England's disclosure control for HES and ECDS): 0 stays 0, 1 to 7 are not shown, the rest is rounded to
 * the nearest 5, totals from unrounded numbers. Null: not shown; people are shown `*`.
 */
export type ShownCount = number | null

/** As people see it. */
export const hiddenMark = '*'

const leastShown = 8
const step = 5

/** To the nearest 5, small ones too: 1 and 2 become 0. For numbers that must not even tell whether there is one. */
export const roundCount = (count: number): number => Math.round(count / step) * step

/** One number that stands for itself. Throws RangeError but for whole numbers from 0. */
export function showCount(count: number): ShownCount {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count is a whole number from 0')
  if (count === 0) return 0
  return count < leastShown ? null : roundCount(count)
}

export interface ShownBreakdown {
  readonly parts: readonly ShownCount[]
  readonly total: ShownCount
}

/**
 * The parts of one whole, each thing counted once, in an order of which neighbours belong together. Parts are hidden with their neighbour: the first and
 * second, the third and fourth, an odd last one with the two before it. So whoever knows the exact whole, and every number that is shown, still knows
 * only what a group holds together and never what one hidden part holds. Which parts are hidden together does not hang on the numbers, so it tells
 * nothing either. Figures of two periods may be put side by side only where none holds another, or a year less three quarters would be the fourth.
 * Throws RangeError where there are fewer than two parts, or a count is none.
 */
export function showBreakdown(counts: readonly number[]): ShownBreakdown {
  if (counts.length < 2) throw new RangeError('one part alone cannot be hidden behind another')
  const alone = counts.map(showCount)
  const groups = Math.floor(counts.length / 2)
  const groupOf = (index: number) => Math.min(Math.floor(index / 2), groups - 1)
  const hidden = new Set(alone.flatMap((shown, index) => (shown === null ? [groupOf(index)] : [])))
  return {
    parts: alone.map((shown, index) => (hidden.has(groupOf(index)) ? null : shown)),
    total: showCount(counts.reduce((sum, count) => sum + count, 0)),
  }
}
