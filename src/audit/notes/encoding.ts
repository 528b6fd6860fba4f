import { hashLength } from '../merkle/index.ts'
import { FormatFault, type FormatFaultCode } from './fault.ts'

/** The largest note or proof that is read, in bytes. A checkpoint with sixteen signatures has about 2 kB. */
const largestText = 1024 * 1024

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Lines of UTF-8 without any control character but the newline (C2SP signed-note). FormatFault `too_large`, `not_utf8`, `control_character`. */
export function readLines(input: string | Uint8Array): string {
  if (input.length > largestText) throw new FormatFault('too_large')
  const text = typeof input === 'string' ? input : readUtf8(input)
  if (typeof input === 'string') {
    if (!input.isWellFormed()) throw new FormatFault('not_utf8')
    if (Buffer.byteLength(input) > largestText) throw new FormatFault('too_large')
  }
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u0009\u000B-\u001F]/.test(text)) throw new FormatFault('control_character')
  return text
}

/** FormatFault `not_utf8`. A byte order mark stays what it is: a character that counts. */
export function readUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    throw new FormatFault('not_utf8')
  }
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** RFC 4648 4, padded, and the one way to write those bytes; null for anything else. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : null
}

export function readHash(line: string, code: FormatFaultCode): Uint8Array {
  const hash = line.length > 2 * hashLength ? null : fromBase64(line)
  if (hash?.length !== hashLength) throw new FormatFault(code)
  return hash
}

/** A count in decimal digits without leading zeroes, up to 2 ** 53 - 1. */
export function readCount(digits: string, code: FormatFaultCode): number {
  const count = /^(0|[1-9][0-9]{0,15})$/.test(digits) ? Number(digits) : Number.NaN
  if (!Number.isSafeInteger(count)) throw new FormatFault(code)
  return count
}

/** For what is written here: a size or index that is none is our mistake, not a format's. */
export function mustBeCount(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('not a count')
}
