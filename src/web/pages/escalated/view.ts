import type { EscalatedConcern } from '../../../concerns/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { labels, statusWords } from '../../../workflow/index.ts'
import { deadlineOf, type Deadline } from '../../staff/deadlines.ts'
import { words as staffWords } from '../../staff/words.en.ts'

export interface EscalatedRow {
  readonly reference: string
  readonly deadline: Deadline | null
  readonly status: string
  readonly risk: string
  readonly raisedOn: string
  readonly escalatedAt: string
  /** Null where what was said was not shared. */
  readonly href: string | null
}

export function escalatedView(items: readonly EscalatedConcern[]): readonly EscalatedRow[] {
  return items.map((item) => ({
    reference: item.reference,
    deadline: item.nextClock && deadlineOf(item.nextClock),
    status: statusWords[item.status].staff,
    risk: item.riskGrade === null ? staffWords.notGraded : labels.riskGrades[item.riskGrade],
    raisedOn: item.raisedOn,
    escalatedAt: instantText(item.escalatedAt),
    href: item.mayOpen ? `/concerns/${item.id}` : null,
  }))
}
