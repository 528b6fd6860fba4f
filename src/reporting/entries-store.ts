import type { Tx } from '../database/index.ts'
import {
  addDays,
  dateFromColumn,
  dateToColumn,
  instantFromColumn,
  instantToColumn,
  londonDate,
  startOfLondonDay,
  type DateText,
} from '../kernel/index.ts'
import type { ClockedEntry } from './dependencies.ts'

/** A concern as reports know it: by its alias, never by reference. */
export interface ReportedConcern {
  readonly id: string
  readonly alias: string
  readonly raisedOn: DateText
  /** Of the days up to the one asked for: staff's of a day in their order, a reporter's of that day after them. */
  readonly entries: readonly ClockedEntry[]
}

/**
 * Concerns whose kept clocks may be of another day than the report's: staff did something since, or a reporter did on that day or since, whose acts
 * reach the kept clocks at night only. Or who have none, because a night was missed in the two months since they were raised.
 */
export async function readUnsettled(tx: Tx, kinds: readonly string[], asOf: DateText): Promise<string[]> {
  const after = instantToColumn(startOfLondonDay(addDays(asOf, 1)))
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select concern_id as id from staff_entry where happened_at >= ${after}::timestamptz and concern_id is not null and kind = any(${[...kinds]}::text[])
    union select concern_id from reporter_entry where happened_on >= ${dateToColumn(asOf)}::date and kind = any(${[...kinds]}::text[])
    union select id from concern c where raised_on >= ${dateToColumn(addDays(asOf, -60))}::date
      and not exists (select 1 from concern_clock k where k.concern_id = c.id)`
  return rows.map(({ id }) => id)
}

/** These concerns with their entries of some kinds until a day. One whose raising was written later is not among them. */
export async function readReported(tx: Tx, ids: readonly string[], kinds: readonly string[], asOf: DateText): Promise<ReportedConcern[]> {
  if (ids.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string; alias: string; raisedOn: Date }[]>`
    select c.id, c.log_alias as alias, c.raised_on as "raisedOn" from concern c
      join reporter_entry r on r.concern_id = c.id and r.number = 1 and r.happened_on <= ${dateToColumn(asOf)}::date
    where c.id = any(${[...ids]}::uuid[])`
  const entries = await readEntries(tx, ids, kinds, asOf)
  return rows.map(({ id, alias, raisedOn }) => ({ id, alias, raisedOn: dateFromColumn(raisedOn), entries: entries.get(id) ?? [] }))
}

async function readEntries(tx: Tx, ids: readonly string[], kinds: readonly string[], asOf: DateText) {
  const where = { concernId: { in: [...ids] }, kind: { in: [...kinds] } }
  const staff = await tx.staffEntry.findMany({
    where: { ...where, happenedAt: { lt: instantToColumn(startOfLondonDay(addDays(asOf, 1))) } },
    orderBy: [{ concernId: 'asc' }, { number: 'asc' }],
    select: { concernId: true, kind: true, happenedAt: true, text: true },
  })
  const reporter = await tx.reporterEntry.findMany({
    where: { ...where, happenedOn: { lte: dateToColumn(asOf) } },
    orderBy: [{ concernId: 'asc' }, { number: 'asc' }],
    select: { concernId: true, kind: true, happenedOn: true, text: true },
  })
  const byConcern = new Map<string, ClockedEntry[]>()
  const add = (id: string, entry: { kind: string; on: DateText; text: string }) => {
    const entries = byConcern.get(id)
    if (entries === undefined) byConcern.set(id, [entry as ClockedEntry])
    else entries.push(entry as ClockedEntry)
  }
  for (const { concernId, kind, happenedAt, text } of staff) add(concernId!, { kind, on: londonDate(instantFromColumn(happenedAt)), text })
  for (const { concernId, kind, happenedOn, text } of reporter) add(concernId, { kind, on: dateFromColumn(happenedOn), text })
  for (const entries of byConcern.values()) entries.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return byConcern
}

/** Concerns of the period that are concluded, by id. */
export async function readConcluded(
  tx: Tx,
  { from, to }: { readonly from: DateText; readonly to: DateText },
  limit: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from concern where status in ('resolved', 'closed', 'withdrawn')
      and raised_on between ${dateToColumn(from)}::date and ${dateToColumn(to)}::date order by id limit ${limit}::int`
  return rows.map(({ id }) => id)
}
