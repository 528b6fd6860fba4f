import type { Openness } from '../../workflow/index.ts'
import type { NoticesInput } from '../notices/notices.ts'
import type { ClientSecret, ReporterContext, VisitorContext } from '../contexts.ts'
import type { WithdrawalInput } from '../lifecycle/withdrawal-input.ts'
import type { ProofShows } from '../proof/proof-shows.ts'
import type { ProofOfRaising } from '../proof/views.ts'
import type { Inbox } from '../views.ts'
import type { Role } from '../../kernel/index.ts'
import type { DetrimentInput, FeedbackInput, FollowUpInput, InboxMessageInput, SayMoreInput, SendOnInput } from './inputs.ts'

/** What the person who raised a concern can do once they are back with their code. */
export interface InboxUseCases {
  readonly openByToken: (ctx: VisitorContext, typedToken: string) => Promise<ReporterContext>
  readonly viewNotices: (ctx: ReporterContext) => Promise<{ readonly possible: boolean; readonly on: boolean }>
  /** A note when there is an answer, for somebody who is known. */
  readonly chooseNotices: (ctx: ReporterContext, input: NoticesInput, secret: ClientSecret) => Promise<{ notices: boolean }>
  readonly readInbox: (ctx: ReporterContext) => Promise<Inbox>
  readonly proveRaising: (ctx: ReporterContext, shows: ProofShows) => Promise<ProofOfRaising | null>
  readonly writeFromInbox: (ctx: ReporterContext, input: InboxMessageInput, secret: ClientSecret) => Promise<{ id: string }>
  /** Only towards open. */
  readonly sayMore: (ctx: ReporterContext, input: SayMoreInput, secret: ClientSecret) => Promise<{ openness: Openness }>
  /** Takes the code itself, so that a repeated call can be answered when the code is dead already. */
  readonly replaceToken: (ctx: VisitorContext, typedToken: string, secret: ClientSecret) => Promise<{ token: string }>
  readonly giveFeedback: (ctx: ReporterContext, input: FeedbackInput, secret: ClientSecret) => Promise<{ id: string }>
  /** Asks; staff decide. */
  readonly askToWithdraw: (ctx: ReporterContext, input: WithdrawalInput, secret: ClientSecret) => Promise<{ id: string }>
  readonly reportDetriment: (ctx: ReporterContext, input: DetrimentInput, secret: ClientSecret) => Promise<{ id: string }>
  /** Brings the concern to the next lead, with the keys to the thread. */
  readonly sendOn: (
    ctx: ReporterContext,
    input: SendOnInput,
    secret: ClientSecret,
  ) => Promise<{ id: string; to: { role: Role; name: string } }>
  /** How the person is treated since the outcome. */
  readonly answerFollowUp: (ctx: ReporterContext, input: FollowUpInput, secret: ClientSecret) => Promise<{ id: string }>
}
