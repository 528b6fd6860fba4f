import type { ApprovalSummary } from '../../../concerns/index.ts'
import { instantText } from '../../../kernel/index.ts'
import { labels } from '../../../workflow/index.ts'
import { labelOf } from '../../staff/options.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import { words } from './words.en.ts'

export interface ApprovalView {
  readonly href: string
  readonly reference: string
  readonly requestedBy: string
  readonly requestedAt: string
  readonly genuine: boolean
  readonly rows: readonly { readonly key: string; readonly text: string }[]
}

export function approvalView(approval: ApprovalSummary): ApprovalView {
  const say = words.summary
  const { reasonCode, riskGrade } = approval
  return {
    href: `/approvals/${approval.id}`,
    reference: approval.reference,
    requestedBy: approval.requestedBy,
    requestedAt: instantText(approval.requestedAt),
    genuine: approval.genuine,
    rows: [
      { key: say.reasonCode, text: reasonCode === null ? say.notSaid : labelOf(labels.notInvestigatedReasons, reasonCode) },
      { key: say.reason, text: approval.reason ?? say.notSaid },
      { key: say.decidedBy, text: approval.decidedBy ?? say.notSaid },
      { key: say.riskGrade, text: riskGrade === null ? staffWords.notGraded : labels.riskGrades[riskGrade] },
      { key: say.elements, text: approval.elements.map((element) => labels.elements[element]).join('; ') || say.notSaid },
    ],
  }
}
