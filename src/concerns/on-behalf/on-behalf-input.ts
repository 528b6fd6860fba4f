import { z } from 'zod'
import { readDate, type DateText } from '../../kernel/index.ts'
import type { Channel } from '../../workflow/index.ts'
import { raiseFields } from '../raising/raise-input.ts'
import { writtenText } from '../texts.ts'

/** The roads by which a concern reaches somebody who writes it down. The form and other programs are the person's own. */
export const onBehalfChannels = ['phone', 'in_person', 'letter', 'email', 'via_champion'] as const satisfies readonly Channel[]

/** A pasted e-mail with all its headers, before they are cut. */
const emailLimit = 100_000
/** A whole shift may come together. More is a meeting, and no form. */
const mostPeople = 20

const receivedOn = z
  .string()
  .meta({ format: 'date', description: 'The day it reached the organisation, by whatever road. Time limits count from it.' })
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-11-20.' })
  .transform((text) => text as DateText)

const { narrative: _narrative, identity: _identity, ...fields } = raiseFields

/** How it came, beside what was said: the part of the input that is the recorder's own. */
export const recordingFields = {
  channel: z.enum(onBehalfChannels),
  receivedOn,
  backDatedReason: writtenText(2_000).optional().meta({ description: 'Needed where it was received before today.' }),
  wantsCode: z.boolean().default(true).meta({ description: 'False: no way back is kept, and the code is thrown away unseen.' }),
  narrative: raiseFields.narrative.optional(),
  email: writtenText(emailLimit).optional().meta({ description: 'In place of the narrative: a pasted e-mail, whose headers are cut.' }),
  identity: raiseFields.identity,
}

type Texts = { readonly narrative?: string | undefined; readonly email?: string | undefined }
type Known = { readonly openness: string; readonly identity?: unknown }

/** What both ways of recording ask of the whole input: a rule, and what is said where it does not hold. */
export const recordingRules = {
  oneText: [
    ({ narrative, email }: Texts) => narrative !== undefined || email !== undefined,
    { path: ['narrative'], params: { code: 'required' }, message: 'Write down what was said.' },
  ],
  notBoth: [
    ({ narrative, email }: Texts) => narrative === undefined || email === undefined,
    { path: ['email'], params: { code: 'one_of_two' }, message: 'Give the narrative or the e-mail, not both.' },
  ],
  anonymousHasNoName: [
    ({ openness, identity }: Known) => openness !== 'anonymous' || identity === undefined,
    {
      path: ['identity'],
      params: { code: 'identity_on_anonymous' },
      message: 'They asked to stay anonymous. Take the name and contact out, or record how they want to be known.',
    },
  ],
} satisfies Record<string, [holds: (input: never) => boolean, said: { path: string[]; params: { code: string }; message: string }]>

/** A concern that a guardian writes down for somebody (`api.md`, `POST /concerns` with a bearer). What depends on the day, the use case judges. */
export const onBehalfInput = z
  .strictObject({
    ...fields,
    ...recordingFields,
    people: z
      .int()
      .min(1)
      .max(mostPeople)
      .default(1)
      .meta({ description: 'How many people raise it together. Each gets a concern and a code of their own; the concerns are linked.' }),
  })
  .refine(...recordingRules.oneText)
  .refine(...recordingRules.notBoth)
  .refine(...recordingRules.anonymousHasNoName)
  .refine((input) => input.people === 1 || input.identity === undefined, {
    path: ['identity'],
    params: { code: 'identity_of_several' },
    message: 'One name cannot stand for several people. Leave it out: each can add theirs with their own code.',
  })

export type OnBehalfInput = z.output<typeof onBehalfInput>
