import type { ConcernId, DateText, UserId } from '../../kernel/index.ts'
import type { Stage, Status } from '../../workflow/index.ts'
import type { Reader } from '../views.ts'
import type { CutPiece } from './cut-email.ts'

/** What one person is given: a code of their own. Both are null where they want none. */
export interface HandOver {
  readonly token: string | null
  readonly receipt: string | null
  /** Null where whoever recorded it is none of its readers. */
  readonly concern: { readonly id: ConcernId; readonly reference: string } | null
}

/** The answer to recording a concern for somebody. Shown once; repeatable only while the receipt lives, and to its recorder alone. */
export interface RecordedAnswer extends HandOver {
  readonly stage: Stage
  readonly status: Status
  readonly raisedOn: DateText
  readonly acknowledgeBy: DateText
  readonly readers: readonly Pick<Reader, 'role' | 'name'>[]
  /** The other people's, where several raised it together. */
  readonly joint: readonly HandOver[]
  readonly recordedBy: UserId
}

/** What would be kept, to be read back to the person before anything is. */
export interface ReadBack {
  readonly narrative: string
  /** What was taken out of a pasted e-mail, and will be kept nowhere. */
  readonly cut: readonly CutPiece[]
  readonly readers: readonly Reader[]
  readonly acknowledgeBy: DateText
  readonly backDatedDays: number
}
