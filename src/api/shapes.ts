import { z } from 'zod'
import type { NextClock, Reader, ThreadMessage } from '../concerns/index.ts'
import { roles } from '../kernel/index.ts'
import { clockStates, dueSources, forces } from '../timeliness/index.ts'

// Shapes that several calls answer with, and how they are made from what the use cases give.

export const date = z.iso.date().meta({ description: 'A London date, YYYY-MM-DD.' })
export const instant = z.iso.datetime().meta({ description: 'RFC 3339, UTC, to the second.' })
export const id = z.uuid()
export const version = z.int().min(1).meta({ description: 'Grows with every change. Send it back as expectedVersion.' })
export const role = z.enum(roles)
export const dueFromAnswer = z.enum(dueSources).meta({
  description:
    'What gives the date. limit: so long after it began. notified: the limit, or the date the person was told if that is sooner. set: the date set with each one; the limit holds only where none was.',
})

export const clockAnswer = z
  .strictObject({
    code: z.string(),
    label: z.string(),
    dueOn: date,
    state: z.enum(clockStates),
    words: z.string().meta({ description: 'How it stands, in words.' }),
    workingDaysLeft: z.int().meta({ description: 'Negative when late.' }),
    force: z.enum(forces),
    source: z.string().meta({ description: 'What the limit rests on.' }),
  })
  .meta({ id: 'Clock' })

export function presentClock(clock: NextClock): z.infer<typeof clockAnswer> {
  return {
    code: clock.code,
    label: clock.label,
    dueOn: clock.dueOn,
    state: clock.state,
    words: clock.words,
    workingDaysLeft: clock.workingDaysLeft,
    force: clock.force,
    source: clock.source,
  }
}

export const personAnswer = z.strictObject({ id, name: z.string() }).meta({ id: 'Person' })

export function presentPerson(person: { readonly id: string; readonly name: string }): z.infer<typeof personAnswer> {
  return { id: person.id, name: person.name }
}

export const readerAnswer = z.strictObject({ id, role, name: z.string() }).meta({ id: 'Reader' })

export function presentReader(reader: Reader): z.infer<typeof readerAnswer> {
  return { id: reader.id, role: reader.role, name: reader.name }
}

export const readerNameAnswer = z.strictObject({ role, name: z.string() }).meta({ id: 'ReaderName' })

export function presentReaderName(reader: Pick<Reader, 'role' | 'name'>): z.infer<typeof readerNameAnswer> {
  return { role: reader.role, name: reader.name }
}

export const messageAnswer = z
  .strictObject({
    id,
    from: z.enum(['reporter', 'staff']),
    author: z.string().nullable().meta({ description: 'The member of staff; null for the reporter.' }),
    body: z.string().nullable().meta({ description: 'Null where the record is not genuine.' }),
    genuine: z.boolean(),
    sentOn: date,
    question: z.boolean().meta({ description: 'Staff wait for an answer to it.' }),
    answers: id.nullable().meta({ description: 'The question it answers.' }),
  })
  .meta({ id: 'Message' })

export function presentMessage(message: ThreadMessage): z.infer<typeof messageAnswer> {
  return {
    id: message.id,
    from: message.from,
    author: message.author,
    body: message.body,
    genuine: message.genuine,
    sentOn: message.sentOn,
    question: message.question ?? false,
    answers: message.answers ?? null,
  }
}

export const written = z.strictObject({ id }).meta({ id: 'Written' })

/** Files come with a later release: until then the list is there and empty, so that programs need no change. */
export const noFiles = z.array(z.never()).max(0)

export const cursor = z.string().min(1).max(400).meta({ description: 'What an earlier page gave as `next`.' })
export const next = z.string().nullable().meta({ description: 'Send it as `cursor` for the next page; null on the last.' })
