import { approvalDecision, type ConcernUseCases } from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import type { ApprovalId, ConcernId } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { presentApproval } from './present.ts'
import { approvalsAnswer, decidedAnswer } from './schema.ts'

const approvers = staffOnly('guardian', 'executive_lead', 'non_executive_lead')

export function approvalCalls(
  deps: CallDeps & { readonly concerns: Pick<ConcernUseCases, 'viewApprovals' | 'decideApproval'> },
): readonly Call[] {
  return [
    staffCall(deps, {
      name: 'viewApprovals',
      method: 'get',
      path: '/api/v1/approvals',
      policy: approvers,
      tag: 'leads',
      summary: 'Decisions that wait for your approval',
      gives: 'What you are asked to approve.',
      answer: approvalsAnswer,
      handle: async ({ ctx }) => ({ items: (await deps.concerns.viewApprovals(ctx)).map(presentApproval), next: null }),
    }),
    staffCall(deps, {
      name: 'decideApproval',
      method: 'post',
      path: '/api/v1/concerns/:id/approvals/:approvalId',
      policy: approvers,
      tag: 'leads',
      summary: 'Approve or refuse',
      description: 'Your own act, with a fresh six-digit code; it is signed with your key.',
      body: approvalDecision,
      gives: 'Decided.',
      answer: decidedAnswer,
      refusals: [
        'sign_in_failed',
        'otp_replayed',
        'step_up_required',
        'sign_in_delayed',
        'approval_not_pending',
        'approval_own_request',
        'concern_changed',
        'conflict_of_interest',
      ],
      handle: async ({ ctx, id, body }) => {
        const { decision } = await deps.concerns.decideApproval(ctx, id<ConcernId>('id'), id<ApprovalId>('approvalId'), body)
        return { decision }
      },
    }),
  ]
}
