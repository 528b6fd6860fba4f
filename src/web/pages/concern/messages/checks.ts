import type { ClockView } from '../../../../concerns/index.ts'
import { words } from './words.en.ts'

const email = /[^\s@]+@[^\s@]+\.[^\s@]+/u
/** Ten or more digits, spaces and hyphens aside: a telephone number as people write it. */
const phone = /(?:\+?\d[\s-]?){10,}/u

/**
 * What a writer should look at before a message goes: people the concern is about, ways to reach somebody, and an answer that is late. It only
 * points and never stops a message. `about` holds names and roles as the person gave them.
 */
export function thingsToCheck(body: string, about: readonly string[], clocks: readonly ClockView[]): readonly string[] {
  const say = words.preview
  return [
    ...clocks.filter(({ state }) => state === 'overdue').map((clock) => say.late(clock.label, clock.words)),
    ...about.filter((entry) => mentions(body, entry)).map(say.about),
    ...(email.test(body) ? [say.email] : []),
    ...(phone.test(body) ? [say.phone] : []),
  ]
}

/** A name is written with capitals, a role ("ward manager") is not: roles are everyday words in such a message and would cry wolf. */
function mentions(body: string, entry: string): boolean {
  const written = new Set(wordsOf(body))
  return wordsOf(entry).some((part) => part.length > 2 && /^\p{Lu}/u.test(part) && written.has(part))
}

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}'’-]+/gu) ?? []
