import { z } from 'zod'
import { inboxMessageInput } from '../../concerns/index.ts'
import { stages, statuses } from '../../workflow/index.ts'
import { clockAnswer, date, messageAnswer, noFiles, readerNameAnswer } from '../shapes.ts'

/** As typed: case, spaces, hyphens and look-alike letters are forgiven. 400 characters leave room for a code copied with its numbering. */
const token = z
  .string()
  .max(400)
  .meta({ description: 'As it was given, in any spelling. A typing error is answered with the group it is in.' })

export const inboxBody = z.strictObject({ token })
export const inboxMessageBody = inboxMessageInput.extend({ token })

export const inboxAnswer = z
  .strictObject({
    stage: z.enum(stages),
    status: z.enum(statuses),
    raisedOn: date,
    narrative: z.string().nullable().meta({ description: 'What was raised, as sent. Null where the record is not genuine.' }),
    clocks: z.array(clockAnswer),
    messages: z.array(messageAnswer),
    files: noFiles,
    readers: z.array(readerNameAnswer),
    allowedActions: z.array(z.enum(['write'])),
  })
  .meta({ id: 'Inbox' })
