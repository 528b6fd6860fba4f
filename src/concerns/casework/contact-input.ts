import { z } from 'zod'
import { readDate, type DateText } from '../../kernel/index.ts'
import { writtenText } from '../texts.ts'

/** How a handler was in contact, or what the time went into. LOCAL. */
export const contactChannels = ['call', 'video', 'visit', 'email', 'letter', 'other'] as const
export type ContactChannel = (typeof contactChannels)[number]

const mostMinutes = 600

/** `on` is a day already begun: the use case, which knows the day, checks it. */
export const contactInput = z.strictObject({
  channel: z.enum(contactChannels),
  on: z
    .string()
    .meta({ format: 'date' })
    .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-11-24.' })
    .transform((text) => text as DateText),
  minutes: z.int().min(1).max(mostMinutes),
  note: writtenText(4_000).optional(),
})

/** What a contact holds under its seal. */
export const contactContent = z.object({
  channel: z.enum(contactChannels),
  on: z.string(),
  minutes: z.int(),
  note: z.string().nullable(),
})
