/** What the parts of a pasted e-mail look like, line by line, without the marks of quoting before them. */

/** Fields that machines write (RFC 5322, RFC 6376, RFC 8601, RFC 8617, and what large hosts add). One alone is enough to know it. */
const machineField =
  /^(?:received|received-spf|return-path|delivered-to|delivery-date|envelope-to|message-id|in-reply-to|references|mime-version|content-type|content-transfer-encoding|content-disposition|content-language|content-id|dkim-signature|domainkey-signature|authentication-results|arc-[a-z-]+|x-[a-z0-9-]+|list-[a-z-]+|thread-topic|thread-index|user-agent|auto-submitted|precedence|disposition-notification-to|feedback-id|autocrypt|openpgp|accept-language|msip_labels|resent-[a-z-]+|errors-to|bounces-to|original-recipient|apparently-to)[ \t]{0,3}:/i

/** Fields that people see above a letter: a word of theirs might stand before a colon in a story too, so one alone proves nothing. */
const letterField =
  /^\*{0,2}(from|to|cc|bcc|sent|date|subject|reply-to|sender|importance|priority|sensitivity|attachments?|organi[sz]ation|von|an|gesendet|datum|betreff|de|à|envoyé|objet|oddi wrth|at|anfonwyd|pwnc)\*{0,2}[ \t]{0,3}:\*{0,2}(?:[ \t]|$)/i

/** Of these, two together make a header: "To: …" and "Date: …" could be a list, "From: …" and "Sent: …" is none. */
const telling = /^(?:from|sent|subject|sender|von|gesendet|betreff|de|envoyé|objet|oddi wrth|anfonwyd|pwnc)$/i

const forwarded =
  /^(?:-{3,}[ \t]{0,3}(?:original message|forwarded message|forwarded by|forwarded message from)\b.{0,120}|begin forwarded message:?|[_=]{10,}|-{10,})$/i
/** "On Mon, 3 Nov 2026 at 10:12, Jane Doe <jane@example> wrote:", on one line or broken over up to three. */
const wroteStart = /^on\b.{0,40}\d/i
const wroteEnd = /(?:\bwrote|\bschrieb|a écrit)[ \t]{0,3}:[ \t]{0,3}$/i
const device =
  /^(?:sent from (?:my|outlook|yahoo|mail for|the all new)\b.{0,80}|get outlook for (?:ios|android|mac)\b.{0,80}|sent via .{0,60}|sent with .{0,60}secure email\.?)$/i
/** RFC 3676 4.3, and what mail programs make of it. */
const delimiter = /^--[ \t\u00a0]{0,3}$/
const farewell =
  /^(?:(?:with )?(?:(?:kind|best|warm|warmest|many|kindest) )?(?:regards|wishes|thanks)(?: and (?:best )?(?:regards|wishes))?|thanks(?: again)?|thank you|yours(?: \w{1,12})?|sincerely|cheers|br|kr)[,.!]?$/i
const postscript = /^p\.?[ \t]?s\b/i

export interface Line {
  /** As it was pasted. */
  readonly whole: string
  /** Without the marks of quoting. */
  readonly bare: string
}

export function linesOf(text: string): Line[] {
  return text.split('\n').map((whole) => ({ whole, bare: whole.replace(/^(?:[ \t]{0,3}[>|][ \t]?){1,10}/, '').trimEnd() }))
}

/** The name of a letter's field in small letters; null where the line begins with none. */
function letterFieldOf({ bare }: Line): string | null {
  return letterField.exec(bare.trimStart())?.[1]?.toLowerCase() ?? null
}

export const isBlank = ({ bare }: Line): boolean => bare.trim() === ''
export const isMachineField = ({ bare }: Line): boolean => machineField.test(bare.trimStart())
export const isField = (line: Line): boolean => isMachineField(line) || letterFieldOf(line) !== null
export const isTelling = (line: Line): boolean => telling.test(letterFieldOf(line) ?? '')
/** A field that goes on: RFC 5322 2.2.3 begins its next line with a blank. */
export const isContinued = ({ bare, whole }: Line): boolean => /^[ \t]+\S/.test(bare) || /^[ \t]+\S/.test(whole)
export const isForwardMark = ({ bare }: Line): boolean => forwarded.test(bare.trim())
export const isDevice = ({ bare }: Line): boolean => device.test(bare.trim())
export const isDelimiter = ({ bare }: Line): boolean => delimiter.test(bare)
export const isFarewell = ({ bare }: Line): boolean => farewell.test(bare.trim())
export const isPostscript = ({ bare }: Line): boolean => postscript.test(bare.trim())

/** How many lines from here are one "On …, somebody wrote:". 0 where it is none. */
export function wroteLength(lines: readonly Line[], at: number): number {
  if (!wroteStart.test(lines[at]?.bare.trim() ?? '')) return 0
  for (const length of [1, 2, 3]) {
    const last = lines[at + length - 1]
    if (last === undefined || isBlank(last)) return 0
    if (wroteEnd.test(last.bare)) return length
  }
  return 0
}
