import { Refusal } from '../kernel/index.ts'

type Fields = Record<string, string | string[]>

const mostParts = 20
const longestHead = 1_024
const delimiterOf = /^multipart\/form-data; ?(?:charset=[\w-]{1,20}; ?)?boundary=(?:"([^"\r\n]{1,70})"|([\w'()+,./:=?-]{1,70}))$/i
/** Every browser gives the name first. */
const named = /^content-disposition: ?form-data; ?name="([^"\r\n]*)"/im

/**
 * The parts of a form with a file as fields of text (RFC 7578), each file's content under the name of its box; what it was called on somebody's
 * disk goes nowhere. Bytes that are no UTF-8 become U+FFFD. Refusal `malformed_body` for what is no such form, or has more than 20 parts.
 */
export function readMultipart(body: Buffer, mediaType: string): Fields {
  const [, quoted, plain] = delimiterOf.exec(mediaType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw new Refusal('malformed_body')
  const fields = Object.create(null) as Fields
  for (const part of partsOf(body, boundary)) {
    const end = part.indexOf('\r\n\r\n')
    const name = end < 0 || end > longestHead ? undefined : named.exec(part.toString('latin1', 0, end))?.[1]
    if (name === undefined) throw new Refusal('malformed_body')
    const value = part.toString('utf8', end + 4)
    fields[name] = Object.hasOwn(fields, name) ? [fields[name] ?? [], value].flat() : value
  }
  return fields
}

/** What stands between the delimiters, each without the line end before the next one. */
function partsOf(body: Buffer, boundary: string): Buffer[] {
  const parts: Buffer[] = []
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // The first one stands at the very beginning, without a line end before it
  if (!body.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))) throw new Refusal('malformed_body')
  for (let at = delimiter.length - 2; body.toString('latin1', at, at + 2) !== '--';) {
    const next = body.indexOf(delimiter, at)
    if (next < 0 || body.toString('latin1', at, at + 2) !== '\r\n' || parts.length === mostParts) throw new Refusal('malformed_body')
    parts.push(body.subarray(at + 2, next))
    at = next + delimiter.length
  }
  return parts
}
