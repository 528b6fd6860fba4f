import { type DateText, londonDate } from '../../kernel/index.ts'

const locale = (language: string): string => (language === 'en' ? 'en-GB' : language)

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once for each language and shape: making one takes a hundred times as long as using it, and a list has a date on every row. */
function formatOf(language: string, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language} ${JSON.stringify(shape)}`
  const known = formats.get(name)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat(locale(language), shape)
  formats.set(name, format)
  return format
}

/** A date, or the London date of an RFC 3339 instant: one way to say a day, so that every screen says the same. */
function dayOf(iso: string): Temporal.PlainDate {
  const date = iso.includes('T') ? londonDate(Temporal.Instant.from(iso)) : (iso as DateText)
  return Temporal.PlainDate.from(date)
}

/** "20 November 2026" from `2026-11-20` or an instant. Throws RangeError on anything else. */
export function dateInWords(iso: string, language = 'en'): string {
  return formatOf(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(dayOf(iso))
}

/** "2026", "May 2026" or "4 October 2026": as coarse as somebody remembered it. */
export function coarseDateInWords(text: string, language = 'en'): string {
  if (text.length === 4) return text
  return text.length === 7
    ? formatOf(language, { month: 'long', year: 'numeric' }).format(dayOf(`${text}-01`))
    : dateInWords(text, language)
}

/** "20 Nov 2026": tables, where long dates wrap to three lines. */
export function shortDateInWords(iso: string, language = 'en'): string {
  const day = dayOf(iso)
  // en-GB abbreviates September to "Sept", alone among the months with four letters
  const month = formatOf(language, { month: 'short' })
    .format(day)
    .slice(0, language === 'en' ? 3 : undefined)
  return `${day.day} ${month} ${day.year}`
}

/** "20 November 2026 at 09:14", London time. Staff's acts only: no time of day exists for a reporter's. */
export function timeInWords(instant: string, language = 'en'): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London').toPlainDateTime()
  return formatOf(language, { dateStyle: 'long', timeStyle: 'short' }).format(local)
}
