import { z } from 'zod'
import { cleanText } from './text.ts'

/**
 * Text a person writes: line ends LF, NFC, trimmed, counted in code points (`security.md` 7). Refuses control characters, and says
 * by how much a text is too long, so that the writer knows what to cut.
 */
export function writtenText(limit: number, emptyWords = 'Write something here.') {
  return textUpTo(limit, emptyWords)
}

/** The same, where nothing is an answer too. */
export function optionalText(limit: number) {
  return textUpTo(limit, null)
}

function textUpTo(limit: number, emptyWords: string | null) {
  return z
    .string()
    .meta({ ...(emptyWords !== null && { minLength: 1 }), maxLength: limit })
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
      if (text === '' && emptyWords !== null) check.addIssue({ code: 'custom', params: { code: 'required' }, message: emptyWords })
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

const oneLine = { params: { code: 'one_line' }, message: 'Write this on one line.' }

/** A short answer on one line. */
export function shortText(limit = 200, emptyWords?: string) {
  return writtenText(limit, emptyWords).refine((text) => !text.includes('\n'), oneLine)
}

/** The same, where nothing is an answer too. */
export function optionalLine(limit = 200) {
  return optionalText(limit).refine((text) => !text.includes('\n'), oneLine)
}

function tooLong(by: number): string {
  return `Your text is too long: cut about ${by} ${by === 1 ? 'character' : 'characters'}.`
}
