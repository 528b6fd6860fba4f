import ical from 'ical-generator'
import type { DateText } from '../../../kernel/index.ts'

/** As large as a padded page: whoever sees only sizes cannot tell that a date was taken. */
const paddedTo = 4096

/**
 * A calendar file for one day, about nothing: no organisation, place or code, a title that says nothing, and an id that is new each time, so that
 * neither the file nor the calendar it goes into leads back to a concern. Its stamp is the day itself, not the moment it was made.
 */
export function calendarFile(date: DateText, title: string, id: string): string {
  const file = (padding: string): string => {
    const calendar = ical({ prodId: { company: 'calendar', product: 'date', language: 'EN' } })
    if (padding !== '') calendar.x('X-PAD', padding)
    calendar.createEvent({
      id,
      start: date,
      allDay: true,
      summary: title,
      stamp: new Temporal.Instant(BigInt(Date.parse(date)) * 1_000_000n),
    })
    // RFC 5545 3.1: the last line ends like the others
    return `${calendar.toString()}\r\n`
  }
  const bare = Buffer.byteLength(file('-'))
  return file('-'.repeat(Math.max(1, paddedTo - bare)))
}
