import { z } from 'zod'
import { concludedInput, cutKinds, onBehalfInput, raiseInput, recipients } from '../../concerns/index.ts'
import { readId, type IntakeGroupId } from '../../kernel/index.ts'
import { stages, statuses } from '../../workflow/index.ts'
import { date, id, readerAnswer, readerNameAnswer } from '../shapes.ts'

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

export const onBehalfBody = onBehalfInput.meta({
  id: 'ConcernOnBehalf',
  description: 'What somebody said to a guardian, with the channel and the day it was received. Leave out what is not known.',
})

export const concludedBody = concludedInput.meta({
  id: 'ConcernConcluded',
  description: 'A short talk, whole: what was said, what was advised, and that the person agreed.',
})

const handOver = {
  token: z
    .string()
    .nullable()
    .meta({ description: 'To hand over, unread: the person’s first use replaces it. Null where no code is wanted.' }),
  receipt: z.string().nullable(),
  concern: z.strictObject({ id, reference: z.string() }).nullable().meta({ description: 'Null where you are none of its readers.' }),
}

export const recordedAnswer = z
  .strictObject({
    ...handOver,
    stage: z.enum(stages),
    status: z.enum(statuses),
    raisedOn: date,
    acknowledgeBy: date,
    readers: z.array(readerNameAnswer),
    joint: z.array(z.strictObject(handOver)).meta({ description: 'The other people’s, where several raised it together.' }),
  })
  .meta({ id: 'Recorded' })

export const readBackAnswer = z
  .strictObject({
    narrative: z.string(),
    cut: z
      .array(z.strictObject({ kind: z.enum(cutKinds), text: z.string() }))
      .meta({ description: 'Taken out of the e-mail. Kept nowhere.' }),
    readers: z.array(readerAnswer),
    acknowledgeBy: date,
    backDatedDays: z.int().min(0),
  })
  .meta({ id: 'ReadBack' })

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
