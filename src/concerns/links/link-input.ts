import { z } from 'zod'
import { shortText, writtenText } from '../texts.ts'

/** Another concern by its reference, and why the two belong together. */
export const linkInput = z.strictObject({
  other: shortText(40).meta({ description: 'The reference of the other concern, like F-7K2Q-9MXD.' }),
  note: writtenText(2_000).optional(),
})
export type LinkInput = z.output<typeof linkInput>

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
