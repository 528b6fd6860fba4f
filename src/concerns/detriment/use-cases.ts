import type { StaffContext } from '../../accounts/index.ts'
import type { ConcernId, DateText } from '../../kernel/index.ts'
import type { DetrimentStep, RiskGrade } from '../../workflow/index.ts'
import type { ClientSecret } from '../contexts.ts'
import type { FollowUp } from '../inbox/follow-ups.ts'
import type { DetrimentReport, HandlingRecord } from '../views.ts'
import type { DetrimentStepInput } from './inputs.ts'

/** A report with the work on it: what handlers see. */
export interface DetrimentCase extends DetrimentReport {
  readonly riskGrade: RiskGrade | null
  /** Every date to look at it again, and whether that was done: the plan's own, and three and six months after the outcome. */
  readonly reviews: readonly {
    readonly dueOn: DateText
    readonly from: 'plan' | 'outcome'
    readonly done: boolean
    readonly late: boolean
  }[]
  readonly openSteps: readonly DetrimentStep[]
  readonly records: readonly HandlingRecord[]
}

/** A lead's bare fact: there is a report, since this day, on the concern of this reference. */
export interface DetrimentNotice {
  readonly reference: string
  readonly reportedOn: DateText
}

export interface DetrimentUseCases {
  /** Recorded: `content_viewed`. Refusal `not_found`, `permission_denied`. */
  readonly viewDetriment: (
    ctx: StaffContext,
    id: ConcernId,
  ) => Promise<{
    readonly reports: readonly DetrimentCase[]
    /** What the person answered three and six months after the outcome, oldest first. */
    readonly followUps: readonly FollowUp[]
    readonly mayAct: boolean
  }>
  /** One step on one report. Refusal `not_found`, `permission_denied`, `transition_not_allowed`, `invalid_input`, `conflict_of_interest`. */
  readonly actOnDetriment: <S extends DetrimentStep>(
    ctx: StaffContext,
    id: ConcernId,
    step: S,
    input: DetrimentStepInput<S>,
    secret: ClientSecret,
  ) => Promise<{ id: string }>
  /** The open reports that this lead was told of. Recorded: `queue_viewed`. Refusal `permission_denied`. */
  readonly viewDetrimentNotices: (ctx: StaffContext) => Promise<readonly DetrimentNotice[]>
}
