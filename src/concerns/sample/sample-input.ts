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

const leastDigits = sampleBounds.digits

/** Blanks, commas and line ends between the groups are all one blank: what people type is what they read off their paper. */
const numbers = z
  .string()
  .max(300)
  .meta({
    description: `The numbers that the draw was fixed with, ${leastDigits} digits or more. Never send them before the checkpoint is there.`,
  })
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

/** As `sha256sum` prints it; large letters and blanks at the ends are what copying makes of it. */
const commitment = z
  .string()
  .max(100)
  .meta({ description: 'SHA-256 over the lines `forthright-sample-numbers/1` and the numbers, in hexadecimal. The numbers stay with you.' })
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => /^[0-9a-f]{64}$/.test(text), {
    params: { code: 'wrong_format' },
    message: 'Give the 64 letters and digits that the command printed, and not the numbers.',
  })

export const sampleFixInput = z.strictObject({
  from: day,
  to: day,
  count: z.int().min(1).max(sampleBounds.most),
  commitment,
  otp,
})
export type SampleFixInput = z.output<typeof sampleFixInput>

export const sampleNumbersInput = z.strictObject({ numbers })
export type SampleNumbersInput = z.output<typeof sampleNumbersInput>

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
