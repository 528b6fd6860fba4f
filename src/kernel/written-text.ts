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

/**
 * What has no shape of its own, and could make a name look like another's or match none: soft hyphens, zero-width spaces, marks that turn the
 * direction of writing (Unicode 9, UAX 9), tags, and the controls of terminals that keep eight bits. Joiners stay: some scripts need them.
 */
const unseen = /[\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E007F}]/gu

function textUpTo(limit: number, emptyWords: string | null, shape: (text: string) => string = (text) => text) {
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
      const text = shape(clean.text).trim()
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

const visible = (text: string): string => text.replaceAll(unseen, '')

const oneLine = { params: { code: 'one_line' }, message: 'Write this on one line.' }

/** A short answer on one line, without what cannot be seen in it. */
export function shortText(limit = 200, emptyWords?: string) {
  return textUpTo(limit, emptyWords ?? 'Write something here.', visible).refine((text) => !text.includes('\n'), oneLine)
}

/** The same, where nothing is an answer too. */
export function optionalLine(limit = 200) {
  return textUpTo(limit, null, visible).refine((text) => !text.includes('\n'), oneLine)
}

function tooLong(by: number): string {
  return `Your text is too long: cut about ${by} ${by === 1 ? 'character' : 'characters'}.`
}
