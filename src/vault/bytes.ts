/** Bytes as the vault hands them out: a view of a buffer of its own, which is also what a database column takes. */
export type Bytes = Uint8Array<ArrayBuffer>

/** The same record as it comes back from a row, where nothing is known of the buffer behind each view. */
export type AsRead<Row> = { readonly [Column in keyof Row]: Row[Column] extends Uint8Array ? Uint8Array : Row[Column] }

/**
 * First byte of every sealed record: X25519, XChaCha20-Poly1305, Ed25519, SHA-256. Another number is another set of
 * algorithms (a post-quantum hybrid), so that old and new records can lie side by side.
 */
export const suite = 1

const encoder = new TextEncoder()

export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

export function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The record with the suite byte before it. */
export function underSuite(...parts: readonly Uint8Array[]): Bytes {
  return join(Uint8Array.of(suite), ...parts)
}

/** What follows the suite byte, or null where the record is of another suite or shorter than `atLeast` bytes after it. */
export function bodyOf(record: Uint8Array, atLeast: number): Uint8Array | null {
  return record[0] === suite && record.length > atLeast ? record.subarray(1) : null
}
