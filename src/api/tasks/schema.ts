import { z } from 'zod'
import { clockStates } from '../../timeliness/index.ts'
import { date, id } from '../shapes.ts'

const task = z
  .strictObject({
    id,
    title: z.string().nullable().meta({ description: 'Null where the record is not genuine, or the reader holds no key to it.' }),
    owner: z.string().nullable(),
    setOn: date,
    dueOn: date,
    firstDueOn: date,
    state: z.enum(['open', 'done', 'passed_on']),
    clock: z.strictObject({ state: z.enum(clockStates), words: z.string(), workingDaysLeft: z.int() }),
    note: z.string().nullable().meta({ description: 'What shows that it is done, or where it goes on.' }),
    endedOn: date.nullable(),
    linkUntil: date.nullable().meta({ description: 'The last day of a one-time link that stands.' }),
    byLink: z.boolean().meta({ description: 'Said by whoever held a one-time link.' }),
    withFindings: z.boolean().meta({ description: 'Set with the findings of an investigation.' }),
  })
  .meta({ id: 'Task' })

const clockChange = z
  .strictObject({
    change: z.enum(['paused', 'resumed', 'extended']),
    clock: z.string(),
    of: id.nullable().meta({ description: 'The task it is for; null where it is the concern’s own.' }),
    on: date,
    by: z.string(),
    until: date.nullable(),
    before: date.nullable(),
    reasonCode: z.string().nullable(),
    authoriser: z.string().nullable().meta({ description: 'Who agreed to a pause.' }),
  })
  .meta({ id: 'ClockChange' })

export const deadlinesAnswer = z.strictObject({ mayAct: z.boolean(), tasks: z.array(task), changes: z.array(clockChange) })

export const madeLinkAnswer = z.strictObject({
  id,
  secret: z.string().meta({ description: 'Shown once. The address of the page is `/task/` and this.' }),
  expiresOn: date,
})

const secret = z.string().max(100)

export const withdrawLinkBody = z.strictObject({ task: z.string().meta({ format: 'uuid' }) })
export const linkBody = z.strictObject({ secret })
export const linkAnswerBody = z.strictObject({ secret, note: z.string().max(4_000) })
export const linkTaskAnswer = z.strictObject({ wording: z.string(), dueOn: date })
