import { z } from 'zod'
import { consents, elements, extensionReasons, pauseReasons, riskGrades, sendOnReasons, triageDecisions } from '../../workflow/index.ts'

// What the sealed items hold. Read with these schemas too: a genuine item of an older shape must not break a page.

/** SHARED: what the person wrote, with what they were promised. The salt opens their proof of raising. */
export const narrativeContent = z.object({
  narrative: z.string(),
  happened: z.string().nullable(),
  awareSince: z.string().nullable(),
  immediateDanger: z.string().nullable(),
  treatedBadly: z.string().nullable(),
  raisedOn: z.string(),
  readers: z.array(z.object({ id: z.string(), role: z.string(), name: z.string() })),
  commitmentSalt: z.string(),
  /** The rest of what was said and committed to, by the name of its question. Absent in concerns of before it could be shown in parts. */
  said: z.record(z.string(), z.json()).optional(),
  /** What the pages of law and pledge said that day, each by the digest of its texts. Absent in what somebody else recorded. */
  pageEditions: z.array(z.object({ page: z.string(), digest: z.string() })).optional(),
  /** Staff it was kept from: the leads among them are not told of what comes later either. */
  excluded: z.array(z.string()).optional(),
  /** Whom it is about, as the person put it: whoever joins later may be meant by it too. */
  about: z.array(z.string()).optional(),
  /** Brings `about` and `said` to one length together. */
  filler: z.string().optional(),
})
export type NarrativeContent = z.infer<typeof narrativeContent>

/** INTERNAL: what sorts and describes a concern. `excluded` are members of staff it is about: they never get a grant. */
export const headerContent = z.object({
  title: z.string().nullable(),
  elements: z.array(z.enum(elements)),
  /** Codes of local categories, each counted under one of the elements or none. Absent where there is none. */
  categories: z.array(z.string()).optional(),
  site: z.string().nullable(),
  professionalGroup: z.string().nullable(),
  about: z.array(z.string()),
  excluded: z.array(z.string()),
  workerStatus: z.string().nullable(),
  employer: z.string().nullable(),
  language: z.string().nullable(),
  /** Reserved for the counting record that reports will keep: nothing outside this seal ties it to the concern. */
  figuresId: z.string(),
  consent: z.enum(consents).nullable(),
  decision: z.enum(triageDecisions).nullable(),
  /** As triage set it, beside the clear column: a column alone could be switched off by whoever writes to the database. */
  secondApproverRequired: z.boolean().optional(),
  /** The person withdrew and the organisation goes on alone: no name goes any further. */
  organisationLed: z.boolean().optional(),
})
export type HeaderContent = z.infer<typeof headerContent>

/** IDENTITY where confidential, INTERNAL where open. */
export const identityContent = z.object({ name: z.string().nullable(), contact: z.string().nullable() })
export type IdentityContent = z.infer<typeof identityContent>

/** `after` is how many messages of the other side the writer had before them: the order of the thread, known only to its readers. */
export const messageContent = z.object({
  body: z.string(),
  after: z.number().int().min(0),
  /** The date an investigation is expected to end: told with the message. */
  expectedEnd: z.iso.date().optional(),
  /** Staff ask and wait for an answer. */
  question: z.literal(true).optional(),
  /** The question this answers, by the id of its item. */
  answers: z.string().optional(),
  /** A time limit stands still, goes on or is later: told with the message, whatever its writer put. */
  clock: z
    .object({
      change: z.enum(['paused', 'resumed', 'extended']),
      code: z.string(),
      until: z.iso.date().optional(),
      /** The date that the step leaves it with. */
      dueOn: z.iso.date().optional(),
      reasonCode: z.enum([...pauseReasons, ...extensionReasons]).optional(),
    })
    .optional(),
  /** The person asks to take the concern back; what they wrote is the reason, and may be empty. */
  asks: z.literal('withdrawal').optional(),
  /** The person sent the concern on to somebody; what they wrote with it may be empty. */
  sentOn: z.object({ name: z.string(), reason: z.enum(sendOnReasons) }).optional(),
})
export type MessageContent = z.infer<typeof messageContent>

/** DECISION: what a second person is asked to approve. */
export const summaryContent = z.object({
  reasonCode: z.string(),
  reason: z.string(),
  decidedBy: z.string(),
  riskGrade: z.enum(riskGrades).nullable(),
  elements: z.array(z.enum(elements)),
  message: z.string(),
})
export type SummaryContent = z.infer<typeof summaryContent>
