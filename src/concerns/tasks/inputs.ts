import { z } from 'zod'
import { invalid, readDate, readId, type DateText, type UserId } from '../../kernel/index.ts'
import { shortText, writtenText } from '../texts.ts'

const task = z
  .string()
  .meta({ format: 'uuid' })
  .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the tasks listed.' })

/** The bodies of the acts on tasks, one schema each, run by pages and API alike. A task has one owner: a person with an account, or anybody by name. */
export const taskInputs = {
  set: z.strictObject({
    title: shortText(300),
    dueOn: z
      .string()
      .meta({ format: 'date' })
      .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
      .transform((text) => text as DateText),
    ownerId: z
      .string()
      .meta({ format: 'uuid' })
      .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the people listed.' })
      .transform((text) => text as UserId)
      .optional(),
    ownerName: shortText(200).optional(),
  }),
  done: z.strictObject({ task, evidence: writtenText(4_000, 'Say what shows that it is done.') }),
  pass_on: z.strictObject({ task, reason: writtenText(4_000, 'Say which plan it goes on in, and who follows it up.') }),
  link: z.strictObject({ task, wording: writtenText(2_000, 'Write what they will read.') }),
} as const

/** What somebody with a link says. */
export const linkAnswer = z.strictObject({ note: writtenText(2_000, 'Say in a few words what was done.') })

export type TaskInput<A extends keyof typeof taskInputs> = z.output<(typeof taskInputs)[A]>

/** How far ahead a task's day may lie. LOCAL: farther is a typing error, or a way never to be asked. */
const farthestYears = 5

/** What the schema alone cannot say. Refusal `invalid_input`. */
export function assertTask({ dueOn, ownerId, ownerName }: TaskInput<'set'>, today: DateText): void {
  if (dueOn < today) throw invalid('/dueOn', 'in_the_past', 'Give today or a later date.')
  if (dueOn > Temporal.PlainDate.from(today).add({ years: farthestYears }).toString())
    throw invalid('/dueOn', 'too_far', `Give a day within ${farthestYears} years.`)
  if (ownerId === undefined && ownerName === undefined) throw invalid('/ownerId', 'required', 'Say who does it.')
  if (ownerId !== undefined && ownerName !== undefined)
    throw invalid('/ownerName', 'one_owner', 'Choose a person or write a name, not both.')
}
