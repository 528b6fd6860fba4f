import { z } from 'zod'
import { sampleReasons } from '../../concerns/index.ts'
import { id, instant } from '../shapes.ts'

const day = z.string().meta({ format: 'date' })
const until = day.nullable().meta({ description: 'Readable until the day before.' })

const draw = {
  id,
  askedAt: instant,
  size: z.int().meta({ description: 'Of the checkpoint it was drawn from.' }),
  root: z.string(),
  from: day,
  to: day,
  numbers: z.string(),
  population: z.int(),
  count: z.int(),
  answered: z.int(),
  mine: z.boolean().meta({ description: 'You drew it: only then can you read what is unlocked.' }),
}

export const samplesAnswer = z.strictObject({
  items: z.array(z.strictObject(draw).meta({ id: 'SampleDraw' })),
  next: z.null(),
  base: z
    .strictObject({ size: z.int(), root: z.string(), publishedAt: instant })
    .nullable()
    .meta({ description: 'The newest checkpoint. Throw your numbers after it was published.' }),
})

export const drawnAnswer = z.strictObject({ id })

export const sampleAnswer = z
  .strictObject({
    ...draw,
    concerns: z.array(
      z.strictObject({
        place: z.int(),
        alias: z.string(),
        state: z.enum(['waiting', 'unlocked', 'over', 'refused', 'gone']),
        until,
        reason: z.enum(sampleReasons).nullable(),
      }),
    ),
  })
  .meta({ id: 'Sample' })

export const sampleTextAnswer = z
  .strictObject({
    place: z.int(),
    alias: z.string(),
    until: day,
    genuine: z.boolean(),
    masked: z
      .strictObject({
        text: z.string(),
        raisedIn: z.string().meta({ description: 'A month, YYYY-MM.' }),
        steps: z.array(z.strictObject({ to: z.string(), month: z.string() })),
        site: z.string().nullable(),
        profession: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'SampleText' })

const asked = { id, reference: z.string(), askedAt: instant }
export const askedAnswer = z.strictObject({ items: z.array(z.strictObject(asked)), next: z.null() })
export const preparedAnswer = z
  .strictObject({
    ...asked,
    concernId: id,
    text: z.string(),
    from: z.enum(['masked_copy', 'narrative', 'nothing']),
    site: z.string().nullable(),
    profession: z.string().nullable(),
    numbers: z.string(),
  })
  .meta({ id: 'PreparedSample' })

export const unlockedAnswer = z.strictObject({
  until,
  left: z
    .array(z.string())
    .meta({ description: 'What in the text may point to somebody. Nothing is unlocked then: take it out, or send `harmless`.' }),
})
