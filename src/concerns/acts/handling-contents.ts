import { z } from 'zod'
import type {
  ActionEnd,
  Consent,
  Element,
  EscalationTarget,
  FeedbackShared,
  Finding,
  FirstContactPart,
  FollowUp,
  IdentityGround,
  NotInvestigatedReason,
  Outcome,
  ReferralTarget,
  RiskGrade,
  TriageDecision,
} from '../../workflow/index.ts'
import { summaryContent } from '../sealing/sealed-contents.ts'

// What the records of handling hold, each sealed where its readers are (`security.md` 2).

export interface TriageContent {
  readonly riskGrade: RiskGrade
  readonly elements: readonly Element[]
  readonly decision: TriageDecision
  readonly consent: Consent
  readonly conflict: 'none'
  readonly title: string
  readonly note: string | null
}

/** INVESTIGATION: all that an investigator gets. `reporterName` only of a person who raised openly and agreed. */
export const termsContent = z.object({
  investigatorId: z.string(),
  terms: z.string(),
  expectedEnd: z.string(),
  maskedCopy: z.string().nullable(),
  reporterName: z.string().nullable(),
})
export type TermsContent = z.infer<typeof termsContent>

export interface NotInvestigatedContent {
  readonly reasonCode: NotInvestigatedReason
  readonly reason: string
  readonly decidedBy: string
  /** The request for approval, where a second person is asked. */
  readonly approval: string | null
}

export interface ReferralContent {
  readonly to: ReferralTarget
  readonly recipient: string
  readonly shareIdentity: boolean
  readonly identityOverride: { readonly ground: IdentityGround; readonly reason: string } | null
  readonly reason: string
}

export interface FindingsContent {
  readonly findings: readonly { readonly allegation: string; readonly finding: Finding }[]
  readonly learning: string
  readonly actions: readonly { readonly description: string; readonly owner: string; readonly dueOn: string }[]
}

export interface OutcomeContent {
  readonly outcome: Outcome
  readonly feedbackShared: FeedbackShared
  readonly learning: string
}

export interface ClosingContent {
  readonly followUp: FollowUp
  readonly actionEnd: ActionEnd | null
  readonly plan: string | null
  readonly note: string | null
}

export interface ReopeningContent {
  readonly reason: string
}

export interface WithdrawalContent {
  readonly reason: string
  readonly organisationMustAct: boolean
}

export interface EscalationContent {
  readonly to: EscalationTarget
  readonly reason: string
  readonly told: readonly string[]
  readonly contentShared: boolean
}

export interface ScreeningContent {
  readonly riskGrade: RiskGrade
  readonly note: string
}

export interface FirstContactContent {
  readonly parts: readonly FirstContactPart[]
  readonly note: string
}

export interface FollowUpContent {
  readonly months: 3 | 6
  readonly note: string
}

export interface AssignmentContent {
  readonly owner: string
  readonly note: string
}

/**
 * DECISION: what a second person is asked to approve, bound to the request and to that person. `waiting` is the message to the reporter,
 * sealed to SHARED and signed by whoever asks: approving posts it as it is, without the approver reading the thread.
 */
export const decisionSummary = summaryContent.extend({
  approval: z.string(),
  approver: z.string(),
  waiting: z.object({
    id: z.string(),
    compartmentId: z.string(),
    epoch: z.number().int(),
    version: z.number().int(),
    itemKey: z.string(),
    ciphertext: z.string(),
    signature: z.string(),
  }),
})
export type DecisionSummary = z.infer<typeof decisionSummary>

export const noteContent = z.object({ body: z.string() })
export type NoteContent = z.infer<typeof noteContent>
