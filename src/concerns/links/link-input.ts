import { z } from 'zod'
import { shortText, writtenText } from '../texts.ts'

/** Another concern by its reference, and why the two belong together. */
export const linkInput = z.strictObject({
  other: shortText(40).meta({ description: 'The reference of the other concern, like F-7K2Q-9MXD.' }),
  note: writtenText(2_000).optional(),
})
export type LinkInput = z.output<typeof linkInput>
