/**
 * Refuses a server key that nobody drew at random (P1): under 32 bytes, printable text, a repeated piece, or too even a
 * pattern. A random key fails one of these less than once in 10^9. Throws an Error with the key's name and the rule, never
 * its value. It cannot tell a random key from one that has been published.
 */
export function assertStrong(key: Uint8Array, name: string): void {
  const weakness = weaknessOf(key)
  if (weakness !== null) throw new Error(`${name} is too weak: ${weakness}`)
}

function weaknessOf(key: Uint8Array): string | null {
  if (key.length < 32) return 'it needs 32 random bytes'
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'it is text, not random bytes'
  // a repeated half leaves 16 different bytes at most; counting up or down leaves one step
  const steps = key.map((byte, at) => byte - (key[at - 1] ?? 0))
  if (new Set(key).size <= 16 || new Set(steps).size <= 16) return 'its bytes follow a pattern'
  return null
}
