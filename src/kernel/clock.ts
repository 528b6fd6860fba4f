/** The one source of time. Nothing else in the product asks the machine what time it is, so tests can decide it. */
export interface Clock {
  now(): Temporal.Instant
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() }
