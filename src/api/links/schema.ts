import { z } from 'zod'
import { linkInput, linkRelations } from '../../concerns/index.ts'
import { statuses } from '../../workflow/index.ts'
import { date, id, instant } from '../shapes.ts'

export const linkBody = linkInput.meta({ id: 'NewLink' })

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
  })
  .meta({ id: 'Links' })
