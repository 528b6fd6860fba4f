import { z } from 'zod'
import { factorStates, freshCode, inviteInput, peopleQuery, personStates, resetDecision, rightsInput } from '../../accounts/index.ts'
import { id, instant, next, role } from '../shapes.ts'

export const userQuery = peopleQuery
export const inviteBody = inviteInput.meta({ id: 'Invitation' })
export const rightsBody = rightsInput.extend({ otp: freshCode }).meta({ id: 'Rights' })
export const resetBody = resetDecision.meta({ id: 'SecondFactorDecision' })
/** An act that needs nothing but a fresh code. */
export const codeBody = z.strictObject({ otp: freshCode }).meta({ id: 'FreshCode' })

export const rightsAnswer = z.strictObject({ roles: z.array(role), deputy: z.boolean(), intakeGroupIds: z.array(id) })

export const userAnswer = rightsAnswer
  .extend({
    id,
    name: z.string(),
    email: z.string(),
    state: z.enum(personStates),
    asked: rightsAnswer.nullable().meta({ description: 'Rights that wait for guardians’ signatures. Until then the others hold.' }),
    secondFactor: z.enum(factorStates),
    recoveryCode: z.boolean().meta({ description: 'Whether one is printed and unused.' }),
    countersignedAt: instant.nullable(),
    linkUntil: instant.nullable(),
  })
  .meta({ id: 'User' })

export const usersAnswer = z.strictObject({ items: z.array(userAnswer), next, total: z.int() })

export const linkAnswer = z
  .strictObject({
    userId: id,
    link: z.string().meta({ description: 'A path of this service, for one use. Given this once.' }),
    expiresAt: instant,
  })
  .meta({ id: 'OneTimeLink' })

export const resetAnswer = z.strictObject({ id }).meta({ id: 'SecondFactorReset' })
export const resetsAnswer = z.strictObject({
  items: z.array(z.strictObject({ id, userId: id, name: z.string(), askedBy: z.string(), askedAt: instant })),
  next: z.null(),
})
export const decidedReset = z.strictObject({ link: linkAnswer.nullable().meta({ description: 'Null where it was refused.' }) })
