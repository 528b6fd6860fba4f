import type { Directory } from '../../accounts/index.ts'
import { hasRole } from '../../kernel/index.ts'
import { approvalIsSigned } from './approval-statement.ts'
import type { ApprovalRow } from './approval-store.ts'
import type { Concern } from '../concern.ts'
import { decisionSummary, type DecisionSummary } from './handling-contents.ts'
import type { StoredItem } from '../sealing/item-store.ts'
import type { OpenConcern, SignKeyOf } from '../sealing/opening.ts'
import { openPart, type OpenCompartment } from '../sealing/sealed-parts.ts'

/** A request as it truly stands: what a row says was decided counts only under the signature of the person who was asked. */
export interface Approval extends ApprovalRow {
  readonly stands: 'pending' | 'approved' | 'refused' | 'lapsed'
  /** Null where the person looking holds no key to it, or it is not what the requester wrote. */
  readonly summary: DecisionSummary | null
}

/** The requests on a concern, without those that nobody made. */
export function approvalsOf(concern: OpenConcern, directory: Directory): Approval[] {
  return concern.approvals.flatMap((row) => {
    const item = concern.summaries.get(row.summaryItemId)
    const part = concern.parts.get(row.compartmentId)
    const summary = item && part ? readSummary(row, item, part, concern.signKeyOf) : null
    // Whoever holds the key to a request sees that it is forged; who holds none has to take the row's word for its being made.
    if (part !== undefined && summary === null) return []
    return [{ ...row, stands: standingOf(row, concern.concern, item, directory), summary }]
  })
}

/** The summary, if the person named as requester wrote it for this request and this approver. */
export function readSummary(row: ApprovalRow, item: StoredItem, part: OpenCompartment, signKeyOf: SignKeyOf): DecisionSummary | null {
  const key = item.author === row.requestedBy ? signKeyOf(item.author) : null
  if (key === null || item.kind !== 'summary' || item.compartmentId !== row.compartmentId) return null
  const opened = openPart(item, part, key)
  const parsed = opened.genuine ? decisionSummary.safeParse(opened.content) : null
  const made = parsed?.success === true && parsed.data.approval === row.id && parsed.data.approver === row.approver
  return made ? parsed.data : null
}

function standingOf(row: ApprovalRow, concern: Concern, item: StoredItem | undefined, directory: Directory): Approval['stands'] {
  if (row.status === 'lapsed') return 'lapsed'
  const approver = directory.known(row.approver)
  const { signature, decidedAt } = row
  if (!approver || item === undefined || signature === null || decidedAt === null || row.approver === row.requestedBy) return 'pending'
  if (!hasRole(approver, 'guardian', 'executive_lead', 'non_executive_lead')) return 'pending'
  const signed = (decision: 'approve' | 'refuse') =>
    approver.signKeys.some((key) =>
      approvalIsSigned(key, { approval: row.id, concern: concern.logAlias, summary: item, decision, decidedAt }, signature),
    )
  if (signed('approve')) return 'approved'
  return signed('refuse') ? 'refused' : 'pending'
}

/** The request that waits, as the workflow wants it. */
export function pendingAmong(approvals: readonly Approval[]): Approval | null {
  return approvals.findLast(({ stands }) => stands === 'pending') ?? null
}
