const london = 'Europe/London'

declare const dateBrand: unique symbol
/** A calendar date, `YYYY-MM-DD`. */
export type DateText = string & { readonly [dateBrand]: true }

/** The London date of an instant: the only calendar the service reckons in (`domain.md` 5.2). */
export function londonDate(instant: Temporal.Instant): DateText {
  return instant.toZonedDateTimeISO(london).toPlainDate().toString() as DateText
}

/** The first instant of a London date. */
export function startOfLondonDay(date: DateText): Temporal.Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(london).toInstant()
}

export function addDays(date: DateText, days: number): DateText {
  return Temporal.PlainDate.from(date).add({ days }).toString() as DateText
}

/** The date where the text is a real one in this exact form, else null ("2026-02-30" is none). */
export function readDate(text: string): DateText | null {
  // Before the year 1 comes the year 1 BC: Temporal knows a year 0, and the database refuses it
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as DateText
  } catch {
    return null
  }
}

/** An instant as RFC 3339 UTC to the second: finer time is of no use to anybody and could help to match records. */
export function instantText(instant: Temporal.Instant): string {
  return instant.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()
}

/** What the database driver gives and takes: a Date at UTC midnight for a `date` column. */
export function dateFromColumn(value: Date): DateText {
  return value.toISOString().slice(0, 10) as DateText
}

export function dateToColumn(date: DateText): Date {
  return new Date(`${date}T00:00:00Z`)
}

export function instantFromColumn(value: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(value.getTime())
}

export function instantToColumn(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}
