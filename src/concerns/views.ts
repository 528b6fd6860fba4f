import type {
  Action,
  Channel,
  DetrimentStatus,
  DetrimentType,
  Element,
  FeedbackShared,
  Openness,
  Outcome,
  RiskGrade,
  SendOnReason,
  SpeakUpAgain,
  Stage,
  Status,
} from '../workflow/index.ts'
import type { ClockView, NextClock, OpenClock } from './clocks/clock-view.ts'
import type { MovedClock } from './inbox/moved-clocks.ts'
import type { ApprovalId, ConcernId, DateText, Role, UserId } from '../kernel/index.ts'

// What the use cases hand to the edges: plain values, no rows, nothing sealed.

export interface Reader {
  readonly id: UserId
  readonly role: Role
  readonly name: string
  readonly deputy: boolean
}

/** The answer to raising a concern. Shown once; repeatable only while the receipt lives. */
export interface RaisedAnswer {
  readonly token: string
  readonly stage: 'raised'
  readonly raisedOn: DateText
  readonly acknowledgeBy: DateText
  /** Without `deputy` where it was kept by an earlier release. */
  readonly readers: readonly (Pick<Reader, 'role' | 'name'> & Partial<Pick<Reader, 'deputy'>>)[]
  readonly receipt: string
}

export interface ThreadMessage {
  readonly id: string
  readonly from: 'reporter' | 'staff'
  /** The member of staff's name; null for the reporter. */
  readonly author: string | null
  /** Null where the record is not genuine: nothing of it is shown. */
  readonly body: string | null
  readonly genuine: boolean
  /** A date only: neither side learns the other's hours here. */
  readonly sentOn: DateText
  /** Staff wait for an answer to it. */
  readonly question?: true
  /** The question it answers, by its id. */
  readonly answers?: string
}

export interface Inbox {
  readonly stage: Stage
  readonly status: Status
  readonly raisedOn: DateText
  readonly clocks: readonly ClockView[]
  /** What the person wrote when raising, as sent. */
  readonly narrative: string | null
  readonly messages: readonly ThreadMessage[]
  readonly files: readonly never[]
  readonly allowedActions: readonly InboxAction[]
  readonly readers: readonly Pick<Reader, 'role' | 'name' | 'deputy'>[]
  /** The day on which the person asked to take it back, until somebody decides on it. */
  readonly withdrawalAskedOn: DateText | null
  /** The person took it back, and the organisation must go on without them. */
  readonly organisationLed: boolean
  /** The day on which it was opened again, until it has ended once more. */
  readonly reopenedOn: DateText | null
  /** Nobody who could read it is left: the person is told where else to go. */
  readonly nobodyLeft: boolean
  readonly openness: Openness
  /** Messages of staff that wait for an answer, oldest first. */
  readonly questions: readonly ThreadMessage[]
  /** Null while the work goes on. */
  readonly outcome: { readonly code: Outcome; readonly feedbackShared: FeedbackShared | null; readonly on: DateText } | null
  /** Days ahead, soonest first. */
  readonly nextDates: readonly { readonly code: NextDateCode; readonly dueOn: DateText }[]
  /** The next days on which messages are read. */
  readonly readingDays: readonly DateText[]
  /** The person's own reports of bad treatment, oldest first. */
  readonly detriment: readonly DetrimentReport[]
  /** Somebody else held the code first: a new one is taken before anything else. */
  readonly newCodeFirst: boolean
  /** Pauses and extensions of the clocks above. */
  readonly movedClocks: readonly MovedClock[]
  /** Why it may be sent on, and to whom next; null where every promise was kept. `to` is null where nobody is left. */
  readonly sendOn: { readonly reasons: readonly SendOnReason[]; readonly to: Pick<Reader, 'id' | 'role' | 'name'> | null } | null
  /** Whom the person has sent it on to, by name, and when. */
  readonly sentOn: readonly { readonly name: string; readonly on: DateText }[]
  /** How the person is treated is asked so many months after the outcome; null where it is not time. */
  readonly followUp: 3 | 6 | null
}

export type InboxAction =
  | 'write'
  | 'answer_question'
  | 'say_more'
  | 'withdraw'
  | 'give_feedback'
  | 'report_detriment'
  | 'replace_token'
  | 'send_on'
  | 'answer_follow_up'
export type NextDateCode = 'reply' | 'decision' | 'investigation_end' | 'outcome' | 'check_3_months' | 'check_6_months' | 'treatment_review'

/** A report of bad treatment for speaking up, as its writer and the handlers see it. */
export interface DetrimentReport {
  readonly id: string
  readonly reportedOn: DateText
  readonly status: DetrimentStatus
  /** Empty where the record is not genuine. */
  readonly kinds: readonly DetrimentType[]
  readonly description: string | null
  readonly genuine: boolean
}

export interface HistoryEvent {
  readonly kind: string
  readonly on: DateText
  /** Null for a reporter's act. */
  readonly at: Temporal.Instant | null
  readonly actor: { readonly role: Role | 'reporter' | 'system'; readonly name: string | null }
  readonly fields: Readonly<Record<string, unknown>>
  /** Who looks after it from then on, where that changed and they are still here. */
  readonly newOwner?: string
}

