import { z } from 'zod'
import { readId } from '../../kernel/index.ts'
import { detrimentTypes, followUpAnswers, opennesses, sendOnReasons, speakUpAgainAnswers } from '../../workflow/index.ts'
import { shortText, writtenText } from '../texts.ts'

/** What the person may send from their inbox (`api.md`, "Without an account"). Pages and API run these same schemas. */
export const inboxMessageInput = z.strictObject({
  body: writtenText(20_000, 'Write your message.'),
  /** The question this answers, by the id of its message. */
  answers: z
    .string()
    .meta({ format: 'uuid' })
    .refine((text) => readId(text) !== null, { params: { code: 'not_a_question' }, message: 'Choose one of the questions in the inbox.' })
    .optional(),
})
export type InboxMessageInput = z.output<typeof inboxMessageInput>

/** Any openness is read, so that going back has an error of its own. */
export const sayMoreInput = z.strictObject({
  openness: z.enum(opennesses),
  name: shortText(200).optional(),
  contact: writtenText(500).optional(),
})
export type SayMoreInput = z.output<typeof sayMoreInput>

export const feedbackInput = z.strictObject({
  speakUpAgain: z.enum(speakUpAgainAnswers),
  listened: z.enum(['yes', 'partly', 'no']).optional(),
  comment: writtenText(4_000).optional(),
})
export type FeedbackInput = z.output<typeof feedbackInput>

export const detrimentInput = z.strictObject({
  kinds: z
    .array(z.enum(detrimentTypes))
    .min(1)
    .max(detrimentTypes.length)
    .transform((list) => [...new Set(list)]),
  description: writtenText(10_000, 'Tell us what has happened to you.'),
  /** Leads who must not be told of it, by id, name or role. */
  about: z.array(shortText(200)).max(20).default([]),
})
export type DetrimentInput = z.output<typeof detrimentInput>

export const sendOnInput = z.strictObject({
  reason: z.enum(sendOnReasons),
  comment: writtenText(4_000).optional(),
  /** Whom the person was shown, by id: nobody else may get it in their place. */
  to: z.uuid().optional(),
})
export type SendOnInput = z.output<typeof sendOnInput>

export const followUpInput = z.strictObject({
  months: z.literal([3, 6]),
  answer: z.enum(followUpAnswers),
  comment: writtenText(4_000).optional(),
})
export type FollowUpInput = z.output<typeof followUpInput>
