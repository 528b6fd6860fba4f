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
}