export interface PendingApproval {
  readonly id: ApprovalId
  readonly requestedBy: { readonly id: UserId; readonly name: string }
  readonly approver: { readonly id: UserId; readonly name: string }
  readonly requestedAt: Temporal.Instant
}

/** A concern as its handlers see it, without what was said. */
export interface ConcernView {
  readonly id: ConcernId
  readonly reference: string
  readonly stage: Stage
  readonly status: Status
  readonly version: number
  readonly raisedOn: DateText
  readonly channel: Channel
  readonly openness: Openness
  readonly riskGrade: RiskGrade | null
  readonly danger: boolean
  readonly unread: boolean
  readonly secondApproverRequired: boolean
  /** A report of bad treatment for speaking up that nobody has closed: it keeps the concern from being closed. */
  readonly openDetriment: boolean
  /** Which time round it is: 1 until it is reopened. */
  readonly cycle: number
  /** The day on which the person asked to withdraw, until somebody decides on it. */
  readonly withdrawalAskedOn: DateText | null
  /** The person withdrew and the organisation goes on without them. */
  readonly organisationLed: boolean
  readonly owner: { readonly id: UserId; readonly name: string } | null
  /** Whom the owner stands in for, while that colleague is away or silent. */
  readonly coveringFor: { readonly id: UserId; readonly name: string } | null
  readonly assignees: readonly {
    readonly id: UserId
    readonly name: string
    readonly role: Role
    readonly relation: 'handler' | 'investigator' | 'lead'
  }[]
  readonly clocks: readonly ClockView[]
  readonly openClocks: readonly OpenClock[]
  readonly openTasks: number
  /** Actions set with findings that no task stands for: those of before tasks were kept. */
  readonly untrackedActions: number
  readonly history: readonly HistoryEvent[]
  readonly pendingApproval: PendingApproval | null
  readonly allowedActions: readonly Action[]
  /** The reader holds the thread and nothing else: the person sent it on to them. */
  readonly threadAlone: boolean
  readonly mayWriteMessages: boolean
  readonly mayWriteNotes: boolean
  readonly mayOpenIdentity: boolean
  /** Somebody recorded it, and the person has not come back yet: whoever held the code since could still use it. */
  readonly codeIsShared: boolean
  /** False where the person took no code: nothing that is written here reaches them. */
  readonly hasReturnChannel: boolean
  readonly title: string | null
  readonly elements: readonly Element[]
}

export interface Note {
  readonly id: string
  readonly author: string
  readonly body: string | null
  readonly genuine: boolean
  readonly writtenAt: Temporal.Instant
}

/** A sealed record of handling (triage note, terms, findings, referral, outcome …) in the order it was made. */
export interface HandlingRecord {
  readonly id: string
  readonly kind: string
  readonly author: string
  readonly writtenAt: Temporal.Instant
  readonly genuine: boolean
  readonly content: unknown
}

/** What was said. Fields the reader holds no grant for are null or empty. */
export interface ConcernContent {
  readonly narrative: string | null
  readonly genuine: boolean
  readonly elements: readonly Element[]
  /** Local categories, by the name they were offered under. */
  readonly categories: readonly { readonly code: string; readonly label: string }[]
  readonly site: string | null
  readonly professionalGroup: string | null
  readonly happened: string | null
  readonly awareSince: string | null
  readonly immediateDanger: string | null
  readonly treatedBadly: string | null
  readonly about: readonly string[]
  /** What each page of law and pledge said on the day it was sent, by the digest of its texts; empty where somebody else recorded it. */
  readonly pageEditions: readonly { readonly page: string; readonly digest: string }[]
  /** The name and contact of a person who raised openly; a confidential person's needs the identity door. */
  readonly identity: { readonly name: string | null; readonly contact: string | null } | null
  readonly messages: readonly ThreadMessage[]
  readonly notes: readonly Note[]
  readonly records: readonly HandlingRecord[]
  /** How it went, as the person said; one for each time round, oldest first. */
  readonly feedback: readonly Feedback[]
  readonly files: readonly never[]
}

export interface Feedback {
  readonly on: DateText
  readonly genuine: boolean
  readonly cycle: number | null
  readonly speakUpAgain: SpeakUpAgain | null
  readonly listened: 'yes' | 'partly' | 'no' | null
  readonly comment: string | null
}

/** What a second person sees of a decision: a summary sealed to them, not the concern. */
export interface ApprovalSummary {
  readonly id: ApprovalId
  readonly concernId: ConcernId
  readonly reference: string
  readonly requestedBy: string
  readonly requestedAt: Temporal.Instant
  readonly genuine: boolean
  readonly reasonCode: string | null
  readonly reason: string | null
  readonly decidedBy: string | null
  readonly riskGrade: RiskGrade | null
  readonly elements: readonly Element[]
}

/** Timing first: what a lead sees of a concern that was escalated. `mayOpen` says whether content was granted too. */
export interface EscalatedConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly stage: Stage
  readonly status: Status
  readonly raisedOn: DateText
  readonly riskGrade: RiskGrade | null
  readonly escalatedAt: Temporal.Instant
  readonly nextClock: NextClock | null
  readonly mayOpen: boolean
}
