import type { DateText } from '../../kernel/index.ts'
import type { CloseReason, ReviewFinding, RiskGrade } from '../../workflow/index.ts'

// INTERNAL: the handlers' work on a report of bad treatment. `report` is the id of the person's own item.

export interface DetrimentRiskContent {
  readonly report: string
  readonly riskGrade: RiskGrade
  readonly note: string
}

export interface DetrimentPlanContent {
  readonly report: string
  readonly plan: string
  readonly reviewOn: readonly DateText[]
}

export interface DetrimentReviewContent {
  readonly report: string
  readonly reviewFor: DateText | null
  readonly finding: ReviewFinding
  readonly note: string
}

export interface DetrimentClosureContent {
  readonly report: string
  readonly reasonCode: CloseReason
  readonly note: string
}
