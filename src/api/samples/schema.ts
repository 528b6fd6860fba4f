import { z } from 'zod'
import { sampleReasons } from '../../concerns/index.ts'
import { id, instant } from '../shapes.ts'

const day = z.string().meta({ format: 'date' })
const until = day.nullable().meta({ description: 'Readable until the day before.' })

const sample = {
  id,
  from: day,
  to: day,
  count: z.int(),
  mine: z.boolean().meta({ description: 'You fixed it: only then can you give its numbers, and read what is unlocked.' }),
  state: z.enum(['waiting', 'covered', 'lapsed', 'drawn']).meta({
    description: 'Waits for a checkpoint; for its numbers; was not drawn in time and never will be; was drawn.',
  }),
  fixed: z
    .strictObject({
      at: instant,
      entry: id.meta({ description: 'The entry that fixed it.' }),
      commitment: z.string(),
      until: day.meta({ description: 'The last day on which its numbers can be given.' }),
      base: z
        .strictObject({ size: z.int(), root: z.string(), publishedAt: instant })
        .nullable()
        .meta({ description: 'The first checkpoint that covers its entry. Give the numbers once it is there, and not before.' }),
    })
    .nullable()
    .meta({ description: 'Null for one of an earlier release.' }),
  drawn: z
    .strictObject({ at: instant, size: z.int(), root: z.string(), numbers: z.string(), population: z.int(), answered: z.int() })
    .nullable(),
}

export const samplesAnswer = z.strictObject({ items: z.array(z.strictObject(sample).meta({ id: 'SampleFacts' })), next: z.null() })

export const fixedAnswer = z.strictObject({ id })

export const sampleAnswer = z
  .strictObject({
    ...sample,
    concerns: z.array(
      z.strictObject({
        place: z.int(),
        alias: z.string(),
        state: z.enum(['waiting', 'unlocked', 'over', 'refused', 'lapsed', 'gone']),
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

const asked = { id, reference: z.string(), askedAt: instant, answerUntil: day }
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
    fixedAt: instant.nullable(),
  })
  .meta({ id: 'PreparedSample' })

export const unlockedAnswer = z.strictObject({
  until,
  left: z
    .array(z.string())
    .meta({ description: 'What in the text may point to somebody. Nothing is unlocked then: take it out, or send `harmless`.' }),
})
