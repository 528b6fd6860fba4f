import { z } from 'zod'
import { readDate, type DateText } from '../../kernel/index.ts'
import { textKinds, textMarks, textPages, type TextPage } from '../../settings/index.ts'
import { date } from '../shapes.ts'

const pages = Object.keys(textPages) as [TextPage, ...TextPage[]]

export const textsQuery = z.strictObject({
  page: z.enum(pages),
  on: z
    .string()
    .meta({ format: 'date', description: 'A day up to today, whose texts are wanted. Default: today.' })
    .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
    .transform((text) => text as DateText)
    .optional(),
})

const text = z.strictObject({
  key: z.string(),
  version: z.int().min(1),
  validFrom: date,
  kind: z.enum(textKinds).meta({ description: 'What it is to its reader. A pledge is no law, an expectation no duty.' }),
  heading: z.string(),
  body: z.string().meta({ description: 'Plain words; an empty line between paragraphs.' }),
  quote: z.string().nullable().meta({ description: 'The source’s own wording, word for word.' }),
  source: z.string(),
  sourceDate: z.string().meta({ description: 'YYYY, YYYY-MM or YYYY-MM-DD.' }),
  readOn: date,
  mark: z.enum(textMarks).meta({ description: 'V read at the source, V2 read on another page, K+ known and not checked.' }),
  wording: z.enum(['checked', 'check']),
})

export const textsAnswer = z
  .strictObject({
    page: z.enum(pages),
    on: date,
    edition: z.string().meta({ description: 'The mark of the page: a concern keeps it as `pageEditions`.' }),
    items: z.array(text),
  })
  .meta({ id: 'PageTexts' })
