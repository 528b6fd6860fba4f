import type { DateText, Role, UserId } from '../kernel/index.ts'
import type { Status } from './statuses.ts'
import type {
  ActionEnd,
  ConflictAnswer,
  Consent,
  Element,
  EscalationTarget,
  ExtensionReason,
  FeedbackShared,
  Finding,
  FirstContactPart,
  FollowUp,
  IdentityGround,
  NotInvestigatedReason,
  Openness,
  Outcome,
  PauseReason,
  ReferralTarget,
  RiskGrade,
  TriageDecision,
} from './vocabulary.ts'

/**
 * What a person is to a concern. A role alone opens nothing.
 *
 * - `handler`: holds its keys as a guardian, or as the lead it went to because the reporter chose so or no guardian was free;
 * - `investigator_assigned`: named to investigate it;
 * - `lead_escalated`: a lead it was escalated to;
 * - `approver`: the second person asked to approve a decision on it.
 */
const relations = ['handler', 'investigator_assigned', 'lead_escalated', 'approver'] as const
export type Relation = (typeof relations)[number]

/** A clock that nobody has stopped, as far as steps on it go by it: codes and dates, nothing reckoned here. */
export interface ClockStanding {
  readonly code: string
  /** The task it is for; null where it is the concern's own. */
  readonly of: string | null
  readonly state: 'running' | 'paused' | 'late'
  readonly dueOn: DateText
  /** Whether its rule lets it pause at all. */
  readonly pausable: boolean
  /** The last day until which a pause from today can reach; null where no pause is left. */
  readonly pauseUntil: DateText | null
  /** The last day until which one person may pause it without another's leave. */
  readonly aloneUntil: DateText
  readonly extendable: boolean
}

/** Enough to draw the buttons: what stands in clear, so nothing needs opening. */
export interface Standing {
  readonly status: Status
  readonly clocks: readonly ClockStanding[]
  /** What the acting person is to this concern; empty for everybody it does not concern. */
  readonly relations: readonly Relation[]
  /** A resolution without investigation that waits for its second person. */
  readonly pendingApproval: { readonly requestedBy: UserId; readonly approver: UserId } | null
}

/** All that the guards go by. */
export interface Facts extends Standing {
  /** The person acting. */
  readonly person: UserId
  readonly today: DateText
  readonly openness: Openness
  /** Whether an answer can reach the person who raised it. */
  readonly hasReturnChannel: boolean
  /** As recorded at triage; null before. */
  readonly consent: Consent | null
  /** As set once at triage; false before. */
  readonly secondApproverRequired: boolean
  /** Members of staff the concern is about. */
  readonly about: ReadonlySet<UserId>
  /** Everyone who holds its keys as a handler, the owner among them. */
  readonly handlers: ReadonlySet<UserId>
  readonly investigator: UserId | null
  /** A report of bad treatment for speaking up that nobody has closed. */
  readonly openDetriment: boolean
  /** How many actions were set with findings over all its cycles that no task keeps track of. */
  readonly actionsSet: number
  /** How many tasks nobody has done or passed on. */
  readonly openTasks: number
  /** Active members of staff and their roles. */
  readonly staff: ReadonlyMap<UserId, readonly Role[]>
}

/** What each action has to be told, the version of the concern apart. `message` is what the person who raised it will read. */
export interface Inputs {
  acknowledge: { readonly message: string }
  triage: {
    readonly riskGrade: RiskGrade
    readonly elements: readonly Element[]
    readonly decision: TriageDecision
    readonly consent: Consent
    readonly conflict: ConflictAnswer
    readonly title: string
  }
  start_investigation: {
    readonly investigatorId: UserId
    readonly terms: string
    readonly expectedEnd: DateText
    readonly message: string
  }
  resolve_without_investigation: {
    readonly reasonCode: NotInvestigatedReason
    readonly reason: string
    readonly decidedBy: UserId
    readonly approver?: UserId | undefined
    readonly message: string
  }
  refer: {
    readonly to: ReferralTarget
    readonly recipient: string
    readonly shareIdentity: boolean
    readonly identityOverride?: { readonly ground: IdentityGround; readonly reason: string } | undefined
    readonly reason: string
    readonly message: string
  }
  record_findings: {
    readonly findings: readonly { readonly allegation: string; readonly finding: Finding }[]
    readonly learning: string
    readonly actions: readonly { readonly description: string; readonly owner: string; readonly dueOn: DateText }[]
  }
  resolve: {
    readonly outcome: Outcome
    readonly feedbackShared: FeedbackShared
    readonly learning: string
    readonly message: string
  }
  close: {
    readonly followUp: FollowUp
    /** What became of the actions that were set; absent where none were. */
    readonly actions?: ActionEnd | undefined
    /** Which plan they go on in. */
    readonly plan?: string | undefined
  }
  reopen: { readonly reason: string }
  withdraw: { readonly reason: string; readonly organisationMustAct: boolean }
  assign: { readonly userId: UserId }
  declare_conflict: object
  escalate: { readonly to: EscalationTarget; readonly reason: string }
  screen_risk: { readonly riskGrade: RiskGrade }
  record_first_contact: { readonly parts: readonly FirstContactPart[] }
  /** `reason` is what the person who raised it will read. */
  pause_clock: OneClock & {
    readonly until: DateText
    readonly reasonCode: PauseReason
    readonly reason: string
    /** Who else agreed to it. */
    readonly authorisedBy?: UserId | undefined
  }
  resume_clock: OneClock
  extend_clock: OneClock & { readonly until: DateText; readonly reasonCode: ExtensionReason; readonly reason: string }
  record_follow_up: { readonly months: 3 | 6; readonly note: string }
}

/** Which clock: its code, and the task where it is a task's. */
export interface OneClock {
  readonly clock: string
  readonly of?: string | undefined
}
