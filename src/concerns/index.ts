/**
 * Concerns: from the first word a person writes to the outcome they read. Owns raising, drafts, receipts, inbox and handling, and every row
 * that holds a sealed part of a concern. Promises P2 (nothing dates or places a reporter), P3 (no step and no look by staff without an
 * entry) and P6 (an answered submission is never lost or doubled). Edges get plain values; what is sealed is opened only here.
 */
export {
  assessmentInput,
  assessmentSections,
  type AssessmentContent,
  type AssessmentInput,
  type AssessmentStatus,
} from './casework/assessment-input.ts'
export type {
  Assessments,
  AssessmentVersion,
  Casework,
  ConcernExport,
  ConcernSummary,
  Contact,
  Contacts,
  DraftFields,
  MessagePreview,
  MonthOfTime,
  PrivateNote,
  SavedView,
} from './casework/casework.ts'
export { contactChannels, contactInput, type ContactChannel } from './casework/contact-input.ts'
export {
  categoriesOn,
  disclosureCategories,
  disclosureKinds,
  disclosureRoutes,
  type DisclosureKind,
} from './casework/disclosure-categories.ts'
export { messageChecks, type MessageCheck } from './casework/message-checks.ts'
export { builtInViews, savedViewInput, viewNameInput, type ViewFilter } from './casework/saved-view-input.ts'
export { exportInput, summaryInput, summaryParts, type SummaryPart } from './casework/summary-input.ts'
export { createConcernUseCases } from './concern-use-cases.ts'
export { createSweep } from './sweep/sweep.ts'
export { isSweepLate } from './sweep/last-sweep.ts'
export { keepAllClocks, keepTonightsClocks } from './clocks/nightly-clocks.ts'
export { createOpenDeadlines } from './clocks/open-deadlines.ts'
export { clockedKinds, clocksIn, timelineOf } from './clocks/timeline.ts'
export type { ConcernDeps, ConcernSettings } from './dependencies.ts'
export { detrimentInputs, type DetrimentStepInput } from './detriment/inputs.ts'
export type { DetrimentCase, DetrimentNotice } from './detriment/use-cases.ts'
export {
  actionInputs,
  approvalDecision,
  identityRequest,
  messageInput,
  noteInput,
  queueFilter,
  type ActionInput,
  type ActionName,
  type StepName,
  type QueueFilter,
} from './acts/handling-inputs.ts'
export type { FollowUp } from './inbox/follow-ups.ts'
export {
  detrimentInput,
  feedbackInput,
  followUpInput,
  inboxMessageInput,
  sayMoreInput,
  sendOnInput,
  type SayMoreInput,
} from './inbox/inputs.ts'
export type { MovedClock } from './inbox/moved-clocks.ts'
export { wishIn } from './notices/choose-notices.ts'
export { noticesInput, type NoticesInput } from './notices/notices.ts'
export { createTellUrgentCalls } from './on-call/tell-urgent-calls.ts'
export { createUrgentLook } from './on-call/urgent-look.ts'
export { createSendNotices, openWaitingLetter } from './notices/send-notices.ts'
export { concludedInput, concludedOutcomes } from './light-path/concluded-input.ts'
export { linkRelations } from './links/link-contents.ts'
export { linkInput } from './links/link-input.ts'
export type { LinkView } from './links/linking.ts'
export { withdrawalInput, type WithdrawalInput } from './lifecycle/withdrawal-input.ts'
export { handOverInput, type HandOverInput } from './lifecycle/hand-over-input.ts'
export type { HandedOver } from './lifecycle/handing-over.ts'
export { forgetReporterOrder, purgeReporterRows, purgeSampleTexts } from './nightly.ts'
export { cutKinds } from './on-behalf/cut-email.ts'
export { onBehalfChannels, onBehalfInput, type OnBehalfInput } from './on-behalf/on-behalf-input.ts'
export type { HandOver, ReadBack, RecordedAnswer } from './on-behalf/views.ts'
export { proofShows, type ProofShows } from './proof/proof-shows.ts'
export type { ProofOfRaising } from './proof/views.ts'
export { raiseInput, recipients, type RaiseInput } from './raising/raise-input.ts'
export { createExportGrants, type RecoveryDeps } from './recovery/export-grants.ts'
export { createImportGrants } from './recovery/import-grants.ts'
export { rebuildGrants } from './recovery/rebuild-grants.ts'
export { readExport, readRecovered, writeRecoveryFile, type RecoveryExport } from './recovery/recovery-file.ts'
export {
  sampleFixInput,
  sampleNumbersInput,
  sampleReasons,
  sampleRefusalInput,
  sampleUnlockInput,
  type SampleReason,
  type SampleUnlockInput,
} from './sample/sample-input.ts'
export type {
  AskedSample,
  DrawnConcern,
  MaskedText,
  OpenedSample,
  PreparedSample,
  Sample,
  Samples,
  SampleUnlocked,
} from './sample/samples.ts'
export { assertTask, linkAnswer, taskInputs, type TaskInput } from './tasks/inputs.ts'
export type { ClockChange, Deadlines, MadeLink, Task, Tasks } from './tasks/use-cases.ts'
export { thingsThatMayShowWhoYouAre } from './raising/unmasking.ts'
export type {
  ClientSecret,
  ConcernUseCases,
  DraftAnswers,
  Drafts,
  DraftState,
  InboxSessions,
  ReadersQuery,
  ReporterContext,
  VisitorContext,
} from './use-cases.ts'
export type { ClockView, NextClock, OpenClock } from './clocks/clock-view.ts'
export type { CappedCount, QueueItem, QueuePage } from './queue/queue-views.ts'
export type {
  ApprovalSummary,
  ConcernContent,
  ConcernView,
  DetrimentReport,
  EscalatedConcern,
  Feedback,
  HandlingRecord,
  HistoryEvent,
  Inbox,
  InboxAction,
  NextDateCode,
  Note,
  PendingApproval,
  RaisedAnswer,
  Reader,
  ThreadMessage,
} from './views.ts'
export { createCountGaps } from './raising-gap/count-gaps.ts'
