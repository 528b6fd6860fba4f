import type { Random } from '../kernel/index.ts'

const referenceSymbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random name for a concern, like `F-7K2Q-9MXD`: 40 bits, so that it says neither how many there are nor in which order. */
export function newReference(random: Random): string {
  const symbols = [...random.bytes(8)].map((byte) => referenceSymbols[byte % 32]).join('')
  return `F-${symbols.slice(0, 4)}-${symbols.slice(4)}`
}

/** A reference as it stands in the row: people leave out the letter and the hyphens, and write O for 0, I and L for 1. */
export function readReference(typed: string): string | null {
  const symbols = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const bare = symbols.length === 9 && symbols.startsWith('F') ? symbols.slice(1) : symbols
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(bare) ? `F-${bare.slice(0, 4)}-${bare.slice(4)}` : null
}
