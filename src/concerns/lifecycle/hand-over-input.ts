import { z } from 'zod'
import { readId, type ConcernId, type UserId } from '../../kernel/index.ts'
import { writtenText } from '../texts.ts'

/** Concerns handed over at once, at most: each is a step of its own with its own entry, and a page has to answer. */
export const handOverAtMost = 25

const idOf = <Id extends string>(message: string) =>
  z
    .string()
    .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message })
    .transform((text) => text as Id)

export const handOverInput = z.strictObject({
  concerns: z
    .array(idOf<ConcernId>('Choose among the concerns listed.'))
    .min(1, 'Choose at least one concern.')
    .max(handOverAtMost, `Hand over ${handOverAtMost} at a time.`)
    .transform((list) => [...new Set(list)]),
  to: idOf<UserId>('Choose a colleague.'),
  note: writtenText(4_000, 'Write what your colleague should know.'),
})
export type HandOverInput = z.output<typeof handOverInput>
