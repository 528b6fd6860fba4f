import { z } from 'zod'
import { id, instant, role } from '../shapes.ts'

/** Limits only: whether they are right is for the sign-in to say, in the same words for every way of being wrong. */
export const signInBody = z
  .strictObject({
    email: z.string().min(1).max(254),
    password: z.string().min(1).max(1024),
    otp: z.string().min(1).max(20).meta({ description: 'The six digits of the authenticator app. Each works once.' }),
  })
  .meta({ id: 'SignIn' })

export const stepUpBody = z.strictObject({ otp: z.string().min(1).max(20) }).meta({ id: 'StepUp' })

export const sessionAnswer = z
  .strictObject({
    accessToken: z.string().meta({ description: 'Send it as `Authorization: Bearer …`.' }),
    expiresAt: instant,
    user: z.strictObject({ id, name: z.string(), roles: z.array(role) }),
  })
  .meta({ id: 'Session' })
