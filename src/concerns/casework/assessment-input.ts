import { z } from 'zod'
import { writtenText, shortText } from '../texts.ts'
import { disclosureKinds, disclosureRoutes } from './disclosure-categories.ts'

/** "Not clear yet" is an answer: nobody has to know today. */
const assessmentAnswers = ['yes', 'no', 'not_clear'] as const

/** A working view. There is no "protected": only a tribunal decides, and until then all are handled alike (`domain.md` 1.5). */
const assessmentStatuses = ['not_assessed', 'treat_as_protected', 'may_qualify', 'unlikely_to_qualify', 'advice_sought'] as const
export type AssessmentStatus = (typeof assessmentStatuses)[number]

const reason = writtenText(4_000, 'Give the reason.')
const answered = z.strictObject({ answer: z.enum(assessmentAnswers), reason: reason.optional() })
const routes = Object.keys(disclosureRoutes) as [keyof typeof disclosureRoutes]

/** Yes and No are said with a reason; what is not clear yet needs none. */
const isReasoned = (said: { readonly answer: string; readonly reason?: string | undefined }) =>
  said.answer === 'not_clear' || said.reason !== undefined
const reasonMissing = { path: ['reason'], params: { code: 'required' }, message: 'Give the reason.' }

/** The sections of the form, each of them open to be left out. */
export const assessmentSections = {
  information: answered.extend({ when: shortText(200).optional() }).refine(isReasoned, reasonMissing),
  kinds: z.strictObject({
    answers: z
      .array(z.strictObject({ kind: z.enum(disclosureKinds), answer: z.enum(assessmentAnswers) }))
      .max(disclosureKinds.length)
      .refine((list) => new Set(list.map(({ kind }) => kind)).size === list.length, {
        params: { code: 'twice' },
        message: 'Answer for each kind once.',
      }),
    reason: reason.optional(),
  }),
  belief: answered.refine(isReasoned, reasonMissing),
  publicInterest: answered.refine(isReasoned, reasonMissing),
  madeTo: z.strictObject({ route: z.enum(routes), reason: reason.optional() }),
  workerStatus: answered.refine(isReasoned, reasonMissing),
} as const

const standing = z.strictObject({
  information: assessmentSections.information.optional(),
  kinds: assessmentSections.kinds.optional(),
  belief: assessmentSections.belief.optional(),
  publicInterest: assessmentSections.publicInterest.optional(),
  madeTo: assessmentSections.madeTo.optional(),
  workerStatus: assessmentSections.workerStatus.optional(),
  status: z.enum(assessmentStatuses),
  note: writtenText(4_000).optional(),
})

/** `follows` is the version the writer had before them, 0 for the first: nobody saves over what they have not read. */
export const assessmentInput = standing.extend({ follows: z.int().min(0) })
export type AssessmentInput = z.output<typeof assessmentInput>

/** What a saved version holds under its seal. */
export const assessmentContent = standing
export type AssessmentContent = z.output<typeof assessmentContent>
