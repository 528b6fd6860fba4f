import type { z } from 'zod'
import type { ApprovalSummary } from '../../concerns/index.ts'
import { instantText } from '../../kernel/index.ts'
import type { approvalAnswer } from './schema.ts'

export function presentApproval(approval: ApprovalSummary): z.infer<typeof approvalAnswer> {
  return {
    id: approval.id,
    concernId: approval.concernId,
    reference: approval.reference,
    requestedBy: approval.requestedBy,
    requestedAt: instantText(approval.requestedAt),
    genuine: approval.genuine,
    reasonCode: approval.reasonCode,
    reason: approval.reason,
    decidedBy: approval.decidedBy,
    riskGrade: approval.riskGrade,
    elements: [...approval.elements],
  }
}
