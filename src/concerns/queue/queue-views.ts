import type { ConcernId, DateText, UserId } from '../../kernel/index.ts'
import type { Element, Openness, RiskGrade, Stage, Status } from '../../workflow/index.ts'
import type { NextClock } from '../clocks/clock-view.ts'

/** `not_shown`: who only investigates holds no key to it. `sealed_to_old_keys`: it opens once a colleague gives it back. */
export type Withheld = 'not_shown' | 'sealed_to_old_keys' | 'record_not_genuine'

export interface QueueItem {
  readonly id: ConcernId
  readonly reference: string
  readonly stage: Stage
  readonly status: Status
  readonly version: number
  readonly raisedOn: DateText
  readonly riskGrade: RiskGrade | null
  readonly openness: Openness
  readonly danger: boolean
  readonly owner: { readonly id: UserId; readonly name: string } | null
  /** Whom the owner only stands in for, while that colleague is away or silent; null where it is theirs. */
  readonly coveringFor: { readonly id: UserId; readonly name: string } | null
  readonly nextClock: NextClock | null
  /** The one reason the row stands where it stands. */
  readonly why: { readonly code: string; readonly words: string }
  readonly unread: boolean
  readonly ageInWorkingDays: number
  /** Why the reader sees nothing of the sealed header; null where they do. */
  readonly withheld: Withheld | null
  /** From the sealed header; null where it is withheld or no title was given yet. */
  readonly title: string | null
  readonly elements: readonly Element[]
  /** The place as the person gave it, from the sealed header. */
  readonly site: string | null
  /** Bad treatment for speaking up was reported and is not closed. */
  readonly openDetriment: boolean
}

/** A count that stops counting at a cap, so that no page grows with the number of concerns. */
export interface CappedCount {
  readonly count: number
  readonly more: boolean
}

export interface QueuePage {
  readonly items: readonly QueueItem[]
  /** Guardians of the reader's intake groups, by whom the list can be narrowed. The reader is one where they are a guardian. */
  readonly owners: readonly { readonly id: UserId; readonly name: string }[]
  /** The reader is the only guardian of a team that receives concerns: while they are away, nobody reads what is raised. */
  readonly onlyGuardian: boolean
  readonly next: string | null
  readonly counts: {
    readonly all: CappedCount
    readonly overdue: CappedCount
    readonly dueToday: CappedCount
    readonly unread: CappedCount
  }
}
