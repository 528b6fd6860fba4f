import { tileWidth } from '../merkle/index.ts'
import { readUtf8 } from './encoding.ts'
import { FormatFault } from './fault.ts'

/** The longest entry that a bundle can hold, in bytes of UTF-8. */
export const longestEntry = 0xffff

/** C2SP tlog-tiles: each entry's length in two bytes, then the entry. FormatFault `malformed_bundle` for too many or too long entries. */
export function encodeEntryBundle(entries: readonly string[]): Uint8Array {
  if (entries.length === 0 || entries.length > tileWidth) throw new FormatFault('malformed_bundle')
  const parts = entries.flatMap((entry) => {
    const bytes = Buffer.from(entry)
    if (!entry.isWellFormed() || bytes.length > longestEntry) throw new FormatFault('malformed_bundle')
    return [Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]
  })
  return new Uint8Array(Buffer.concat(parts))
}

/** The entries of a bundle that must have `width`. FormatFault `malformed_bundle`, `not_utf8`. */
export function decodeEntryBundle(bundle: Uint8Array, width: number): string[] {
  const entries: string[] = []
  let at = 0
  while (at < bundle.length && entries.length < width) {
    const [high, low] = [bundle[at], bundle[at + 1]]
    if (high === undefined || low === undefined) throw new FormatFault('malformed_bundle')
    const end = at + 2 + (high << 8) + low
    if (end > bundle.length) throw new FormatFault('malformed_bundle')
    entries.push(readUtf8(bundle.subarray(at + 2, end)))
    at = end
  }
  if (at !== bundle.length || entries.length !== width) throw new FormatFault('malformed_bundle')
  return entries
}
