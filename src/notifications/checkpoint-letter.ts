import { words } from './checkpoint-words.en.ts'
import type { Letter } from './write-letter.ts'

/** What the log says of itself in one signed note. */
export interface CheckpointSaid {
  readonly size: number
  /** The root in groups of letters and digits, for people to compare aloud. */
  readonly fingerprint: string
  /** The note as it was signed, byte for byte. */
  readonly note: string
  readonly publishedAt: Temporal.Instant
}

/** The letter of a day but for whom it goes to. Its shape is the same on every day: only digits and the fingerprint differ. */
export function checkpointLetter({ size, fingerprint, note, publishedAt }: CheckpointSaid): Pick<Letter, 'subject' | 'text' | 'files'> {
  const signedAt = publishedAt.toZonedDateTimeISO('Europe/London')
  const day = signedAt.toPlainDate().toString()
  const [origin = '', , , ...extensions] = note.slice(0, note.indexOf('\n\n')).split('\n')
  const restored = extensions.map((line) => /^restored (\d+)$/.exec(line)?.[1]).find((count) => count !== undefined) ?? '0'
  const file = `checkpoint-${day}.txt`
  const line = words.line({
    origin,
    day: signedAt.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }),
    time: signedAt.toPlainTime().toString({ smallestUnit: 'minute' }),
    size: size.toLocaleString('en-GB'),
    fingerprint,
    restored,
  })
  return { subject: words.subject(day), text: words.text({ line, file }), files: [{ name: file, text: note }] }
}
