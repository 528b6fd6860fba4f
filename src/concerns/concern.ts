import { dateFromColumn, type Alias, type ConcernId, type DateText, type IntakeGroupId, type ItemId, type UserId } from '../kernel/index.ts'
import type { Channel, Openness, RiskGrade, Status } from '../workflow/index.ts'

/** A concern as the database knows it: what stands in clear, and nothing that was said (`security.md` 2). */
export interface Concern {
  readonly id: ConcernId
  readonly reference: string
  readonly logAlias: Alias
  readonly intakeGroupId: IntakeGroupId
  readonly status: Status
  readonly version: number
  readonly raisedOn: DateText
  readonly channel: Channel
  readonly openness: Openness
  readonly riskGrade: RiskGrade | null
  readonly danger: boolean
  readonly unreadSince: DateText | null
  readonly openDetriment: boolean
  readonly secondApproverRequired: boolean
  readonly nextClockCode: string | null
  readonly nextClockDue: DateText | null
  readonly ownerId: UserId | null
  readonly headerItemId: ItemId
}

interface ConcernRow {
  id: string
  reference: string
  logAlias: string
  intakeGroupId: string
  status: string
  version: number
  raisedOn: Date
  channel: string
  openness: string
  riskGrade: string | null
  danger: boolean
  unreadSince: Date | null
  openDetriment: boolean
  secondApproverRequired: boolean
  nextClockCode: string | null
  nextClockDue: Date | null
  ownerId: string | null
  headerItemId: string
}

export function concernFromRow(row: ConcernRow): Concern {
  return {
    id: row.id as ConcernId,
    reference: row.reference,
    logAlias: row.logAlias as Alias,
    intakeGroupId: row.intakeGroupId as IntakeGroupId,
    status: row.status as Status,
    version: row.version,
    raisedOn: dateFromColumn(row.raisedOn),
    channel: row.channel as Channel,
    openness: row.openness as Openness,
    riskGrade: row.riskGrade as RiskGrade | null,
    danger: row.danger,
    unreadSince: row.unreadSince && dateFromColumn(row.unreadSince),
    openDetriment: row.openDetriment,
    secondApproverRequired: row.secondApproverRequired,
    nextClockCode: row.nextClockCode,
    nextClockDue: row.nextClockDue && dateFromColumn(row.nextClockDue),
    ownerId: row.ownerId as UserId | null,
    headerItemId: row.headerItemId as ItemId,
  }
}
