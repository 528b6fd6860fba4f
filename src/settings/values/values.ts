import { z } from 'zod'
import { optionalLine, optionalText, shortText } from '../../kernel/index.ts'
import { asked } from '../changes/asked.ts'
import { firstCover, storedCover, type CoverValues } from '../cover/cover.ts'
import { firstNotice, storedNotice, type NoticeValues } from '../limits/notice.ts'
import { storedOnCall, type OnCallValues } from '../on-call/on-call.ts'
import { firstSnippets } from '../snippets/first-snippets.ts'
import { storedSnippets, type SnippetValues } from '../snippets/snippets.ts'
import { contrastRatio, leastContrast } from './contrast.ts'

/** How a case is counted in figures; no official rule was found (`domain.md` 3.2), so the choice and its source are written down. */
export const countingUnits = ['per_person', 'per_matter'] as const
export type CountingUnit = (typeof countingUnits)[number]

/** Whether the form takes anything in, and what its pages say about that. */
export interface ServiceValues {
  /** Where Leave goes: https, about nothing in particular. */
  readonly leaveTo: string
  /** What the people who read the form are called on its pages; empty where nothing is said. */
  readonly teamName: string
  readonly open: boolean
  /** Shown on the first page, open or closed; empty for none. */
  readonly notice: string
}

/** How the service looks and calls itself. */
export interface BrandValues {
  /** Ends every page title, so it stays in browser history. */
  readonly serviceName: string
  /** In the footer, and beside the logo where the NHS look is on; empty shows none. */
  readonly organisationName: string
  /** `#rrggbb` */
  readonly headerColour: string
  readonly headerTextColour: string
  /** The NHS's own blue and logo: for bodies that may use them, which is why an ODS code is asked for. */
  readonly nhsLook: boolean
}

export interface OrganisationValues {
  readonly name: string
  /** The Organisation Data Service's code, capitals; null where there is none. */
  readonly odsCode: string | null
  readonly countingUnit: CountingUnit
  readonly countingUnitSource: string
}

/** How long the log can be read by name after somebody left. */
export interface NameValues {
  /** Whole years. */
  readonly years: number
  readonly source: string
}

/** When the regular note goes out. */
export interface MailValues {
  /** `hh:mm`, Europe/London, in order; none: nobody gets the note. */
  readonly noteTimes: readonly string[]
  readonly noteDays: NoteDays
}

export const noteDays = ['working_days', 'every_day'] as const
export type NoteDays = (typeof noteDays)[number]

export interface Values {
  /** Where a concern goes whose writer was not sure: the group that was there first, until an administrator says otherwise. */
  readonly intake: { readonly unsureGroupId: string | null }
  readonly service: ServiceValues
  readonly brand: BrandValues
  readonly counting: Pick<OrganisationValues, 'countingUnit' | 'countingUnitSource'>
  readonly names: NameValues
  readonly mail: MailValues
  readonly onCall: OnCallValues
  readonly notice: NoticeValues
  readonly snippets: SnippetValues
  readonly cover: CoverValues
}

/** What holds until an administrator says otherwise. */
export const firstValues: Values = {
  intake: { unsureGroupId: null },
  service: { leaveTo: 'https://www.bbc.co.uk/weather', teamName: '', open: true, notice: '' },
  brand: {
    serviceName: 'Staff form',
    organisationName: '',
    headerColour: '#37414b',
    headerTextColour: '#ffffff',
    nhsLook: false,
  },
  counting: {
    countingUnit: 'per_person',
    countingUnitSource: 'Local choice. No official rule says whether five people with one matter are five cases or one.',
  },
  names: {
    years: 6,
    source:
      'Local figure. No official rule was found on how long names behind a log of this kind are kept. Six years is the time limit for claims in tort and contract in England and Wales (Limitation Act 1980, sections 2 and 5).',
  },
  mail: { noteTimes: ['08:00', '14:00'], noteDays: 'working_days' },
  onCall: { people: [], outside: '', patience: 30 },
  notice: firstNotice,
  snippets: firstSnippets,
  cover: firstCover,
}

const httpsAddress = shortText(300, 'Give the address that Leave opens.').refine(isHttps, {
  params: { code: 'not_https' },
  message: 'Give a full address that begins with https://, of somebody else’s site.',
})

function isHttps(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hostname } = new URL(text)
  return protocol === 'https:' && username === '' && password === '' && isOutside(hostname)
}

/** A name out in the world: a number or a name inside the house leads to a machine whose keeper could note who leaves, and when. */
function isOutside(hostname: string): boolean {
  const last = hostname.replace(/\.$/, '').split('.').slice(1).at(-1) ?? ''
  return /^[a-z][a-z0-9-]+$/.test(last) && !inside.has(last)
}

const inside: ReadonlySet<string> = new Set([
  'local',
  'localhost',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'localdomain',
  'private',
  'test',
])

/** Words that a passer-by could take from a title in the task bar or the history. */
const telling = /whistle|speak|concern|raise|report|complain|guardian|disclos|blow/i

