import type { StaffContext } from '../accounts/index.ts'
import type { ApprovalId, ConcernId, IntakeGroupId } from '../kernel/index.ts'
import type { ClientSecret, ReporterContext, VisitorContext } from './contexts.ts'
import type { DetrimentUseCases } from './detriment/use-cases.ts'
import type { ActionInput, MessageInput, QueueFilter, StepName } from './acts/handling-inputs.ts'
import type { InboxUseCases } from './inbox/use-cases.ts'
import type { Casework } from './casework/casework.ts'
import type { Linking } from './links/linking.ts'
import type { OnBehalf } from './on-behalf/on-behalf.ts'
import type { HandingOver } from './lifecycle/handing-over.ts'
import type { RaiseInput } from './raising/raise-input.ts'
import type { Samples } from './sample/samples.ts'
import type { Tasks } from './tasks/use-cases.ts'
import type { QueuePage } from './queue/queue-views.ts'
import type { ApprovalSummary, ConcernContent, ConcernView, EscalatedConcern, RaisedAnswer, Reader } from './views.ts'

export type { ClientSecret, ReporterContext, VisitorContext } from './contexts.ts'

/**
 * Answers so far, none of them judged yet. Two are for the form alone and never sent: `unlisted` fits no element, `refused` is what was typed on a
 * page that could not be read.
 */
export type DraftAnswers = { readonly [Field in keyof RaiseInput]?: RaiseInput[Field] | undefined } & {
  readonly unlisted?: readonly ('something_else' | 'not_sure')[] | undefined
  /** Asked whether they want notes, the person said no. */
  readonly noNotes?: true | undefined
  readonly refused?: { readonly path: string; readonly fields: Readonly<Record<string, readonly string[]>> } | undefined
}
/** What the cookie's key opens: answers so far, or, after Send, the answer to repeat. */
export type DraftState =
  { readonly kind: 'draft'; readonly answers: DraftAnswers } | { readonly kind: 'sent'; readonly answer: RaisedAnswer }

export interface Drafts {
  /** A new empty draft; the key goes into the cookie and nowhere else. */
  begin(ctx: VisitorContext): Promise<{ key: string }>
  /** Null where there is none, it was idle for 20 hours, or the key is not one of ours. */
  open(ctx: VisitorContext, key: string): Promise<DraftState | null>
  /** Replaces the answers given here. Refusal `draft_gone`. */
  save(ctx: VisitorContext, key: string, answers: DraftAnswers): Promise<void>
  /** Raises what the draft holds; pressing twice gives the same answer. Refusal `draft_gone`, `invalid_input`, `no_reader_left`, `intake_closed`. */
  send(ctx: VisitorContext, key: string): Promise<RaisedAnswer>
  /** The code goes and the receipt stays, so that a form that is sent again shows no code and raises nothing: for forms without a cookie. */
  forgetCode(ctx: VisitorContext, key: string): Promise<void>
  /** Deletes draft and receipt: Leave, or "I have written it down". */
  forget(key: string): Promise<void>
}

export interface InboxSessions {
  /** Opens an inbox for so many minutes. Refusal `token_mistyped` (faults name the groups), `token_not_recognised`. */
  open(ctx: VisitorContext, typedToken: string, minutes: 15 | 180): Promise<{ key: string }>
  /** Refusal `inbox_closed` when it ran out. */
  resume(ctx: VisitorContext, key: string): Promise<ReporterContext>
  close(key: string): Promise<void>
  /** A new code for the inbox of this key, which stays open. The same secret gives the same code. Refusal `inbox_closed`. */
  replaceToken(ctx: VisitorContext, key: string, secret: string): Promise<{ token: string }>
  /** The new code again, until it is forgotten or the next day is over; null then. */
  recallToken(ctx: VisitorContext, secret: string): Promise<{ token: string } | null>
  /** "I have written it down", or Leave. */
  forgetToken(secret: string): Promise<void>
}

export interface ReadersQuery {
  readonly intakeGroup?: IntakeGroupId | undefined
  readonly recipient?: RaiseInput['recipient'] | undefined
  readonly deputyMayRead?: boolean | undefined
  readonly about?: readonly string[] | undefined
}

/** Everything a page or the API can do with concerns. `src/composition.ts` makes it once. */
export interface ConcernUseCases extends InboxUseCases, DetrimentUseCases {
  readonly raise: (ctx: VisitorContext, input: RaiseInput, secret: ClientSecret) => Promise<RaisedAnswer>
  /** Who would read a concern. `about` may hold ids of readers (ticked), names or role labels. */
  readonly listReaders: (ctx: VisitorContext, query: ReadersQuery) => Promise<readonly Reader[]>
  readonly drafts: Drafts
  readonly inboxSessions: InboxSessions

  readonly viewQueue: (ctx: StaffContext, filter: QueueFilter) => Promise<QueuePage>
  readonly viewConcern: (ctx: StaffContext, id: ConcernId) => Promise<ConcernView>
  readonly viewContent: (ctx: StaffContext, id: ConcernId) => Promise<ConcernContent>
  readonly viewIdentity: (
    ctx: StaffContext,
    id: ConcernId,
    input: { readonly reason: string; readonly otp: string },
  ) => Promise<{ name: string | null; contact: string | null; genuine: boolean }>
  readonly act: <A extends StepName>(ctx: StaffContext, id: ConcernId, action: A, input: ActionInput<A>) => Promise<ConcernView>
  /** Ends the person's own access, at once and for good. Nothing comes back: there is nothing any more that they may see. */
  readonly declareConflict: (ctx: StaffContext, id: ConcernId, input: ActionInput<'declare_conflict'>) => Promise<void>
  readonly handingOver: HandingOver
  readonly sendMessage: (ctx: StaffContext, id: ConcernId, input: MessageInput, secret: ClientSecret) => Promise<{ id: string }>
  readonly writeNote: (ctx: StaffContext, id: ConcernId, input: { readonly body: string }, secret: ClientSecret) => Promise<{ id: string }>
  readonly decideApproval: (
    ctx: StaffContext,
    concernId: ConcernId,
    approvalId: ApprovalId,
    input: { readonly decision: 'approve' | 'refuse'; readonly otp: string; readonly note?: string | undefined },
  ) => Promise<{ decision: 'approve' | 'refuse' }>
  readonly viewApprovals: (ctx: StaffContext) => Promise<readonly ApprovalSummary[]>
  readonly viewEscalated: (ctx: StaffContext, cursor: string | null) => Promise<{ items: readonly EscalatedConcern[]; next: string | null }>
  /** People who may be chosen on a concern's forms: investigators, approvers, guardians who hold its keys. Nobody it is about. */
  readonly listChoices: (
    ctx: StaffContext,
    id: ConcernId,
  ) => Promise<{
    investigators: readonly Reader[]
    approvers: readonly Reader[]
    deciders: readonly Reader[]
    owners: readonly Reader[]
    /** What a concern can be about, as it is offered today; the official elements' own codes are theirs. */
    categories: readonly { readonly code: string; readonly label: string }[]
  }>
  /** The handlers' own tools beside the steps. */
  readonly casework: Casework
  /** Recording for somebody who does not write themselves, the light path included. */
  readonly onBehalf: OnBehalf
  readonly linking: Linking
  readonly tasks: Tasks
  /** Concerns drawn by chance for an auditor. */
  readonly samples: Samples
}
