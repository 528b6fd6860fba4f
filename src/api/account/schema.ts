import { z } from 'zod'
import { copiedGroups, noteInput, passwordInput, recoverInput } from '../../accounts/index.ts'
import { rightsAnswer } from '../users/schema.ts'
import { sessionAnswer } from '../sessions/schema.ts'

export const passwordBody = passwordInput.meta({ id: 'PasswordChange' })
export const noteBody = noteInput.meta({ id: 'RegularNoteChoice' })
export const recoverBody = recoverInput.meta({ id: 'PasswordRecovery' })
export const newCodeBody = z.strictObject({ otp: z.string().max(20) }).meta({ id: 'NewRecoveryCode' })

const offer = z.string().max(4000).meta({ description: 'Sealed; send it back with two groups of the code. Good for an hour.' })
export const copiedBody = copiedGroups.extend({ offer }).meta({ id: 'RecoveryCodeCopied' })

export const offerAnswer = z
  .strictObject({ offer, groups: z.array(z.string()).meta({ description: 'Seven groups of four. Not good before it was confirmed.' }) })
  .meta({ id: 'RecoveryCodeOffer' })

export const accountAnswer = rightsAnswer
  .extend({
    name: z.string(),
    email: z.string(),
    fingerprint: z.string(),
    recoveryCode: z.boolean(),
    otherSessions: z.int(),
    regularNote: z.boolean().nullable().meta({ description: 'Null where you handle no concerns.' }),
  })
  .meta({ id: 'Account' })

export const endedAnswer = z.strictObject({ ended: z.int() })
export const recoveredAnswer = sessionAnswer.extend({ offer }).meta({ id: 'RecoveredSession' })
