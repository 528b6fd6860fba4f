import { z } from 'zod'
import { riskGrades, stages, statuses } from '../../workflow/index.ts'
import { clockAnswer, cursor, date, id, instant, next } from '../shapes.ts'

export const escalationsQuery = z.strictObject({ cursor: cursor.optional() })

export const escalationAnswer = z
  .strictObject({
    id,
    reference: z.string(),
    stage: z.enum(stages),
    status: z.enum(statuses),
    raisedOn: date,
    riskGrade: z.enum(riskGrades).nullable(),
    escalatedAt: instant,
    nextClock: clockAnswer.nullable(),
    mayOpen: z.boolean().meta({ description: 'Whether its content was shared with you too.' }),
  })
  .meta({ id: 'EscalatedConcern' })

export const escalationsAnswer = z.strictObject({ items: z.array(escalationAnswer), next })
