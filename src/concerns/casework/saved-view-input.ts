import { z } from 'zod'
import { queueFilter } from '../acts/handling-inputs.ts'
import { shortText } from '../texts.ts'

/** Filters of the queue, as codes. Which page of it somebody stood on, or the one concern they looked for, is no part of a view. */
const viewFilter = queueFilter.omit({ reference: true, cursor: true, limit: true })
export type ViewFilter = z.output<typeof viewFilter>

const name = shortText(80)

export const savedViewInput = z.strictObject({ name, team: z.boolean(), filter: viewFilter })
export const viewNameInput = z.strictObject({ name })

/** What a view holds under its seal. */
export const savedViewContent = z.object({ name: z.string(), filter: viewFilter })

/** Views everybody has, as far as the queue's clear columns can answer them. */
export const builtInViews = {
  needs_action: {},
  mine: { owner: 'me' },
  no_owner: { owner: 'none' },
  new_this_week: { raised: 'this_week' },
  detriment: { detriment: 'yes' },
  // What is owed after the outcome (checks at three and six months, actions) runs on when the list of what needs action has let a concern go.
  after_outcome: { status: 'resolved' },
} as const satisfies Record<string, ViewFilter>
