import type { StaffContext } from '../../accounts/index.ts'
import type { ConcernId, DateText } from '../../kernel/index.ts'
import type { ClockReading } from '../../timeliness/index.ts'
import type { ClientSecret } from '../contexts.ts'
import type { TaskInput } from './inputs.ts'
import type { TaskState } from './track.ts'

/** A task as handlers see it. Its date and how it stands are its clock's. */
export interface Task {
  readonly id: string
  /** Null where the record is not genuine, or the reader holds no key to it. */
  readonly title: string | null
  readonly owner: string | null
  readonly setOn: DateText
  readonly dueOn: DateText
  readonly firstDueOn: DateText
  readonly state: TaskState
  readonly clock: Pick<ClockReading, 'state' | 'words' | 'workingDaysLeft'>
  /** What shows that it is done, or where it goes on. */
  readonly note: string | null
  readonly endedOn: DateText | null
  readonly withFindings: boolean
  /** The last day of a link that stands; null where none does. */
  readonly linkUntil: DateText | null
  /** Said by somebody with a link, and by nobody who has an account. */
  readonly byLink: boolean
}

/** A pause, its end before its time, or a later date. */
export interface ClockChange {
  readonly change: 'paused' | 'resumed' | 'extended'
  readonly clock: string
  readonly label: string
  readonly of: string | null
  readonly on: DateText
  readonly by: string
  readonly until: DateText | null
  readonly before: DateText | null
  readonly reasonCode: string | null
  /** Who agreed to a pause. */
  readonly authoriser: string | null
}

/** A link that was made just now. The secret is shown once and kept nowhere. */
export interface MadeLink {
  readonly id: string
  /** 43 characters, base64url. */
  readonly secret: string
  readonly expiresOn: DateText
}

export interface Deadlines {
  readonly mayAct: boolean
  /** In the order they were set. */
  readonly tasks: readonly Task[]
  /** Newest first. */
  readonly changes: readonly ClockChange[]
}

export interface Tasks {
  /** Tasks, pauses and later dates of a concern. Recorded: `content_viewed`. Refusal `not_found`, `permission_denied`. */
  readonly view: (ctx: StaffContext, id: ConcernId) => Promise<Deadlines>
  /** Recorded: `task_set`. Refusal `not_found`, `permission_denied`, `invalid_input`, `conflict_of_interest`, `transition_not_allowed`. */
  readonly set: (ctx: StaffContext, id: ConcernId, input: TaskInput<'set'>, secret: ClientSecret) => Promise<{ id: string }>
  /** Recorded: `task_done`. Refusals as above; `transition_not_allowed` where it has ended already. */
  readonly done: (ctx: StaffContext, id: ConcernId, input: TaskInput<'done'>, secret: ClientSecret) => Promise<{ id: string }>
  /** It goes on in a plan that is tracked elsewhere. Recorded: `task_passed_on`. Refusals as above. */
  readonly passOn: (ctx: StaffContext, id: ConcernId, input: TaskInput<'pass_on'>, secret: ClientSecret) => Promise<{ id: string }>
  /** A newer link for a task ends the one before. Recorded: `task_link_made`. Refusals as above. */
  readonly makeLink: (ctx: StaffContext, id: ConcernId, input: TaskInput<'link'>, secret: ClientSecret) => Promise<MadeLink>
  /** Recorded: `task_link_withdrawn`. */
  readonly withdrawLink: (ctx: StaffContext, id: ConcernId, input: { readonly task: string }) => Promise<void>
  /** For whoever holds a link. Refusal `task_link_not_recognised`, whatever is wrong with it. */
  readonly openLink: (secret: string) => Promise<{ readonly wording: string; readonly dueOn: DateText }>
  /** Once. Recorded: `task_done`. Refusal `task_link_not_recognised`. */
  readonly answerLink: (secret: string, input: { readonly note: string }) => Promise<void>
}
