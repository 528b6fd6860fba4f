import type { Tx } from '../database/index.ts'
import { Refusal, type ConcernId, type ItemId, type UserId } from '../kernel/index.ts'
import type { RiskGrade, Status } from '../workflow/index.ts'
import { concernFromRow, type Concern } from './concern.ts'

/** The clear columns that an act of staff may change. */
export interface ConcernChange {
  readonly status?: Status
  readonly riskGrade?: RiskGrade
  readonly secondApproverRequired?: boolean
  readonly headerItemId?: ItemId
  readonly ownerId?: UserId | null
}

export async function readConcern(tx: Tx, id: ConcernId): Promise<Concern | null> {
  const row = await tx.concern.findUnique({ where: { id } })
  return row && concernFromRow(row)
}

/** Keeps every other act off the concern until this transaction ends: what is read after it stays true. */
export async function lockConcern(tx: Tx, id: ConcernId): Promise<void> {
  await tx.$queryRaw`select 1 from concern where id = ${id}::uuid for update`
}

/** Changes the concern if nobody has since the person looked: one statement decides and changes. Refusal `concern_changed`. */
export async function changeConcern(tx: Tx, id: ConcernId, expectedVersion: number, change: ConcernChange): Promise<void> {
  const { count } = await tx.concern.updateMany({ where: { id, version: expectedVersion }, data: { ...change, version: { increment: 1 } } })
  if (count !== 1) throw new Refusal('concern_changed')
}

/** A handler has read what the person wrote. Not a change that a colleague has to look at first, so the version stays. */
export async function markRead(tx: Tx, id: ConcernId): Promise<void> {
  await tx.concern.updateMany({ where: { id, NOT: { unreadSince: null } }, data: { unreadSince: null } })
}
