import type { StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import type { Prisma } from '../../database/generated/client.ts'
import { dateFromColumn, dateToColumn, instantFromColumn, londonDate, type ConcernId, type DateText } from '../../kernel/index.ts'
import { clockedKinds } from './timeline.ts'

/** What stands in clear about a concern: enough to reckon its clocks, and nothing of what was said. */
export interface ClockedConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly raisedOn: DateText
  readonly code: string | null
  readonly due: DateText | null
  readonly entries: readonly Pick<StoredEntry, 'kind' | 'on' | 'text'>[]
}

/** Which concerns: those with a clock that nobody has stopped, or all. */
export type Which = 'running' | 'all'

/** Some of them by id, those after `after`; fewer than `limit` where there are no more. */
export async function readClocked(tx: Tx, which: Which, after: string | null, limit: number): Promise<ClockedConcern[]> {
  return readThese(tx, {
    where: { ...(which === 'running' && { NOT: { nextClockCode: null } }), ...(after !== null && { id: { gt: after } }) },
    take: limit,
  })
}

/** These, by id. */
export const readClockedOf = (tx: Tx, ids: readonly string[]): Promise<ClockedConcern[]> =>
  readThese(tx, { where: { id: { in: [...ids] } } })

async function readThese(tx: Tx, chosen: { readonly where: Prisma.ConcernWhereInput; readonly take?: number }): Promise<ClockedConcern[]> {
  const rows = await tx.concern.findMany({
    ...chosen,
    orderBy: { id: 'asc' },
    select: { id: true, reference: true, raisedOn: true, nextClockCode: true, nextClockDue: true },
  })
  const entries = await entriesOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, reference, raisedOn, nextClockCode, nextClockDue }) => ({
    id: id as ConcernId,
    reference,
    raisedOn: dateFromColumn(raisedOn),
    code: nextClockCode,
    due: nextClockDue && dateFromColumn(nextClockDue),
    entries: entries.get(id) ?? [],
  }))
}

/** The entries that clocks go by: what was done, and no looks. Staff's in their order, a day's reporter's acts after them. */
async function entriesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ClockedConcern['entries']>> {
  const where = { concernId: { in: [...ids] }, kind: { in: [...clockedKinds] } }
  const [staff, reporter] = await Promise.all([
    tx.staffEntry.findMany({
      where,
      orderBy: [{ concernId: 'asc' }, { number: 'asc' }],
      select: { concernId: true, kind: true, happenedAt: true, text: true },
    }),
    tx.reporterEntry.findMany({
      where,
      orderBy: [{ concernId: 'asc' }, { number: 'asc' }],
      select: { concernId: true, kind: true, happenedOn: true, text: true },
    }),
  ])
  const byConcern = new Map<string, Pick<StoredEntry, 'kind' | 'on' | 'text'>[]>()
  const add = (id: string, kind: string, on: DateText, text: string) => {
    const entries = byConcern.get(id)
    const entry = { kind: kind as StoredEntry['kind'], on, text }
    if (entries === undefined) byConcern.set(id, [entry])
    else entries.push(entry)
  }
  for (const { concernId, kind, happenedAt, text } of staff) add(concernId!, kind, londonDate(instantFromColumn(happenedAt)), text)
  for (const { concernId, kind, happenedOn, text } of reporter) add(concernId, kind, dateFromColumn(happenedOn), text)
  for (const entries of byConcern.values()) entries.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return byConcern
}

/** Keeps every act off these concerns until the transaction ends. By id, as everybody who locks several does. */
export async function lockRunning(tx: Tx): Promise<void> {
  await tx.$queryRaw`select 1 from concern where next_clock_code is not null order by id for update`
}

/**
 * The same for some of all concerns, those after `after`; answers with their ids. `since` leaves out those whose clocks are all stopped and whose
 * person did nothing from that day on.
 */
export async function lockSome(tx: Tx, since: DateText | null, after: string | null, limit: number): Promise<string[]> {
  const first = since && dateToColumn(since)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from concern c
    where (${after}::uuid is null or id > ${after}::uuid)
      and (${first}::date is null or next_clock_code is not null
        or c.id in (select concern_id from reporter_entry where happened_on >= ${first}::date)
        or exists (select 1 from concern_clock k where k.concern_id = c.id and k.stopped_on is null)
        or not exists (select 1 from concern_clock k where k.concern_id = c.id))
    order by id limit ${limit} for update`
  return rows.map(({ id }) => id)
}
