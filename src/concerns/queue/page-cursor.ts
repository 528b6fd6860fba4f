import { invalid, readDate } from '../../kernel/index.ts'

/** Where the next page begins, opaque to whoever carries it: dates and random ids, nothing a person wrote. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The parts of a cursor, one for each pattern. Refusal `invalid_input` where it is none of ours. */
export function readCursor(text: string, patterns: readonly RegExp[]): string[] {
  const parts = parsed(text)
  const sound = parts?.length === patterns.length && parts.every((part, index) => patterns[index]!.test(part) && isRealDate(part))
  if (!sound) throw invalid('/cursor', 'not_a_cursor', 'Go back to the first page.')
  return parts
}

/** A date as the pattern allows it may still be none: 31 February. */
function isRealDate(part: string): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(part) || readDate(part) !== null
}

function parsed(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value.map(String) : null
  } catch {
    return null
  }
}

export const cursorParts = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  date: /^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])|infinity)$/,
  rank: /^[1-8]$/,
  milliseconds: /^\d{1,15}$/,
} as const
