import { addDays, londonDate, startOfLondonDay } from '../../kernel/index.ts'

/** How the log grows. The same whether anything happened or not, or its size would tell a day with a concern from one without. */
export interface Pace {
  /** Entries that every batch adds, or a multiple of it. */
  readonly measure: number
  /** How many may go on waiting: beyond it a batch is larger. */
  readonly patience: number
  /** Whether batches are made at the fixed times and a reporter's entry waits until its day is over; else at once, and nothing waits. */
  readonly byTheClock: boolean
}

const batchesADay = 4
const measure = 256

/** What a real service keeps to: 256 entries four times a day, and more only when over a day's measure waits. */
export const realPace: Pace = { measure, patience: batchesADay * measure, byTheClock: true }

/** What shows a visitor their own acts within seconds. */
export const demonstrationPace: Pace = { measure: 16, patience: 0, byTheClock: false }

/** Entries of the next batch where so many may be integrated now: a multiple of the measure. What they do not fill, cover entries do. */
export function sizeOfBatch({ measure: least, patience }: Pace, waiting: number): number {
  return Math.max(1, Math.ceil((waiting - patience) / least)) * least
}

/** Europe/London. `worker.ts` hands the same times to the job runner. */
const timesOfDay = ['00:20', '06:20', '12:20', '18:20'] as const

/** The same as a cron expression of the job runner. */
export const batchSchedule = '20 0,6,12,18 * * *'

/** The last of the fixed times, at or before this instant. */
export function lastBatchTime(now: Temporal.Instant): Temporal.Instant {
  const today = londonDate(now)
  const times = [addDays(today, -1), today].flatMap((day) => {
    const midnight = startOfLondonDay(day).toZonedDateTimeISO('Europe/London')
    return timesOfDay.map((time) => midnight.withPlainTime(Temporal.PlainTime.from(time)).toInstant())
  })
  return times.findLast((time) => Temporal.Instant.compare(time, now) <= 0)!
}

/** How long after its time a batch counts as missing. */
const grace = { minutes: 45 }

/** Whether the batch that should be there is not: `published` is when the last checkpoint was. */
export function isLate(pace: Pace, published: Temporal.Instant | null, now: Temporal.Instant): boolean {
  if (!pace.byTheClock) return false
  const due = lastBatchTime(now.subtract(grace))
  return published === null || Temporal.Instant.compare(published, due) < 0
}
