import { z } from 'zod'
import { raiseInput, recipients } from '../../concerns/index.ts'
import { readId, type IntakeGroupId } from '../../kernel/index.ts'
import { date, readerAnswer, readerNameAnswer } from '../shapes.ts'

export const raiseBody = raiseInput.meta({ id: 'Concern', description: 'Only the narrative is needed. Leave out what is not known.' })

export const raisedAnswer = z
  .strictObject({
    token: z.string().meta({ description: 'Opens the inbox. 28 symbols: show them in seven groups of four. Nobody can look it up again.' }),
    stage: z.literal('raised'),
    raisedOn: date,
    acknowledgeBy: date,
    readers: z.array(readerNameAnswer),
    receipt: z.string().meta({ description: 'Holds a salted commitment to what was raised. Keep it to prove later what you said.' }),
  })
  .meta({ id: 'Raised' })

/** Roles and doors only. Names of people a concern is about belong in the body of `POST /concerns`, never in an address. */
export const readersQuery = z.strictObject({
  intakeGroup: z
    .string()
    .meta({ format: 'uuid' })
    .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the options.' })
    .transform((text) => text as IntakeGroupId)
    .optional(),
  recipient: z.enum(recipients).optional(),
  deputyMayRead: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})

export const readersAnswer = z.array(readerAnswer)
