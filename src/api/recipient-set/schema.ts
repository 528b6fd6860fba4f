import { z } from 'zod'
import { signSetInput } from '../../accounts/index.ts'
import { id } from '../shapes.ts'
import { rightsAnswer } from '../users/schema.ts'

export const signBody = signSetInput.meta({ id: 'RecipientSetSignature' })

const listed = rightsAnswer.extend({ id, name: z.string() })

export const proposalAnswer = z
  .strictObject({
    version: z.int(),
    digest: z.string().meta({ description: 'Send it back with your signature: it says which list you looked at.' }),
    people: z.array(
      listed.extend({
        fingerprint: z.string().meta({ description: 'Compare it with what the person reads out.' }),
        change: z.enum(['new', 'changed']).nullable(),
        before: listed.nullable(),
        formerly: z
          .string()
          .nullable()
          .meta({ description: 'A newcomer was here before under this name: what was kept from them stays kept.' }),
        resembles: z
          .array(z.string())
          .meta({ description: 'Names of people who left and may be this newcomer, though the list does not say so.' }),
      }),
    ),
    leaving: z.array(listed),
    signedBy: z.array(id),
    missing: z.int(),
  })
  .meta({ id: 'RecipientSetProposal' })

export const waitingAnswer = z.strictObject({ proposal: proposalAnswer.nullable() })
export const signedAnswer = z.strictObject({ version: z.int(), inForce: z.boolean() })
