import type { StaffContext } from '../../accounts/index.ts'
import type { ConcernId, DateText, ItemId } from '../../kernel/index.ts'
import type { Status } from '../../workflow/index.ts'
import type { LinkRelation } from './link-contents.ts'
import type { LinkInput } from './link-input.ts'

/** A link as one side sees it: only what stands in clear of the other, and only where the wall lets its reader see that. */
export interface LinkView {
  readonly id: ItemId
  readonly relation: LinkRelation
  readonly other: {
    readonly id: ConcernId
    readonly reference: string
    readonly status: Status
    readonly raisedOn: DateText
  }
  readonly note: string | null
  readonly linkedBy: string
  readonly linkedAt: Temporal.Instant
  /** Whether the reader handles both sides, and may take the link away. */
  readonly mayRemove: boolean
}

/** Concerns that belong together without becoming one. */
export interface Linking {
  readonly view: (ctx: StaffContext, id: ConcernId) => Promise<readonly LinkView[]>
  readonly add: (ctx: StaffContext, id: ConcernId, input: LinkInput) => Promise<{ readonly id: ItemId }>
  readonly remove: (ctx: StaffContext, id: ConcernId, link: ItemId) => Promise<void>
}
