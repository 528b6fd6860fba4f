import type { z } from 'zod'
import type { StaffContext } from '../../accounts/index.ts'
import type { ConcernId, DateText, Role } from '../../kernel/index.ts'
import type { ConcernContent, ConcernView } from '../views.ts'
import type { DetrimentCase } from '../detriment/use-cases.ts'
import type { AssessmentContent, AssessmentInput } from './assessment-input.ts'
import type { contactInput, ContactChannel } from './contact-input.ts'
import type { MessageCheck } from './message-checks.ts'
import type { savedViewInput, viewNameInput, ViewFilter } from './saved-view-input.ts'
import type { SummaryPart, summaryInput } from './summary-input.ts'

// The handlers' own tools beside the steps of a concern, and what they hand to the edges.

/** Proof that two requests are one; null: no receipt is kept. */
type Secret = string | null

/** One saved version of an assessment. It is a working view and never a verdict. */
export interface AssessmentVersion {
  readonly version: number
  /** Null where the record is gone. */
  readonly author: string | null
  readonly writtenAt: Temporal.Instant
  readonly genuine: boolean
  readonly content: AssessmentContent | null
}

export interface Assessments {
  /** The day whose kinds of failure count. */
  readonly raisedOn: DateText
  readonly mayWrite: boolean
  /** Oldest first. */
  readonly versions: readonly AssessmentVersion[]
}

/** A call, visit or mail as logged. `note` is null where there is none or the record is not genuine. */
export interface Contact {
  readonly id: string
  readonly author: string | null
  readonly loggedAt: Temporal.Instant
  readonly channel: ContactChannel
  readonly minutes: number
  /** The day it took place; null where the record is not genuine. */
  readonly on: DateText | null
  readonly note: string | null
  readonly genuine: boolean
}

export interface Contacts {
  readonly mayWrite: boolean
  /** Newest first. */
  readonly contacts: readonly Contact[]
  readonly minutes: number
}

/** Minutes of one person in one month by one channel. */
export interface MonthOfTime {
  /** `YYYY-MM` */
  readonly month: string
  readonly channel: ContactChannel
  readonly contacts: number
  readonly minutes: number
}

export interface PrivateNote {
  readonly id: string
  readonly body: string | null
  readonly genuine: boolean
  readonly writtenAt: Temporal.Instant
}

export interface SavedView {
  readonly id: string
  readonly name: string
  readonly filter: ViewFilter
  readonly team: boolean
  readonly mine: boolean
  /** Who shares it; null for one's own. */
  readonly owner: string | null
}

export interface MessagePreview {
  /** Staff who will read it, the writer left out. */
  readonly readers: readonly { readonly name: string; readonly role: Role }[]
  readonly checks: readonly MessageCheck[]
}

/** What goes on paper: parts that were not chosen are empty in `content`. */
export interface ConcernSummary {
  readonly concern: ConcernView
  readonly content: ConcernContent
  readonly include: readonly SummaryPart[]
  readonly printedOn: DateText
}

/** Everything one handler may open of one concern without another's leave. A confidential name is not in it. */
export interface ConcernExport {
  readonly concern: ConcernView
  readonly content: ConcernContent
  readonly assessments: readonly AssessmentVersion[]
  readonly contacts: readonly Contact[]
  readonly detriment: readonly DetrimentCase[]
  readonly privateNotes: readonly PrivateNote[]
  readonly exportedOn: DateText
}

/** Fields of a form that was posted and not taken yet, by name. */
export type DraftFields = Readonly<Record<string, readonly string[]>>

export interface WrittenDrafts {
  /** Keeps what was typed for this place, sealed to the writer; `id` replaces what was kept under it. */
  keep(ctx: StaffContext, place: string, fields: DraftFields, id?: string): Promise<string>
  /** Null where there is none, it is another's, of another place, or older than half a day. */
  open(ctx: StaffContext, place: string, id: string): Promise<DraftFields | null>
  drop(ctx: StaffContext, id: string): Promise<void>
}

/** Everything handlers do beside the steps. `createCasework` makes it once. */
export interface Casework {
  readonly viewAssessments: (ctx: StaffContext, id: ConcernId) => Promise<Assessments>
  readonly assess: (ctx: StaffContext, id: ConcernId, input: AssessmentInput, secret: Secret) => Promise<{ version: number }>
  readonly viewContacts: (ctx: StaffContext, id: ConcernId) => Promise<Contacts>
  readonly logContact: (ctx: StaffContext, id: ConcernId, input: z.output<typeof contactInput>, secret: Secret) => Promise<{ id: string }>
  /** One's own minutes by month and channel, newest first, over the concerns one handles now. Opens nothing. */
  readonly viewTime: (ctx: StaffContext) => Promise<readonly MonthOfTime[]>
  /** The same to take away. Recorded: `time_exported`. */
  readonly exportTime: (ctx: StaffContext) => Promise<readonly MonthOfTime[]>
  readonly viewPrivateNotes: (ctx: StaffContext, id: ConcernId) => Promise<{ mayWrite: boolean; notes: readonly PrivateNote[] }>
  readonly writePrivateNote: (ctx: StaffContext, id: ConcernId, input: { readonly body: string }, secret: Secret) => Promise<{ id: string }>
  readonly listViews: (ctx: StaffContext) => Promise<readonly SavedView[]>
  readonly saveView: (ctx: StaffContext, input: z.output<typeof savedViewInput>) => Promise<{ id: string }>
  readonly renameView: (ctx: StaffContext, viewId: string, input: z.output<typeof viewNameInput>) => Promise<void>
  readonly deleteView: (ctx: StaffContext, viewId: string) => Promise<void>
  readonly previewMessage: (ctx: StaffContext, id: ConcernId, input: { readonly body: string }) => Promise<MessagePreview>
  readonly printSummary: (ctx: StaffContext, id: ConcernId, input: z.output<typeof summaryInput>) => Promise<ConcernSummary>
  readonly exportConcern: (ctx: StaffContext, id: ConcernId, input: { readonly otp?: string | undefined }) => Promise<ConcernExport>
  readonly writtenDrafts: WrittenDrafts
}
