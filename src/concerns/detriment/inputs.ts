import { z } from 'zod'
import { readDate, readId, type DateText } from '../../kernel/index.ts'
import { closeReasons, reviewFindings, riskGrades, type DetrimentStep } from '../../workflow/index.ts'
import { writtenText } from '../texts.ts'

const report = z
  .string()
  .meta({ format: 'uuid' })
  .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the reports listed.' })
const date = z
  .string()
  .meta({ format: 'date' })
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
  .transform((text) => text as DateText)
const note = writtenText(10_000, 'Write what you found and why.')

/** The bodies of the steps on a report of bad treatment, one schema each, run by pages and API alike. */
export const detrimentInputs = {
  assess_risk: z.strictObject({ report, riskGrade: z.enum(riskGrades), note }),
  set_plan: z.strictObject({
    report,
    plan: writtenText(10_000, 'Write what will be done, and by whom.'),
    reviewOn: z
      .array(date)
      .min(1)
      .max(12)
      .transform((dates) => [...new Set(dates)].toSorted()),
  }),
  review: z.strictObject({ report, reviewFor: date.optional(), finding: z.enum(reviewFindings), note }),
  close: z.strictObject({ report, reasonCode: z.enum(closeReasons), note }),
} as const satisfies Record<DetrimentStep, z.ZodType>

export type DetrimentStepInput<S extends DetrimentStep> = z.output<(typeof detrimentInputs)[S]>
