import { z } from 'zod'
import { linkInput, linkRelations } from '../../concerns/index.ts'
import { statuses } from '../../workflow/index.ts'
import { date, id, instant } from '../shapes.ts'

export const linkBody = linkInput.meta({ id: 'NewLink' })

export const linksQuery = z.strictObject({
  from: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .meta({ description: 'What an earlier page gave as `next`. Absent: the first.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const linksAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id,
        relation: z.enum(linkRelations).meta({ description: '`joint`: people who raised it together.' }),
        other: z.strictObject({ id, reference: z.string(), status: z.enum(statuses), raisedOn: date }),
        note: z.string().nullable(),
        linkedBy: z.string(),
        linkedAt: instant,
        mayRemove: z.boolean(),
      }),
    ),
    next: z.int().nullable().meta({ description: 'Send it as `from` for the next page; null on the last.' }),
  })
  .meta({ id: 'Links' })
