import type { DateText } from '../../kernel/index.ts'

/**
 * How long before raising a concern its reporter first knew, in whole calendar months and no finer. For learning alone: what made it hard to speak up.
 * Nobody is asked to have spoken up sooner, and nothing that is decided about a concern may know this.
 */
export const raisingGaps = [
  'same_month',
  'month_before',
  'two_to_three_months',
  'four_to_six_months',
  'seven_to_twelve_months',
  'over_a_year',
  'not_clear',
  'not_said',
] as const
export type RaisingGap = (typeof raisingGaps)[number]

/** The longest gap of each, in months. */
const upTo: readonly (readonly [number, RaisingGap])[] = [
  [0, 'same_month'],
  [1, 'month_before'],
  [3, 'two_to_three_months'],
  [6, 'four_to_six_months'],
  [12, 'seven_to_twelve_months'],
]

/**
 * Where a coarse date (`YYYY`, `YYYY-MM` or a full date) falls. A year alone counts where all its months fall into one; else, and after the day it was
 * raised, it is not clear: better no answer than a made-up one.
 */
export function raisingGapOf(awareSince: string | null, raisedOn: DateText): RaisingGap {
  if (awareSince === null) return 'not_said'
  const raised = monthOf(raisedOn)
  const [year = '', month, day] = awareSince.split('-')
  const earliest = monthOf(`${year}-${month ?? '01'}`)
  const latest = Math.min(monthOf(`${year}-${month ?? '12'}`), raised)
  if (earliest > raised || (day !== undefined && awareSince > raisedOn)) return 'not_clear'
  const [longest, shortest] = [spanOf(raised - earliest), spanOf(raised - latest)]
  return longest === shortest ? longest : 'not_clear'
}

const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))

const spanOf = (months: number): RaisingGap => upTo.find(([most]) => months <= most)?.[1] ?? 'over_a_year'
