import type { Bytes } from './bytes.ts'
import { sodium } from './sodium.ts'

const kibibyte = 1024
const smallClasses = [1, 4, 16, 64, 128].map((size) => size * kibibyte)
const step = 256 * kibibyte
const marker = 0x80

/**
 * The size, in bytes, that content of `length` bytes is padded to: 1, 4, 16, 64 or 128 KiB, then a multiple of 256 KiB
 * (`security.md` 2). One byte of each class marks the end of the content, so 1,024 bytes are in the 4 KiB class.
 */
export function sizeClass(length: number): number {
  return smallClasses.find((size) => length < size) ?? Math.floor(length / step + 1) * step
}

/** The content, a 0x80 and zeros up to its size class (ISO/IEC 7816-4). */
export function pad(content: Uint8Array): Bytes {
  const padded = new Uint8Array(sizeClass(content.length))
  padded.set(content)
  padded[content.length] = marker
  return padded
}

/**
 * The content again, as bytes of its own; null where `pad` did not make this. Not libsodium's unpad: its binding answers with
 * a length even where the padding is broken. Only bytes that a cipher has vouched for come here, so there is no oracle to give.
 */
export function unpad(padded: Uint8Array): Bytes | null {
  const end = padded.lastIndexOf(marker)
  if (end < 0 || sizeClass(end) !== padded.length) return null
  const rest = padded.subarray(end + 1)
  return sodium.sodium_is_zero(rest) ? new Uint8Array(padded.subarray(0, end)) : null
}
