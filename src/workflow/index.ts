/**
 * Workflow: what may happen to a concern next, who may do it, and what must hold first.
 * Owns stages, statuses, actions, the one transition table and the field's lists of words. Pure; imports only kernel.
 * Promises: the buttons drawn and the acts accepted come from the same table; nothing moves unless every guard holds; a grave
 * concern is left uninvestigated only by two different people, neither of them its subject.
 */
export {
  closeReasons,
  detrimentLabels,
  detrimentStatus,
  detrimentSteps,
  detrimentTypes,
  openSteps,
  reviewFindings,
  followUpAnswers,
  followUpLabels,
  sendOnReasons,
  speakUpAgainAnswers,
  speakUpAgainLabels,
  type CloseReason,
  type DetrimentStatus,
  type DetrimentStep,
  type DetrimentType,
  type ReviewFinding,
  type FollowUpAnswer,
  type SendOnReason,
  type SpeakUpAgain,
} from './detriment.ts'
export { followUpsOpen } from './clock-guards.ts'
export type { ClockStanding, Facts, Inputs, OneClock, Relation, Standing } from './facts.ts'
export { outcomesOpenIn } from './guards.ts'
export { publishedWorkflow, type PublishedWorkflow } from './published.ts'
export { isEnded, stageOf, stages, stageWords, statuses, statusWords, type Stage, type Status } from './statuses.ts'
export { allowedActions, decideApproval, graveRisks, transition, type Move } from './transitions.ts'
export {
  actionEnds,
  actions,
  channels,
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
  labels,
  notInvestigatedReasons,
  opennesses,
  outcomes,
  pauseReasons,
  professionalGroups,
  referralTargets,
  riskGrades,
  triageDecisions,
  workerStatuses,
  type Action,
  type ActionEnd,
  type Channel,
  type ConflictAnswer,
  type Consent,
  type Element,
  type EscalationTarget,
  type ExtensionReason,
  type FeedbackShared,
  type Finding,
  type FirstContactPart,
  type FollowUp,
  type IdentityGround,
  type NotInvestigatedReason,
  type Openness,
  type Outcome,
  type PauseReason,
  type ProfessionalGroup,
  type ReferralTarget,
  type RiskGrade,
  type TriageDecision,
  type WorkerStatus,
} from './vocabulary.ts'
