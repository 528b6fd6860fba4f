import { z } from 'zod'
import { instant } from '../shapes.ts'

export const logQuery = z.strictObject({
  from: z
    .string()
    .min(1)
    .max(400)
    .optional()
    .meta({ description: 'An index, or what an earlier page gave as `next`. Absent: from the first entry.' }),
  limit: z.coerce.number().int().min(1).max(256).default(50),
})

export const bundleQuery = z.strictObject({
  openings: z
    .literal('yes')
    .optional()
    .meta({ description: 'With `openings.jsonl`: who stands behind each alias of staff, as far as it is kept, and what proves it.' }),
})

export const checkpointAnswer = z
  .strictObject({
    size: z.int().meta({ description: 'How many entries it is of.' }),
    root: z.string().meta({ description: 'base64.' }),
    fingerprint: z.string().meta({ description: 'The root in eight groups of four, for people to compare.' }),
    restored: z.int().meta({ description: 'How often the log had been put back from a backup.' }),
    publishedAt: instant,
    note: z.string().meta({ description: 'The signed note, with the cosignatures of witnesses.' }),
  })
  .meta({ id: 'LogCheckpoint' })

export const logAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        index: z.int().nullable().meta({ description: 'The place in the tree; null until it has one.' }),
        entry: z.string().meta({ description: 'The exact canonical text that was hashed.' }),
      }),
    ),
    next: z.string().nullable().meta({ description: 'Send it as `from` for the next page; null on the last.' }),
  })
  .meta({ id: 'LogEntries' })
