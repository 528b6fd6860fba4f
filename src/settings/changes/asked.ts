import { z } from 'zod'
import { readDate, writtenText, type DateText } from '../../kernel/index.ts'

/** What every change says beside itself. */
export const asked = {
  seen: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: 'What the settings said when they were read: their `seen`. With another state by now nothing is changed (409).' }),
  reason: writtenText(1_000, 'Say why you change this.').meta({ description: 'Kept beside the change. Never write about a concern here.' }),
  otp: z.string().max(20).optional().meta({ description: 'A fresh six-digit code, where none was given in the last five minutes.' }),
} as const

export interface Asked {
  readonly seen: string
  readonly reason: string
  readonly otp?: string | undefined
}

export const dateInput = z
  .string()
  .meta({ format: 'date' })
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
  .transform((text) => text as DateText)
