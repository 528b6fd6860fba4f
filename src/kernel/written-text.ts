import { z } from 'zod'
import { cleanText } from './text.ts'

/**
 * Text a person writes: line ends LF, NFC, trimmed, counted in code points (`security.md` 7). Refuses control characters, and says
 * by how much a text is too long, so that the writer knows what to cut.
 */
export function writtenText(limit: number, emptyWords = 'Write something here.') {
  return z
    .string()
    .meta({ minLength: 1, maxLength: limit })
    .transform((raw, check) => {
      const clean = cleanText(raw)
      if (clean === null) {
        check.addIssue({
          code: 'custom',
          params: { code: 'control_characters' },
          message: 'The text holds characters that cannot be shown. Take them out and send it again.',
        })
        return z.NEVER
      }
      const text = clean.text.trim()
      if (text === '') check.addIssue({ code: 'custom', params: { code: 'required' }, message: emptyWords })
      if (clean.length > limit) {
        check.addIssue({
          code: 'custom',
          params: { code: 'too_long' },
          message: tooLong(clean.length - limit),
        })
      }
      return text
    })
}

/** A short answer on one line. */
export function shortText(limit = 200, emptyWords?: string) {
  return writtenText(limit, emptyWords).refine((text) => !text.includes('\n'), {
    params: { code: 'one_line' },
    message: 'Write this on one line.',
  })
}

function tooLong(by: number): string {
  return `Your text is too long: cut about ${by} ${by === 1 ? 'character' : 'characters'}.`
}
