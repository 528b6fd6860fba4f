import { words } from './reporter-words.en.ts'
import type { Letter } from './write-letter.ts'

/** To an address and no name: the same letter for everybody, every time. */
export function reporterLetter(address: string, id: string, writtenAt: Temporal.Instant): Letter {
  return { id, to: { name: '', address }, subject: words.subject, text: words.text, files: [], writtenAt }
}
