import { z } from 'zod'
import { copiedGroups } from '../../accounts/index.ts'
import { instant } from '../shapes.ts'
import { rightsAnswer } from '../users/schema.ts'

const secret = z.string().max(200).meta({ description: 'The last part of the one-time link.' })
const draft = z.string().max(4000).meta({ description: 'Sealed: what was done so far. Good for an hour.' })

export const secretBody = z.strictObject({ secret }).meta({ id: 'EnrolmentLink' })
export const choosePasswordBody = z.strictObject({ secret, password: z.string().min(1).max(1024) }).meta({ id: 'EnrolmentPassword' })
export const factorBody = z.strictObject({ secret, draft, otp: z.string().min(1).max(20) }).meta({ id: 'EnrolmentSecondFactor' })
export const completionBody = copiedGroups.extend({ secret, draft }).meta({ id: 'EnrolmentCompletion' })

export const invitationAnswer = rightsAnswer
  .extend({ purpose: z.enum(['enrol', 'second_factor']), name: z.string(), email: z.string(), expiresAt: instant })
  .meta({ id: 'OpenedInvitation' })

export const enrolmentAnswer = z
  .strictObject({
    draft: z.string().nullable().meta({ description: 'Null where nothing is left to do.' }),
    factor: z.strictObject({ key: z.string(), uri: z.string() }).nullable(),
    recoveryCode: z.array(z.string()).nullable().meta({ description: 'Seven groups of four, once the second factor is confirmed.' }),
    fingerprint: z.string().nullable(),
  })
  .meta({ id: 'Enrolment' })
