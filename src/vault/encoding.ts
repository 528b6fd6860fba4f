import { suite, utf8, type Bytes } from './bytes.ts'

/**
 * Many pieces as one run of bytes that can be read in one way only: the pre-authentication encoding of PASETO ("PAE",
 * count then length and bytes of each piece, little-endian 64 bit). Without lengths, concern "ab" with item "c" and
 * concern "a" with item "bc" would be the same bytes, and a row could be moved from one to the other.
 * The first piece is 'forthright', a label that no other use shares, and the suite. Whole numbers are written in decimal digits.
 */
export function encode(label: string, ...pieces: readonly (string | number | Uint8Array)[]): Bytes {
  const all = [utf8(`forthright ${label} ${suite}`), ...pieces.map(bytesOf)]
  const whole = new Uint8Array(all.reduce((length, piece) => length + 8 + piece.length, 8))
  const view = new DataView(whole.buffer)
  view.setUint32(0, all.length, true)
  let at = 8
  for (const piece of all) {
    view.setUint32(at, piece.length, true)
    whole.set(piece, at + 8)
    at += 8 + piece.length
  }
  return whole
}

function bytesOf(piece: string | number | Uint8Array): Uint8Array {
  if (typeof piece === 'string') return utf8(piece)
  if (typeof piece !== 'number') return piece
  if (!Number.isSafeInteger(piece)) throw new TypeError('only whole numbers can be sealed into a binding')
  return utf8(String(piece))
}
