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
