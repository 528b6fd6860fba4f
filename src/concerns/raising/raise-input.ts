import { z } from 'zod'
import { readDate, type IntakeGroupId, readId } from '../../kernel/index.ts'
import { elements, opennesses, professionalGroups, workerStatuses } from '../../workflow/index.ts'
import { noticesAsked } from '../notices/notices.ts'
import { narrativeLimit, shortText, writtenText } from '../texts.ts'

/** `YYYY`, `YYYY-MM` or a full date: nobody is asked to remember more than they do. */
const coarseDate = z
  .string()
  .meta({ description: 'YYYY, YYYY-MM or YYYY-MM-DD.', pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
  .refine((text) => readDate(text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text) !== null, {
    params: { code: 'not_a_date' },
    message: 'Write a year, a year and month, or a date: 2026, 2026-10 or 2026-10-04.',
  })

const identity = z.strictObject({ name: shortText(200).optional(), contact: writtenText(500).optional() })

export const recipients = ['guardians', 'executive_lead', 'non_executive_lead'] as const

/** The fields of a concern, whoever writes them down. */
export const raiseFields = {
  narrative: writtenText(narrativeLimit, 'Tell us what happened.'),
  openness: z.enum(opennesses).default('anonymous'),
  identity: identity.optional(),
  elements: z
    .array(z.enum(elements))
    .max(elements.length)
    .default([])
    .transform((list) => [...new Set(list)]),
  categories: z
    .array(z.string().max(40))
    .max(40)
    .transform((list) => [...new Set(list)])
    .optional()
    .meta({ description: 'Codes of categories of this organisation; each counts under the official element it belongs to.' }),
  site: shortText(200).optional(),
  professionalGroup: z.enum(professionalGroups).optional(),
  happened: writtenText(2_000).optional(),
  awareSince: coarseDate.optional(),
  immediateDanger: z.enum(['yes', 'no', 'not_sure']).optional(),
  treatedBadly: z.enum(['yes', 'no', 'worried']).optional(),
  about: z.array(shortText(200)).max(20).default([]),
  intakeGroup: z
    .string()
    .meta({ format: 'uuid' })
    .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the options.' })
    .transform((text) => text as IntakeGroupId)
    .optional(),
  recipient: z.enum(recipients).default('guardians'),
  deputyMayRead: z.boolean().default(true),
  standby: z.boolean().optional().meta({
    description: 'If nobody answers in the promised time, may the non-executive lead read it? Never where it is about that person.',
  }),
  workerStatus: z.enum(workerStatuses).optional(),
  employer: shortText(200).optional(),
  language: z
    .string()
    .max(35)
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .optional(),
}

/** What a person may say when raising a concern (`api.md`). Pages and API run this same schema. Everything but the narrative is optional. */
export const raiseInput = z
  .strictObject({ ...raiseFields, notices: noticesAsked.optional() })
  .refine((input) => input.openness !== 'anonymous' || input.identity === undefined, {
    path: ['identity'],
    params: { code: 'identity_on_anonymous' },
    message: 'You asked to stay anonymous. Take your name and contact out, or choose to be known.',
  })
  .refine((input) => input.openness !== 'anonymous' || input.notices === undefined, {
    path: ['notices'],
    params: { code: 'notices_on_anonymous' },
    message: 'You asked to stay anonymous. An address would change that: take it out, or choose to be known.',
  })

export type RaiseInput = z.output<typeof raiseInput>
