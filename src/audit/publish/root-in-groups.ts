const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bytes = 20
const symbols = (bytes * 8) / 5

/**
 * The first 160 bits of a root for people to compare aloud: eight groups of four symbols of Crockford's base 32, as 'K7Q2-…'. To find another root
 * with the same groups takes 2^160 tries.
 */
export function rootInGroups(root: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(root.subarray(0, bytes)).toString('hex')}`)
  let text = ''
  for (let at = 0; at < symbols; at += 1) {
    text = alphabet[Number(value & 31n)]! + text
    value >>= 5n
  }
  return (text.match(/.{4}/g) ?? []).join('-')
}
