import { z } from 'zod'
import { detrimentTypes, followUpAnswers, speakUpAgainAnswers } from '../../workflow/index.ts'

// What the sealed items of later acts hold, all in SHARED.

export const feedbackContent = z.object({
  speakUpAgain: z.enum(speakUpAgainAnswers),
  listened: z.enum(['yes', 'partly', 'no']).nullable(),
  comment: z.string().nullable(),
  cycle: z.number().int().min(1),
})
export type FeedbackContent = z.infer<typeof feedbackContent>

/** `basis`: what the person indicates counts; whether it is found to be so is another matter (`domain.md` 9.1). */
export const detrimentContent = z.object({
  kinds: z.array(z.enum(detrimentTypes)),
  description: z.string(),
  about: z.array(z.string()),
  basis: z.literal('indicated_by_person'),
})
export type DetrimentContent = z.infer<typeof detrimentContent>

export const followUpContent = z.object({
  months: z.literal([3, 6]),
  answer: z.enum(followUpAnswers),
  comment: z.string().nullable(),
})
export type FollowUpContent = z.infer<typeof followUpContent>
