import { z } from 'zod'
import { readDate, readId, type DateText, type UserId } from '../../kernel/index.ts'
import {
  actionEnds,
  conflictAnswers,
  consents,
  elements,
  escalationTargets,
  extensionReasons,
  feedbackShared,
  findings,
  firstContactParts,
  followUps,
  identityGrounds,
  notInvestigatedReasons,
  outcomes,
  pauseReasons,
  referralTargets,
  riskGrades,
  statuses,
  triageDecisions,
} from '../../workflow/index.ts'
import { readReference } from '../reference.ts'
import { shortText, writtenText } from '../texts.ts'

const message = writtenText(10_000, 'Write what the person will read.')
const reason = writtenText(4_000, 'Give the reason.')
const person = z
  .string()
  .meta({ format: 'uuid' })
  .refine((text) => readId(text) !== null, { params: { code: 'not_an_option' }, message: 'Choose one of the people listed.' })
  .transform((text) => text as UserId)
const date = z
  .string()
  .meta({ format: 'date' })
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
  .transform((text) => text as DateText)
const expectedVersion = z.int().min(1)
const parts = z
  .array(z.enum(firstContactParts))
  .max(firstContactParts.length)
  .transform((list) => [...new Set(list)])
/** A clock by its code, a task's own by the task too. */
const clock = z.string().max(10)
const of = z.string().meta({ format: 'uuid' }).optional()
const tellingReason = writtenText(4_000, 'Give the reason, as the person will read it.')
const shortNote = writtenText(4_000).optional()

/** The bodies of the actions (`api.md`), one schema each, run by pages and API alike. Guards are the workflow's. */
export const actionInputs = {
  acknowledge: z.strictObject({ expectedVersion, message, firstContact: parts.optional() }),
  triage: z.strictObject({
    expectedVersion,
    riskGrade: z.enum(riskGrades),
    elements: z
      .array(z.enum(elements))
      .max(elements.length)
      .transform((list) => [...new Set(list)]),
    categories: z
      .array(z.string().max(40))
      .max(40)
      .transform((list) => [...new Set(list)])
      .optional(),
    decision: z.enum(triageDecisions),
    consent: z.enum(consents),
    conflict: z.enum(conflictAnswers),
    title: shortText(120),
    note: writtenText(10_000).optional(),
  }),
  start_investigation: z.strictObject({
    expectedVersion,
    investigatorId: person,
    terms: writtenText(10_000, 'Write the terms of reference.'),
    expectedEnd: date,
    message,
    maskedCopy: writtenText(20_000).optional(),
  }),
  resolve_without_investigation: z.strictObject({
    expectedVersion,
    reasonCode: z.enum(notInvestigatedReasons),
    reason,
    decidedBy: person,
    approver: person.optional(),
    message,
  }),
  refer: z.strictObject({
    expectedVersion,
    to: z.enum(referralTargets),
    recipient: shortText(200),
    shareIdentity: z.boolean(),
    identityOverride: z.strictObject({ ground: z.enum(identityGrounds), reason }).optional(),
    reason,
    message,
  }),
  record_findings: z.strictObject({
    expectedVersion,
    findings: z.array(z.strictObject({ allegation: writtenText(2_000), finding: z.enum(findings) })).max(50),
    learning: writtenText(10_000, 'Say what was learned, or that nothing was.'),
    actions: z.array(z.strictObject({ description: writtenText(2_000), owner: shortText(200), dueOn: date })).max(50),
  }),
  resolve: z.strictObject({
    expectedVersion,
    outcome: z.enum(outcomes),
    feedbackShared: z.enum(feedbackShared),
    learning: writtenText(10_000, 'Say what was learned, or that nothing was.'),
    message,
  }),
  close: z.strictObject({
    expectedVersion,
    followUp: z.enum(followUps),
    actions: z.enum(actionEnds).optional(),
    plan: writtenText(2_000, 'Say which plan they go on in.').optional(),
    note: writtenText(4_000).optional(),
  }),
  reopen: z.strictObject({ expectedVersion, reason, message: message.optional() }),
  withdraw: z.strictObject({ expectedVersion, reason, organisationMustAct: z.boolean(), message: message.optional() }),
  assign: z.strictObject({ expectedVersion, userId: person, note: writtenText(4_000).optional() }),
  declare_conflict: z.strictObject({ expectedVersion }),
  escalate: z.strictObject({ expectedVersion, to: z.enum(escalationTargets), reason, shareContent: z.boolean().default(true) }),
  screen_risk: z.strictObject({ expectedVersion, riskGrade: z.enum(riskGrades), note: shortNote }),
  record_first_contact: z.strictObject({ expectedVersion, parts, note: shortNote }),
  pause_clock: z.strictObject({
    expectedVersion,
    clock,
    of,
    until: date,
    reasonCode: z.enum(pauseReasons).default('other'),
    reason: tellingReason,
    authorisedBy: person.optional(),
  }),
  resume_clock: z.strictObject({ expectedVersion, clock, of, reason: shortNote }),
  extend_clock: z.strictObject({
    expectedVersion,
    clock,
    of,
    until: date,
    reasonCode: z.enum(extensionReasons).default('other'),
    reason: tellingReason,
  }),
  record_follow_up: z.strictObject({
    expectedVersion,
    months: z.union([z.literal(3), z.literal(6)]),
    note: writtenText(4_000, 'Write what was said.'),
  }),
} as const

export type ActionName = keyof typeof actionInputs
/** Actions after which the person still sees the concern. */
export type StepName = Exclude<ActionName, 'declare_conflict'>
export type ActionInput<A extends ActionName> = z.output<(typeof actionInputs)[A]>

export const approvalDecision = z.strictObject({
  decision: z.enum(['approve', 'refuse']),
  otp: z.string().max(20),
  note: writtenText(4_000).optional(),
})
export const identityRequest = z.strictObject({ reason, otp: z.string().max(20) })
/** `question`: the person's inbox asks for an answer to it. */
export const messageInput = z.strictObject({ body: message, question: z.boolean().optional() })
export type MessageInput = z.output<typeof messageInput>
export const noteInput = z.strictObject({ body: writtenText(10_000, 'Write the note.') })

const reference = z
  .string()
  .max(40)
  .transform(readReference)
  .refine((found) => found !== null, { params: { code: 'not_a_reference' }, message: 'Write a reference like F-A6N5-A9J1.' })

export const queueFilter = z.strictObject({
  reference: reference.optional(),
  stage: z.enum(['raised', 'acknowledged', 'investigated', 'resolved']).optional(),
  status: z.enum(statuses).optional(),
  due: z.enum(['overdue', 'today', 'soon']).optional(),
  owner: z.union([z.literal('none'), z.literal('me'), person]).optional(),
  unread: z.literal('yes').optional(),
  openness: z.enum(['open', 'confidential', 'anonymous']).optional(),
  danger: z.literal('yes').optional(),
  detriment: z.literal('yes').optional(),
  raised: z.literal('this_week').optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})
export type QueueFilter = z.output<typeof queueFilter>
