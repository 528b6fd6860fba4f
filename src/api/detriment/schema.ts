import { z } from 'zod'
import { closeReasons, detrimentSteps, followUpAnswers, reviewFindings, riskGrades } from '../../workflow/index.ts'
import { detrimentReport } from '../inbox/schema.ts'
import { date, id, instant } from '../shapes.ts'

const work = z
  .strictObject({
    id,
    kind: z.enum(['detriment_risk', 'detriment_plan', 'detriment_review', 'detriment_closure']),
    author: z.string(),
    writtenAt: instant,
    genuine: z.boolean(),
    content: z
      .strictObject({
        riskGrade: z.enum(riskGrades).optional(),
        plan: z.string().optional(),
        reviewOn: z.array(date).optional(),
        reviewFor: date.nullable().optional(),
        finding: z.enum(reviewFindings).optional(),
        reasonCode: z.enum(closeReasons).optional(),
        note: z.string().optional(),
      })
      .nullable()
      .meta({ description: 'Null where the record is not genuine, or the reader holds no key to it.' }),
  })
  .meta({ id: 'DetrimentWork' })

export const detrimentCase = detrimentReport
  .extend({
    riskGrade: z.enum(riskGrades).nullable(),
    reviews: z.array(z.strictObject({ dueOn: date, from: z.enum(['plan', 'outcome']), done: z.boolean(), late: z.boolean() })),
    openSteps: z.array(z.enum(detrimentSteps)),
    work: z.array(work),
  })
  .meta({ id: 'DetrimentCase' })

export const detrimentAnswer = z.strictObject({
  reports: z.array(detrimentCase),
  followUps: z
    .array(
      z.strictObject({
        months: z.literal([3, 6]),
        answeredOn: date,
        answer: z.enum(followUpAnswers).nullable().meta({ description: 'Null where the record is not genuine.' }),
        comment: z.string().nullable(),
        genuine: z.boolean(),
      }),
    )
    .meta({ description: 'What the person answered three and six months after the outcome.' }),
  mayAct: z.boolean(),
})

export const noticesAnswer = z.strictObject({ items: z.array(z.strictObject({ reference: z.string(), reportedOn: date })) })
