import { z } from 'zod'
import { shortText } from '../../kernel/index.ts'
import { asked } from '../changes/asked.ts'

/** A site as the administrator sees it; null while it is in use. Old concerns keep the name they were raised with, under their seal. */
export interface SiteRow {
  readonly id: string
  readonly name: string
  readonly retiredOn: string | null
}

const name = shortText(100, 'Give it a name.')

export const nameInput = z.strictObject({ name, ...asked })
export const siteChangeInput = z.strictObject({
  name: name.optional(),
  inUse: z.boolean().optional().meta({ description: 'False retires it: nobody can choose it any more. It is never deleted.' }),
  ...asked,
})
export type NameInput = z.output<typeof nameInput>
export type SiteChangeInput = z.output<typeof siteChangeInput>
