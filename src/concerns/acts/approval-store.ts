import type { Tx } from '../../database/index.ts'
import {
  instantFromColumn,
  instantToColumn,
  type ApprovalId,
  type CompartmentId,
  type ConcernId,
  type ItemId,
  type UserId,
} from '../../kernel/index.ts'

/** A request for a second person's approval, as its row says it. What the row says was decided counts only with that person's signature. */
export interface ApprovalRow {
  readonly id: ApprovalId
  readonly concernId: ConcernId
  readonly status: string
  readonly requestedBy: UserId
  readonly approver: UserId
  readonly requestedAt: Temporal.Instant
  readonly compartmentId: CompartmentId
  readonly summaryItemId: ItemId
  readonly decidedAt: Temporal.Instant | null
  readonly signature: Uint8Array | null
}

export async function readApprovals(tx: Tx, concernId: ConcernId): Promise<ApprovalRow[]> {
  const rows = await tx.approval.findMany({ where: { concernId }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }] })
  return rows.map(fromRow)
}

/** What waits for one person, oldest first. */
export async function readWaitingFor(tx: Tx, approver: UserId): Promise<ApprovalRow[]> {
  const rows = await tx.approval.findMany({
    where: { approverId: approver, status: 'pending' },
    orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(fromRow)
}

export type NewApproval = Pick<
  ApprovalRow,
  'id' | 'concernId' | 'requestedBy' | 'approver' | 'requestedAt' | 'compartmentId' | 'summaryItemId'
>

export async function insertApproval(tx: Tx, approval: NewApproval): Promise<void> {
  const { requestedBy, approver, requestedAt, ...rest } = approval
  await tx.approval.create({
    data: {
      ...rest,
      action: 'resolve_without_investigation',
      status: 'pending',
      requestedById: requestedBy,
      approverId: approver,
      requestedAt: instantToColumn(requestedAt),
    },
    select: { id: true },
  })
}

export async function recordDecision(
  tx: Tx,
  id: ApprovalId,
  status: 'approved' | 'refused',
  decidedAt: Temporal.Instant,
  signature: Uint8Array,
): Promise<void> {
  await tx.approval.update({
    where: { id },
    data: { status, decidedAt: instantToColumn(decidedAt), signature: new Uint8Array(signature) },
    select: { id: true },
  })
}

/** Another way was taken while the second person was still being waited for. */
export async function lapseApprovals(tx: Tx, concernId: ConcernId): Promise<void> {
  await tx.approval.updateMany({ where: { concernId, status: 'pending' }, data: { status: 'lapsed' } })
}

function fromRow(row: {
  id: string
  concernId: string
  status: string
  requestedById: string
  approverId: string
  requestedAt: Date
  compartmentId: string
  summaryItemId: string
  decidedAt: Date | null
  signature: Uint8Array | null
}): ApprovalRow {
  return {
    id: row.id as ApprovalId,
    concernId: row.concernId as ConcernId,
    status: row.status,
    requestedBy: row.requestedById as UserId,
    approver: row.approverId as UserId,
    requestedAt: instantFromColumn(row.requestedAt),
    compartmentId: row.compartmentId as CompartmentId,
    summaryItemId: row.summaryItemId as ItemId,
    decidedAt: row.decidedAt && instantFromColumn(row.decidedAt),
    signature: row.signature,
  }
}
