import { z } from 'zod'
import { shortText } from '../texts.ts'

/** What is left off the paper unless it is chosen: each may say who raised the concern. */
export const summaryParts = ['narrative', 'reporter', 'messages'] as const
export type SummaryPart = (typeof summaryParts)[number]

/** `preparedFor` is printed and kept nowhere. */
export const summaryInput = z.strictObject({
  preparedFor: shortText(200),
  include: z
    .array(z.enum(summaryParts))
    .max(summaryParts.length)
    .transform((parts) => summaryParts.filter((part) => parts.includes(part))),
})

export const exportInput = z.strictObject({ otp: z.string().max(20).optional() })
