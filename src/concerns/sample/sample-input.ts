import { z } from 'zod'
import { readDate, type DateText } from '../../kernel/index.ts'
import { sampleBounds } from '../../audit/index.ts'
import { narrativeLimit, writtenText } from '../texts.ts'

/** Why a drawn concern is not shown. */
export const sampleReasons = ['would_identify', 'person_objects', 'proceedings', 'numbers_not_public'] as const
export type SampleReason = (typeof sampleReasons)[number]

const day = z
  .string()
  .meta({ format: 'date' })
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
  .transform((text) => text as DateText)

const leastDigits = 12

/** Blanks, commas and line ends between the groups are all one blank: what people type is what they read off the dice. */
const numbers = z
  .string()
  .max(300)
  .meta({ description: `Numbers that were thrown after the checkpoint was published, ${leastDigits} digits or more.` })
  .transform((text) => text.trim().replaceAll(/[\s,;]+/g, ' '))
  .superRefine((text, check) => {
    if (!/^[0-9]+(?: [0-9]+)*$/.test(text))
      check.addIssue({
        code: 'custom',
        params: { code: 'wrong_format' },
        message: 'Write numbers with blanks between them, and nothing else.',
      })
    else if (text.replaceAll(' ', '').length < leastDigits)
      check.addIssue({ code: 'custom', params: { code: 'too_short' }, message: `Write ${leastDigits} digits or more.` })
  })

const otp = z.string().max(20).optional()

export const sampleDrawInput = z.strictObject({
  size: z.int().min(1),
  from: day,
  to: day,
  numbers,
  count: z.int().min(1).max(sampleBounds.most),
  otp,
})
export type SampleDrawInput = z.output<typeof sampleDrawInput>

export const sampleUnlockInput = z.strictObject({
  text: writtenText(narrativeLimit, 'Write what the auditor may read.'),
  showSite: z.boolean(),
  showProfession: z.boolean(),
  /** The handler looked at each word that was named, and none of them points to anybody. */
  harmless: z.boolean(),
  otp,
})
export type SampleUnlockInput = z.output<typeof sampleUnlockInput>

export const sampleRefusalInput = z.strictObject({ reason: z.enum(sampleReasons) })