const colour = z
  .string()
  .max(7)
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => /^#[0-9a-f]{6}$/.test(text), {
    params: { code: 'wrong_format' },
    message: 'Write the colour as # and six digits or letters a to f, like #37414b.',
  })

export const serviceInput = z.strictObject({
  leaveTo: httpsAddress,
  teamName: optionalLine(60).default(''),
  open: z.boolean(),
  notice: optionalText(600).default(''),
  ...asked,
})

interface Colours {
  readonly headerColour: string
  readonly headerTextColour: string
}

const contrastOf = ({ headerColour, headerTextColour }: Colours): number => contrastRatio(headerColour, headerTextColour)

function areColours(value: unknown): value is Colours {
  const held: Partial<Record<keyof Colours, unknown>> = typeof value === 'object' && value !== null ? value : {}
  return [held.headerColour, held.headerTextColour].every((one) => typeof one === 'string' && /^#[0-9a-f]{6}$/i.test(one))
}

export const brandInput = z
  .strictObject({
    serviceName: shortText(40, 'Give the service a name.').refine((name) => !telling.test(name), {
      params: { code: 'not_neutral' },
      message: 'Choose a name that says nothing about raising concerns: it stays in browser history.',
    }),
    organisationName: optionalLine(100).default(''),
    headerColour: colour,
    headerTextColour: colour,
    nhsLook: z.boolean(),
    ...asked,
  })
  .refine((colours) => contrastOf(colours) >= leastContrast, {
    path: ['headerColour'],
    params: { code: 'low_contrast' },
    error: ({ input }) =>
      `The contrast is ${floorTo2(contrastOf(input as Colours))} : 1. It has to be 4.5 : 1 or more, or people cannot read the header.`,
    // Whatever else is wrong with the form, as long as both are colours
    when: ({ value }) => areColours(value),
  })

/** 4.499 must not read as 4.5. */
export const floorTo2 = (ratio: number): string => (Math.floor(ratio * 100) / 100).toFixed(2)

export const organisationInput = z.strictObject({
  name: shortText(100, 'Give the organisation’s name.'),
  odsCode: optionalLine(10)
    .transform((text) => text.toUpperCase())
    .refine((text) => /^([A-Z0-9]{3,10})?$/.test(text), {
      params: { code: 'wrong_format' },
      message: 'An ODS code is three to ten letters and digits, like RX1.',
    })
    .transform((text) => (text === '' ? null : text))
    .meta({ description: 'Empty for none.' }),
  countingUnit: z.enum(countingUnits),
  countingUnitSource: shortText(300, 'Say where this rule comes from.'),
  ...asked,
})

export const namesInput = z.strictObject({
  years: z.int('Give whole years, as a number.').min(1, 'Give one year or more.').max(30, 'Give thirty years or fewer.'),
  source: shortText(300, 'Say where this figure comes from.'),
  ...asked,
})

const timeOfDay = z
  .string()
  .max(10)
  .transform((text) =>
    text
      .trim()
      .replace(/^(\d)([:.])/, '0$1$2')
      .replace('.', ':'),
  )
  .refine((text) => isTime(text), { params: { code: 'wrong_format' }, message: 'Write a time of the day like 08:00 or 14:30.' })

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

export const mailInput = z.strictObject({
  noteTimes: z
    .array(timeOfDay)
    .min(1, 'Give one time or more.')
    .max(4, 'Give four times or fewer.')
    .transform((times) => [...new Set(times)].sort())
    .meta({ description: 'Times of the day in London, like 08:00.' }),
  noteDays: z.enum(noteDays),
  ...asked,
})
export type MailInput = z.output<typeof mailInput>

export type NamesInput = z.output<typeof namesInput>
export type ServiceInput = z.output<typeof serviceInput>
export type BrandInput = z.output<typeof brandInput>
export type OrganisationInput = z.output<typeof organisationInput>

/** As rows hold them. A row of an older shape counts as not there, so that it breaks no page. */
export const storedValues = {
  intake: z.object({ unsureGroupId: z.string().nullable() }),
  service: z.object({ leaveTo: z.string().refine(isHttps), teamName: z.string(), open: z.boolean(), notice: z.string() }),
  brand: z.object({
    serviceName: z.string().min(1),
    organisationName: z.string(),
    headerColour: z.string().regex(/^#[0-9a-f]{6}$/),
    headerTextColour: z.string().regex(/^#[0-9a-f]{6}$/),
    nhsLook: z.boolean(),
  }),
  counting: z.object({ countingUnit: z.enum(countingUnits), countingUnitSource: z.string() }),
  names: z.object({ years: z.int().min(1), source: z.string() }),
  onCall: storedOnCall,
  mail: z.object({ noteTimes: z.array(z.string().refine(isTime)).min(1), noteDays: z.enum(noteDays) }),
  notice: storedNotice,
  snippets: storedSnippets,
  cover: storedCover,
} as const
