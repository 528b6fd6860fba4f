import type { Tx } from '../database/index.ts'
import { dateFromColumn, dateToColumn, instantFromColumn, instantToColumn } from '../kernel/index.ts'
import type { Duty, DutyCode, DutyStep, StepKind } from './duty.ts'

export async function readDuties(tx: Tx): Promise<readonly Duty[]> {
  const rows = await tx.duty.findMany()
  return rows.map(({ id, code, startedOn, startedAt, setFor }) => ({
    id,
    code: code as DutyCode,
    startedOn: dateFromColumn(startedOn),
    startedAt: startedAt && instantFromColumn(startedAt),
    setFor: setFor && dateFromColumn(setFor),
  }))
}

/** In their order, of every duty. */
export async function readSteps(tx: Tx): Promise<readonly DutyStep[]> {
  const rows = await tx.dutyStep.findMany({ orderBy: [{ dutyId: 'asc' }, { number: 'asc' }] })
  return rows.map(({ dutyId, number, kind, onDate, at, until, reason }) => ({
    dutyId,
    number,
    kind: kind as StepKind,
    on: dateFromColumn(onDate),
    at: at && instantFromColumn(at),
    until: until && dateFromColumn(until),
    reason,
  }))
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

/** Two who record at once do it one after the other. Held to the end of the transaction. */
export async function lockDuties(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('forthright duties', 0))`
}
