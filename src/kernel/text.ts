/** What a person typed, made comparable: line ends are LF, Unicode is NFC, and the length counts code points as people count characters. */
export interface CleanText {
  readonly text: string
  readonly length: number
}

/** NUL and the other C0 controls but tab and line feed: PostgreSQL refuses the first, terminals obey the others. */
// oxlint-disable-next-line no-control-regex -- naming the control characters is the purpose
const forbidden = /[\u0000-\u0008\u000B-\u001F]/

/**
 * CRLF and lone CR to LF, then NFC, then counted (`security.md` 7). Null where the text holds NUL, another control character, or half of a
 * surrogate pair, which no encoding can carry.
 */
export function cleanText(raw: string): CleanText | null {
  const lines = raw.replaceAll(/\r\n?/g, '\n')
  if (forbidden.test(lines) || !lines.isWellFormed()) return null
  const text = lines.normalize('NFC')
  return { text, length: countCodePoints(text) }
}

function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** What a text says as JSON; null where it is none, or there is no text: for what somebody else may have written. */
export function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
