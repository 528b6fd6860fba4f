import { z } from 'zod'
import { roles } from '../../kernel/index.ts'
import { actions, channels, elements, opennesses, riskGrades, speakUpAgainAnswers, stages, statuses } from '../../workflow/index.ts'
import { clockAnswer, date, id, instant, messageAnswer, next, noFiles, personAnswer, readerAnswer, version } from '../shapes.ts'

const riskGrade = z.enum(riskGrades).nullable()
const title = z
  .string()
  .nullable()
  .meta({ description: 'Null until triage gives one, and where you hold no key to it or it is not genuine.' })
const elementList = z.array(z.enum(elements))

const queueItem = z
  .strictObject({
    id,
    reference: z.string(),
    stage: z.enum(stages),
    status: z.enum(statuses),
    version,
    raisedOn: date,
    openness: z.enum(opennesses),
    danger: z.boolean(),
    riskGrade,
    owner: personAnswer.nullable(),
    coveringFor: personAnswer.nullable().meta({ description: 'Whom the owner stands in for, while that colleague is away or silent.' }),
    nextClock: clockAnswer.nullable(),
    why: z.strictObject({ code: z.string(), words: z.string() }).meta({ description: 'Why it stands where it stands.' }),
    unread: z.boolean(),
    ageInWorkingDays: z.int(),
    title,
    elements: elementList,
  })
  .meta({ id: 'QueueItem' })

const count = z.strictObject({ count: z.int().min(0), more: z.boolean() }).meta({ description: '`more`: counting stopped here.' })

export const queueAnswer = z
  .strictObject({
    items: z.array(queueItem),
    next,
    counts: z.strictObject({ all: count, overdue: count, dueToday: count, unread: count }),
  })
  .meta({ id: 'Queue' })

const fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

const historyEvent = z
  .strictObject({
    kind: z.string(),
    on: date,
    at: instant.nullable().meta({ description: 'Null for what the reporter did: no time of day is kept.' }),
    actor: z.strictObject({ role: z.enum([...roles, 'reporter', 'system']), name: z.string().nullable() }),
    fields: z.record(z.string(), fact).meta({ description: 'Codes, dates and counts, as in the log. No words of anybody.' }),
  })
  .meta({ id: 'HistoryEvent' })

const openClock = z
  .strictObject({
    code: z.string(),
    of: id.nullable().meta({ description: 'The task or report it is for. Null where it is the concern’s own.' }),
    state: z.enum(['running', 'paused', 'late']),
    startedOn: date,
    firstDueOn: date.meta({ description: 'The date that stood first, whatever moved it.' }),
    dueOn: date,
    extensions: z.int(),
    pausedDays: z.int().meta({ description: 'Working days it has stood still in all.' }),
    pausable: z.boolean(),
    pauseUntil: date.nullable().meta({ description: 'The last day a pause from today can reach. Null where none is left.' }),
    aloneUntil: date.meta({ description: 'The last day until which one person may pause it alone.' }),
    extendable: z.boolean(),
  })
  .meta({ id: 'OpenClock', description: 'A clock nobody has stopped, and what may be done to it.' })

export const concernAnswer = z
  .strictObject({
    id,
    reference: z.string(),
    stage: z.enum(stages),
    status: z.enum(statuses),
    version,
    raisedOn: date,
    channel: z.enum(channels),
    openness: z.enum(opennesses),
    riskGrade,
    danger: z.boolean(),
    unread: z.boolean(),
    secondApproverRequired: z.boolean(),
    openDetriment: z.boolean().meta({ description: 'A report of bad treatment is open: the concern can not be closed.' }),
    cycle: z.int().min(1).meta({ description: '1 until it is reopened.' }),
    withdrawalAskedOn: date.nullable().meta({ description: 'The person asked to withdraw on this day and nobody has decided yet.' }),
    organisationLed: z.boolean(),
    owner: personAnswer.nullable(),
    coveringFor: personAnswer.nullable().meta({ description: 'Whom the owner stands in for, while that colleague is away or silent.' }),
    assignees: z.array(
      z.strictObject({ id, name: z.string(), role: z.enum(roles), relation: z.enum(['handler', 'investigator', 'lead']) }),
    ),
    clocks: z.array(clockAnswer),
    openClocks: z.array(openClock),
    history: z.array(historyEvent),
    pendingApproval: z.strictObject({ id, requestedBy: personAnswer, approver: personAnswer, requestedAt: instant }).nullable(),
    allowedActions: z.array(z.enum(actions)),
    mayWriteMessages: z.boolean(),
    mayWriteNotes: z.boolean(),
    mayOpenIdentity: z.boolean(),
    codeIsShared: z
      .boolean()
      .meta({ description: 'Recorded by staff, and the person has not come back yet: the code is not yet theirs alone.' }),
    hasReturnChannel: z.boolean().meta({ description: 'No where the person took no code: nothing that is written here reaches them.' }),
    title,
    elements: elementList,
  })
  .meta({ id: 'ConcernForStaff' })

const note = z
  .strictObject({ id, author: z.string(), body: z.string().nullable(), genuine: z.boolean(), writtenAt: instant })
  .meta({ id: 'Note', description: 'For the team only.' })

const handlingRecord = z
  .strictObject({
    id,
    kind: z.string(),
    author: z.string(),
    writtenAt: instant,
    genuine: z.boolean(),
    content: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What was decided and why. Null where the record is not genuine.' }),
  })
  .meta({ id: 'HandlingRecord' })

const saidIn = z.string().nullable()
const identityFields = { name: z.string().nullable(), contact: z.string().nullable() }

export const contentAnswer = z
  .strictObject({
    narrative: z.string().nullable().meta({ description: 'Null for those who may not read it in its own words.' }),
    genuine: z.boolean(),
    elements: elementList,
    categories: z
      .array(z.strictObject({ code: z.string(), label: z.string() }))
      .meta({ description: "Of this organisation's own, by the name they were offered under." }),
    site: saidIn,
    professionalGroup: saidIn,
    happened: saidIn,
    awareSince: saidIn,
    immediateDanger: saidIn,
    treatedBadly: saidIn,
    about: z.array(z.string()),
    pageEditions: z
      .array(z.strictObject({ page: z.string(), digest: z.string() }))
      .meta({ description: 'What the pages of law and pledge said on the day it was sent, each by the digest of its texts.' }),
    identity: z
      .strictObject(identityFields)
      .nullable()
      .meta({ description: 'Of a person who raised it openly. A confidential name needs its own call.' }),
    messages: z.array(messageAnswer),
    notes: z.array(note),
    records: z.array(handlingRecord),
    feedback: z
      .array(
        z.strictObject({
          on: date,
          genuine: z.boolean(),
          cycle: z.int().nullable(),
          speakUpAgain: z.enum(speakUpAgainAnswers).nullable(),
          listened: z.enum(['yes', 'partly', 'no']).nullable(),
          comment: z.string().nullable(),
        }),
      )
      .meta({ description: 'How it went, as the person said. Null fields where the record is not genuine.' }),
    files: noFiles,
  })
  .meta({ id: 'Content' })

export const identityAnswer = z.strictObject({ ...identityFields, genuine: z.boolean() }).meta({ id: 'Identity' })

export const choicesAnswer = z
  .strictObject({
    investigators: z.array(readerAnswer),
    approvers: z.array(readerAnswer),
    deciders: z.array(readerAnswer),
    owners: z.array(readerAnswer),
    categories: z.array(z.strictObject({ code: z.string(), label: z.string() })),
  })
  .meta({ id: 'Choices' })
