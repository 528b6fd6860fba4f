/** Crockford's base 32: no I, L, O or U, so that nothing looks like 1 or 0 and no word is spelled by chance. */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Bytes as symbols, five bits each, first bit first. The number of bits must be a multiple of five. */
export function symbolsOf(bytes: Uint8Array): string {
  let symbols = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) symbols += alphabet[(held >> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return symbols
}
