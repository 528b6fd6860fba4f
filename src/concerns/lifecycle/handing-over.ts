import type { StaffContext } from '../../accounts/index.ts'
import type { ConcernId, ErrorCode } from '../../kernel/index.ts'
import type { QueueItem } from '../queue/queue-views.ts'
import type { Reader } from '../views.ts'
import type { HandOverInput } from './hand-over-input.ts'

/** What became of one concern: handed over, or why not. */
export interface HandedOver {
  readonly id: ConcernId
  /** Null where it is none that the person may know of. */
  readonly reference: string | null
  readonly refused: ErrorCode | null
}

export interface HandingOver {
  /** The person's own concerns that are not closed, the most urgent first, as many as can be handed over at once, and who could take them. */
  readonly owned: (ctx: StaffContext) => Promise<{ items: readonly QueueItem[]; more: boolean; colleagues: readonly Reader[] }>
  /** Assigns each to the colleague, with the note. One that is refused keeps none of the others back. Refusal `permission_denied`. */
  readonly handOver: (ctx: StaffContext, input: HandOverInput) => Promise<readonly HandedOver[]>
}
