/** A limit in hours as it stands at an instant: nights, weekends and holidays counted, and the hour that a clock is put back too. */
export interface HourReading {
  /** The last instant that keeps it. */
  readonly dueAt: Temporal.Instant
  readonly state: 'running' | 'overdue' | 'met' | 'missed'
  readonly words: string
  /** Whole hours from the start to the stop; null while nothing stopped it. */
  readonly taken: number | null
}

const millisecondsAnHour = 3_600_000

/**
 * Reckons hours from an instant (UK GDPR, article 33: 72 hours). `stoppedAt` is null where nothing stopped it. A limit that was missed stays
 * missed. Throws RangeError for no whole number of hours.
 */
export function hourClock(
  hours: number,
  startedAt: Temporal.Instant,
  stoppedAt: Temporal.Instant | null,
  now: Temporal.Instant,
): HourReading {
  if (!Number.isSafeInteger(hours) || hours < 1) throw new RangeError('a limit has a whole number of hours')
  const dueAt = startedAt.add({ hours })
  const at = stoppedAt ?? now
  const late = Temporal.Instant.compare(at, dueAt) > 0
  const apart = Math.floor(Math.abs(at.epochMilliseconds - dueAt.epochMilliseconds) / millisecondsAnHour)
  if (stoppedAt === null)
    return { dueAt, state: late ? 'overdue' : 'running', words: late ? `Overdue by ${inHours(apart)}` : leftIn(apart), taken: null }
  const taken = Math.floor((stoppedAt.epochMilliseconds - startedAt.epochMilliseconds) / millisecondsAnHour)
  return { dueAt, state: late ? 'missed' : 'met', words: late ? `Done late by ${inHours(apart)}` : 'Done in time', taken }
}

function inHours(hours: number): string {
  if (hours === 0) return 'less than 1 hour'
  return hours === 1 ? '1 hour' : `${hours} hours`
}

function leftIn(hours: number): string {
  const left = inHours(hours)
  return `${left.charAt(0).toUpperCase()}${left.slice(1)} left`
}
