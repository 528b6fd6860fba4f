import { z } from 'zod'
import { optionalLine, optionalText, readDate, shortText, type DateText } from '../../kernel/index.ts'
import { asked, dateInput } from '../changes/asked.ts'
import { newestInForce } from './in-force.ts'
import { textKeys } from './local-texts.ts'
import { textKinds, textMarks, type Texts, type TextVersion } from './text.ts'

/** A version as its row keeps it. It is never changed or deleted, so that what a person saw can be told for good. */
export interface StoredText extends TextVersion {
  readonly id: string
  readonly language: string
  readonly enteredOn: DateText
  /** The id of who entered it; null for what came with the service. */
  readonly enteredBy: string | null
  /** `digestOf` this one text: the same words under the same digest, everywhere and for good. */
  readonly digest: string
}

/** Texts out of the rows. One whose text was taken away is left out. */
export function createStoredTexts(settings: { current(): Promise<{ readonly texts: readonly StoredText[] }> }): Texts {
  return {
    textsInForce: async (keys, on) => newestInForce((await settings.current()).texts, keys, on).filter(({ body }) => body !== ''),
  }
}

/** A tag, typed as it would be in a page's source: it would stand there for all to see. */
const markup = /<\/?[a-z!]/i
const plain = { params: { code: 'markup' }, message: 'Write plain text: tags would be shown as they are typed.' }

const coarseDate = z
  .string()
  .meta({ description: 'YYYY, YYYY-MM or YYYY-MM-DD.', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
  .refine((text) => readDate(text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text) !== null, {
    params: { code: 'not_a_date' },
    message: 'Write a year, a year and month, or a date: 2022, 2022-06 or 2022-06-23.',
  })

export const textInput = z.strictObject({
  key: z.enum(textKeys),
  kind: z.enum(textKinds),
  heading: optionalLine(120).default(''),
  body: optionalText(4_000).refine((text) => !markup.test(text), plain),
  quote: optionalText(2_000)
    .refine((text) => !markup.test(text), plain)
    .default('')
    .meta({ description: 'The source’s own words; empty where the text only says what it means.' }),
  source: shortText(300, 'Say where this text comes from. A text without a source is not shown to anybody.'),
  sourceDate: coarseDate,
  readOn: dateInput.meta({ description: 'The day the source was read.' }),
  mark: z.enum(textMarks),
  checked: z.boolean().meta({ description: 'Whether somebody compared the wording with the source.' }),
  validFrom: dateInput,
  ...asked,
})
export type TextInput = z.output<typeof textInput>
