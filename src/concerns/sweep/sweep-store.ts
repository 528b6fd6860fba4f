import type { Tx } from '../../database/index.ts'
import { dateFromColumn, dateToColumn, type ConcernId, type DateText, type IntakeGroupId, type UserId } from '../../kernel/index.ts'
import { readEscalatedTo } from '../acts/escalation-store.ts'
import { readHolders } from '../sealing/grant-store.ts'
import { conflictedIn } from '../lifecycle/conflicts.ts'
import { dutyHolder } from './duty-record.ts'
import type { DatedStep, SteppedClock } from '../../timeliness/index.ts'
import type { SweptConcern } from './told-people.ts'

/** An open clock that a step may be due of, and the steps that were taken. */
export interface SweptClock extends SteppedClock {
  readonly concernId: ConcernId
  readonly code: string
  readonly cycle: number
  readonly of: string
  readonly round: number
  readonly version: number
  readonly taken: ReadonlySet<string>
}

interface ClockRow {
  concern_id: string
  code: string
  cycle: number
  of: string
  round: number
  rule_version: number
  started_on: Date
  due_on: Date
  paused_from: Date | null
  paused_until: Date | null
  taken: string[]
}

/**
 * Clocks that nobody has stopped and that fall due by `horizon`, of so many concerns after `after`, by concern. Of concerns that came before `today`
 * alone: nothing may stand beside the act of who raised one. By the index of open clocks.
 */
export async function readOpenClocks(
  tx: Tx,
  {
    today,
    horizon,
    after,
    limit,
  }: { readonly today: DateText; readonly horizon: DateText; readonly after: string | null; readonly limit: number },
): Promise<SweptClock[]> {
  const rows = await tx.$queryRaw<ClockRow[]>`
    select k.concern_id, k.code, k.cycle, k.of, k.round, k.rule_version, k.started_on, k.due_on, k.paused_from, k.paused_until,
      array(select n.step from clock_notice n
        where (n.concern_id, n.code, n.cycle, n.of, n.round) = (k.concern_id, k.code, k.cycle, k.of, k.round)) as taken
    from (
      select distinct c.concern_id from concern_clock c join concern on concern.id = c.concern_id
      where c.stopped_on is null and c.due_on <= ${dateToColumn(horizon)}::date and concern.raised_on < ${dateToColumn(today)}::date
        and (${after}::uuid is null or c.concern_id > ${after}::uuid)
      order by c.concern_id limit ${limit}
    ) page join concern_clock k on k.concern_id = page.concern_id and k.stopped_on is null and k.due_on <= ${dateToColumn(horizon)}::date
    order by k.concern_id, k.code, k.cycle, k.of, k.round`
  return rows.map(clockFromRow)
}

/** The same of one concern, which the caller has locked. */
export async function readClocksOf(tx: Tx, concernId: ConcernId, horizon: DateText): Promise<SweptClock[]> {
  const rows = await tx.$queryRaw<ClockRow[]>`
    select k.concern_id, k.code, k.cycle, k.of, k.round, k.rule_version, k.started_on, k.due_on, k.paused_from, k.paused_until,
      array(select n.step from clock_notice n
        where (n.concern_id, n.code, n.cycle, n.of, n.round) = (k.concern_id, k.code, k.cycle, k.of, k.round)) as taken
    from concern_clock k where k.concern_id = ${concernId}::uuid and k.stopped_on is null and k.due_on <= ${dateToColumn(horizon)}::date
    order by k.code, k.cycle, k.of, k.round`
  return rows.map(clockFromRow)
}

function clockFromRow(row: ClockRow): SweptClock {
  const [from, until] = [row.paused_from, row.paused_until]
  return {
    concernId: row.concern_id as ConcernId,
    code: row.code,
    cycle: row.cycle,
    of: row.of,
    round: row.round,
    version: row.rule_version,
    startedOn: dateFromColumn(row.started_on),
    dueOn: dateFromColumn(row.due_on),
    pause: from === null || until === null ? null : { from: dateFromColumn(from), until: dateFromColumn(until) },
    taken: new Set(row.taken),
  }
}

/** What a sweep knows of a concern's people, but for what the duty key opens: that comes as it lies. */
export interface SweptRows extends Omit<SweptConcern, 'duty'> {
  readonly sealedDuty: Uint8Array | null
}

export async function readSwept(tx: Tx, id: ConcernId): Promise<SweptRows> {
  const concern = await tx.concern.findUniqueOrThrow({ where: { id }, select: { intakeGroupId: true, ownerId: true } })
  const holders = await readHolders(tx, id)
  const escalatedTo = await readEscalatedTo(tx, id)
  const conflicts = await tx.staffEntry.findMany({ where: { concernId: id, kind: 'conflict_declared' }, select: { text: true } })
  const detriment = await tx.reporterEntry.findMany({ where: { concernId: id, kind: 'detriment_reported' }, select: { text: true } })
  const duty = await tx.keyGrant.findFirst({ where: { concernId: id, holder: dutyHolder }, select: { sealed: true } })
  return {
    intakeGroupId: concern.intakeGroupId as IntakeGroupId,
    ownerId: concern.ownerId as UserId | null,
    holders: new Set(holders.filter(({ kind }) => kind === 'internal').map(({ holder }) => holder)),
    escalatedTo,
    conflicted: conflictedIn(conflicts.map(({ text }) => ({ kind: 'conflict_declared', text }))),
    toldOfDetriment: detriment.map(({ text }) => new Set((JSON.parse(text) as { fields: { told: string[] } }).fields.told)),
    sealedDuty: duty?.sealed ?? null,
  }
}

/** Takes a step for ever. Throws where it was taken: the transaction then writes nothing. */
export async function insertNotices(tx: Tx, steps: readonly { readonly clock: SweptClock; readonly due: DatedStep }[]): Promise<void> {
  await tx.clockNotice.createMany({
    data: steps.map(({ clock: { concernId, code, cycle, of, round, dueOn }, due: { step, on } }) => ({
      ...{ concernId, code, cycle, of, round, step },
      dueOn: dateToColumn(dueOn),
      stepOn: dateToColumn(on),
    })),
  })
}
