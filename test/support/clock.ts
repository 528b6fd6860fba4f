import type { Clock } from '../../src/kernel/index.ts'

/** A clock that stands still until it is told otherwise. */
export interface TestClock extends Clock {
  set(instant: string): void
  advance(duration: Temporal.DurationLike): void
}

/** Tuesday, 24 November 2026, nine in the morning in London. */
export const ordinaryMorning = '2026-11-24T09:00:00Z'

export function createTestClock(start = ordinaryMorning): TestClock {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    set: (instant) => {
      now = Temporal.Instant.from(instant)
    },
    advance: (duration) => {
      now = now.add(duration)
    },
  }
}
