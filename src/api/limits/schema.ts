import { z } from 'zod'
import { forces, limitUnits } from '../../timeliness/index.ts'
import { date, dueFromAnswer } from '../shapes.ts'

const limitVersion = z
  .strictObject({
    version: z.int().min(1),
    limit: z.int().min(1),
    unit: z.enum(limitUnits),
    dueFrom: dueFromAnswer,
    force: z.enum(forces).meta({ description: 'What stands behind it. COMPARATOR binds nobody here, LOCAL is not the law.' }),
    source: z.string(),
    pauseCap: z.int().min(0).meta({ description: 'For how many working days in all its clock may stand still; 0: never.' }),
    extendable: z.boolean().meta({ description: 'Whether its date may be moved, with a reason that the person is told.' }),
    beginsOn: date.meta({ description: 'The first day on which it held here, or will.' }),
    announcedOn: date.nullable().meta({ description: 'Null where it came with the service.' }),
    endedOn: date.nullable().meta({ description: 'The last day on which a clock could still begin under it.' }),
    withdrawnOn: date.nullable().meta({ description: 'The day it was taken back, before it ever held.' }),
  })
  .meta({ id: 'PublicLimitVersion' })

export const publicLimitsAnswer = z
  .strictObject({
    on: date,
    items: z.array(
      z.strictObject({
        code: z.string(),
        label: z.string(),
        comparator: z.boolean().meta({ description: 'A figure from elsewhere, to compare with. No promise.' }),
        inForce: limitVersion,
        announced: z.array(limitVersion).meta({ description: 'Not begun yet, soonest first. What began before keeps its version.' }),
        earlier: z.array(limitVersion).meta({ description: 'Over, or taken back; newest first.' }),
      }),
    ),
  })
  .meta({ id: 'PublicLimits' })
