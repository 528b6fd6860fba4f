import { z } from 'zod'
import { cursor, next } from '../shapes.ts'

export const logQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const logAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        index: z.null().meta({ description: 'The position in the tree; null until it has one.' }),
        entry: z.string().meta({ description: 'The exact canonical text that was hashed.' }),
      }),
    ),
    next,
  })
  .meta({ id: 'LogEntries' })
