import { z } from 'zod'
import { elements, riskGrades } from '../../workflow/index.ts'
import { id, instant } from '../shapes.ts'

export const approvalAnswer = z
  .strictObject({
    id,
    concernId: id,
    reference: z.string(),
    requestedBy: z.string(),
    requestedAt: instant,
    genuine: z.boolean(),
    reasonCode: z.string().nullable(),
    reason: z.string().nullable(),
    decidedBy: z.string().nullable(),
    riskGrade: z.enum(riskGrades).nullable(),
    elements: z.array(z.enum(elements)),
  })
  .meta({ id: 'Approval', description: 'A summary of the decision, sealed to you. Not the concern.' })

/** All that wait for one person: so few that there is one page, in the shape of every list. */
export const approvalsAnswer = z.strictObject({ items: z.array(approvalAnswer), next: z.null() })

export const decidedAnswer = z.strictObject({ decision: z.enum(['approve', 'refuse']) })
