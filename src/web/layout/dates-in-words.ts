import { type DateText, londonDate } from '../../kernel/index.ts'

const locale = (language: string): string => (language === 'en' ? 'en-GB' : language)

/** A date, or the London date of an RFC 3339 instant: one way to say a day, so that every screen says the same. */
function dayOf(iso: string): Temporal.PlainDate {
  const date = iso.includes('T') ? londonDate(Temporal.Instant.from(iso)) : (iso as DateText)
  return Temporal.PlainDate.from(date)
}

/** "20 November 2026" from `2026-11-20` or an instant. Throws RangeError on anything else. */
export function dateInWords(iso: string, language = 'en'): string {
  return dayOf(iso).toLocaleString(locale(language), { day: 'numeric', month: 'long', year: 'numeric' })
}

/** "20 Nov 2026": tables, where long dates wrap to three lines. */
export function shortDateInWords(iso: string, language = 'en'): string {
  const day = dayOf(iso)
  // en-GB abbreviates September to "Sept", alone among the months with four letters
  const month = day.toLocaleString(locale(language), { month: 'short' }).slice(0, language === 'en' ? 3 : undefined)
  return `${day.day} ${month} ${day.year}`
}

/** "20 November 2026 at 09:14", London time. Staff's acts only: no time of day exists for a reporter's. */
export function timeInWords(instant: string, language = 'en'): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London').toPlainDateTime()
  return local.toLocaleString(locale(language), { dateStyle: 'long', timeStyle: 'short' })
}
