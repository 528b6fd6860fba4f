import { z } from 'zod'
import { shortText, type IntakeGroupId } from '../../kernel/index.ts'
import { asked } from '../changes/asked.ts'

/** An intake group as the administrator sees it. */
export interface GroupRow {
  readonly id: IntakeGroupId
  readonly name: string
  /** Concerns whose writer was not sure come here. */
  readonly takesUnsure: boolean
}

/** A site as the administrator sees it; null while it is in use. Old concerns keep the name they were raised with, under their seal. */
export interface SiteRow {
  readonly id: string
  readonly name: string
  readonly retiredOn: string | null
}

const name = shortText(100, 'Give it a name.')

export const groupChangeInput = z.strictObject({
  name: name.optional(),
  takesUnsure: z
    .literal(true)
    .optional()
    .meta({ description: 'Concerns whose writer was not sure go to this group from now on, and to no other.' }),
  ...asked,
})
export const nameInput = z.strictObject({ name, ...asked })
export const siteChangeInput = z.strictObject({
  name: name.optional(),
  inUse: z.boolean().optional().meta({ description: 'False retires it: nobody can choose it any more. It is never deleted.' }),
  ...asked,
})
export type GroupChangeInput = z.output<typeof groupChangeInput>
export type NameInput = z.output<typeof nameInput>
export type SiteChangeInput = z.output<typeof siteChangeInput>
