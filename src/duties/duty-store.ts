import type { Tx } from '../database/index.ts'
import { dateFromColumn, dateToColumn, instantFromColumn, instantToColumn } from '../kernel/index.ts'
import type { NoticeStep } from '../timeliness/index.ts'
import type { Duty, DutyCode, DutyNotice, DutyReading, DutyStep, StepKind } from './duty.ts'
import type { DutyStepDue } from './duty-steps.ts'

export interface RegisterRows {
  readonly duties: readonly Duty[]
  /** In their order, of each duty. */
  readonly steps: readonly DutyStep[]
  readonly notices: readonly DutyNotice[]
}

/** All duties, those that are not done, or one. */
export async function readRegister(tx: Tx, only: { readonly open?: true; readonly id?: string } = {}): Promise<RegisterRows> {
  const ids = only.open === true ? await readOpenIds(tx) : only.id === undefined ? null : [only.id]
  if (ids?.length === 0) return { duties: [], steps: [], notices: [] }
  const dutyId = ids === null ? undefined : { in: ids }
  const duties = await tx.duty.findMany({ ...(dutyId !== undefined && { where: { id: dutyId } }) })
  const where = dutyId === undefined ? {} : { dutyId }
  const steps = await tx.dutyStep.findMany({ where, orderBy: [{ dutyId: 'asc' }, { number: 'asc' }] })
  const notices = await tx.dutyNotice.findMany({ where, orderBy: [{ stepOn: 'asc' }, { step: 'asc' }] })
  return {
    duties: duties.map(({ id, code, startedOn, startedAt, setFor }) => ({
      id,
      code: code as DutyCode,
      startedOn: dateFromColumn(startedOn),
      startedAt: startedAt && instantFromColumn(startedAt),
      setFor: setFor && dateFromColumn(setFor),
    })),
    steps: steps.map(({ dutyId: of, number, kind, onDate, at, until, reason }) => ({
      ...{ dutyId: of, number, kind: kind as StepKind, reason },
      on: dateFromColumn(onDate),
      at: at && instantFromColumn(at),
      until: until && dateFromColumn(until),
    })),
    notices: notices.map((row) => ({ dutyId: row.dutyId, step: row.step as NoticeStep, on: dateFromColumn(row.stepOn) })),
  }
}

async function readOpenIds(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select d.id from duty d where not exists (select 1 from duty_step s where s.duty_id = d.id and s.kind = 'duty_done')`
  return rows.map(({ id }) => id)
}

export async function insertDuty(tx: Tx, { startedOn, startedAt, setFor, ...duty }: Duty): Promise<void> {
  await tx.duty.create({
    data: {
      ...duty,
      startedOn: dateToColumn(startedOn),
      startedAt: startedAt && instantToColumn(startedAt),
      setFor: setFor && dateToColumn(setFor),
    },
  })
}

export async function insertStep(tx: Tx, { on, at, until, ...step }: DutyStep): Promise<void> {
  await tx.dutyStep.create({
    data: { ...step, onDate: dateToColumn(on), at: at && instantToColumn(at), until: until && dateToColumn(until) },
  })
}

/** Takes steps for ever. Throws where one was taken: the transaction then writes nothing. */
export async function insertNotices(
  tx: Tx,
  { id, dueOn, dueAt }: Pick<DutyReading, 'id' | 'dueOn' | 'dueAt'>,
  steps: readonly DutyStepDue[],
): Promise<void> {
  await tx.dutyNotice.createMany({
    data: steps.map(({ step, on }) => ({
      ...{ dutyId: id, step, stepOn: dateToColumn(on) },
      ...{ dueOn: dateToColumn(dueOn), dueAt: dueAt && instantToColumn(dueAt) },
    })),
  })
}

/** Two who record at once do it one after the other, and the clock after them. Held to the end of the transaction. */
export async function lockDuties(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('forthright duties', 0))`
}
