/** How many clocks stood still or stopped after so many working days. */
export interface Bar {
  readonly day: number
  readonly count: number
}

/** One day of an estimate: how many were still to be answered, how many were answered, how many were only watched until then. */
export interface Step {
  readonly day: number
  readonly atRisk: number
  readonly stopped: number
  readonly censored: number
  /** The share that is estimated to be still open after this day. */
  readonly open: number
}

/**
 * The smallest day within which this share of all was done: nearest rank, so that it is always a day that occurred. Null where there is none.
 * `share` is above 0 and at most 1.
 */
export function percentileOf(bars: readonly Bar[], share: number): number | null {
  const all = bars.reduce((sum, { count }) => sum + count, 0)
  // 0.9 × 10 is a hair above 9 in binary fractions
  const rank = Math.ceil(Number((all * share).toFixed(9)))
  let seen = 0
  for (const { day, count } of byDay(bars)) {
    seen += count
    if (seen >= rank && count > 0) return day
  }
  return null
}

/**
 * The product-limit estimate (Kaplan and Meier, "Nonparametric estimation from incomplete observations", J. Am. Stat. Assoc. 53 (1958) 457–481): what
 * share is open after each day, where some are still open and were watched only so far. Those leave after the day's answers are counted.
 */
export function productLimit(stopped: readonly Bar[], censored: readonly Bar[]): readonly Step[] {
  const [answers, watched] = [countsOf(stopped), countsOf(censored)]
  const days = [...new Set([...answers.keys(), ...watched.keys()])].toSorted((a, b) => a - b)
  let atRisk = [...answers.values(), ...watched.values()].reduce((sum, count) => sum + count, 0)
  let open = 1
  return days.map((day) => {
    const [done, left] = [answers.get(day) ?? 0, watched.get(day) ?? 0]
    open *= 1 - done / atRisk
    const step = { day, atRisk, stopped: done, censored: left, open }
    atRisk -= done + left
    return step
  })
}

/** The first day after which at most this share is open; null where the estimate never comes down to it. */
export function estimatedDay(steps: readonly Step[], open: number): number | null {
  // Products of fractions such as 2/3 × 3/4 end a hair above what they are
  return steps.find((step) => step.open <= open + 1e-9)?.day ?? null
}

const byDay = (bars: readonly Bar[]): readonly Bar[] => bars.toSorted((a, b) => a.day - b.day)

/** By day, without days on which there was nothing. */
function countsOf(bars: readonly Bar[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { day, count } of bars) if (count > 0) counts.set(day, (counts.get(day) ?? 0) + count)
  return counts
}
