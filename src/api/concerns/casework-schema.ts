import { z } from 'zod'
import { contactChannels, messageChecks, summaryParts } from '../../concerns/index.ts'
import { roles } from '../../kernel/index.ts'
import { detrimentCase } from '../detriment/schema.ts'
import { date, id, instant } from '../shapes.ts'
import { concernAnswer, contentAnswer } from './schema.ts'

const author = z.string().nullable().meta({ description: 'Null where the record is gone.' })

const assessment = z
  .strictObject({
    version: z.int().min(1),
    author,
    writtenAt: instant,
    genuine: z.boolean(),
    content: z.record(z.string(), z.unknown()).nullable().meta({ description: 'As it was sent. Null where the record is not genuine.' }),
  })
  .meta({ id: 'Assessment', description: 'A working view, never a verdict: only a tribunal decides.' })

export const assessmentsAnswer = z
  .strictObject({
    raisedOn: date,
    mayWrite: z.boolean(),
    items: z.array(assessment).meta({ description: 'Oldest first.' }),
  })
  .meta({ id: 'Assessments' })

export const assessedAnswer = z.strictObject({ version: z.int().min(1) }).meta({ id: 'Assessed' })

const contact = z
  .strictObject({
    id,
    author,
    loggedAt: instant,
    channel: z.enum(contactChannels),
    minutes: z.int().min(1),
    on: date.nullable(),
    note: z.string().nullable(),
    genuine: z.boolean(),
  })
  .meta({ id: 'LoggedContact' })

export const contactsAnswer = z
  .strictObject({ mayWrite: z.boolean(), minutes: z.int().min(0), items: z.array(contact).meta({ description: 'Newest first.' }) })
  .meta({ id: 'ContactLog' })

export const timeAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        month: z.string().meta({ description: 'YYYY-MM' }),
        channel: z.enum(contactChannels),
        contacts: z.int().min(1),
        minutes: z.int().min(1),
      }),
    ),
  })
  .meta({ id: 'Time' })

const privateNote = z
  .strictObject({ id, body: z.string().nullable(), genuine: z.boolean(), writtenAt: instant })
  .meta({ id: 'PrivateNote', description: 'Sealed to the writer alone.' })

export const privateNotesAnswer = z.strictObject({ mayWrite: z.boolean(), items: z.array(privateNote) }).meta({ id: 'PrivateNotes' })

export const viewsAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id,
        name: z.string(),
        filter: z.record(z.string(), z.string()).meta({ description: 'Query of `GET /concerns`.' }),
        team: z.boolean(),
        mine: z.boolean(),
        owner: z.string().nullable().meta({ description: 'Who shares it; null for your own.' }),
      }),
    ),
  })
  .meta({ id: 'SavedViews' })

export const previewAnswer = z
  .strictObject({
    readers: z.array(z.strictObject({ name: z.string(), role: z.enum(roles) })),
    checks: z.array(z.strictObject({ code: z.enum(messageChecks), name: z.string().nullable(), dueOn: date.nullable() })),
  })
  .meta({ id: 'MessagePreview' })

export const summaryAnswer = z
  .strictObject({ concern: concernAnswer, content: contentAnswer, include: z.array(z.enum(summaryParts)), printedOn: date })
  .meta({ id: 'Summary' })

export const exportAnswer = z
  .strictObject({
    concern: concernAnswer,
    content: contentAnswer,
    assessments: z.array(assessment),
    contacts: z.array(contact),
    detriment: z.array(detrimentCase),
    privateNotes: z.array(privateNote),
    exportedOn: date,
  })
  .meta({ id: 'Export' })
