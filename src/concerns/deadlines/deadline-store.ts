import type { StoredEntry } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import { dateFromColumn, instantFromColumn, londonDate, type ConcernId, type DateText } from '../../kernel/index.ts'

/** What stands in clear about a concern whose clock runs: enough to reckon its next date, and nothing of what was said. */
export interface RunningConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly raisedOn: DateText
  readonly code: string
  readonly due: DateText | null
  readonly entries: readonly Pick<StoredEntry, 'kind' | 'on' | 'text'>[]
}

/** Concerns with a clock that nobody has stopped, by id. */
export async function readRunning(tx: Tx): Promise<RunningConcern[]> {
  const rows = await tx.concern.findMany({
    where: { NOT: { nextClockCode: null } },
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
    code: nextClockCode ?? '',
    due: nextClockDue && dateFromColumn(nextClockDue),
    entries: entries.get(id) ?? [],
  }))
}

/** Steps of concerns, without looks: clocks go by what was done. */
async function entriesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, RunningConcern['entries']>> {
  const rows = await tx.staffEntry.findMany({
    where: { concernId: { in: [...ids] }, kind: { startsWith: 'concern_', not: 'concern_viewed' } },
    orderBy: [{ concernId: 'asc' }, { number: 'asc' }],
    select: { concernId: true, kind: true, happenedAt: true, text: true },
  })
  const byConcern = new Map<string, Pick<StoredEntry, 'kind' | 'on' | 'text'>[]>()
  for (const { concernId, kind, happenedAt, text } of rows) {
    const entry = { kind: kind as StoredEntry['kind'], on: londonDate(instantFromColumn(happenedAt)), text }
    byConcern.set(concernId!, [...(byConcern.get(concernId!) ?? []), entry])
  }
  return byConcern
}

/** Keeps every act off these concerns until the transaction ends. By id, as everybody who locks several does. */
export async function lockRunning(tx: Tx): Promise<void> {
  await tx.$queryRaw`select 1 from concern where next_clock_code is not null order by id for update`
}

/** The version stays: what a colleague decided on is still there. */
export async function writeNextDates(
  tx: Tx,
  dates: readonly { readonly id: ConcernId; readonly code: string | null; readonly due: DateText | null }[],
): Promise<void> {
  await tx.$executeRaw`
    update concern set next_clock_code = given.code, next_clock_due = given.due
    from unnest(${dates.map(({ id }) => id)}::uuid[], ${dates.map(({ code }) => code)}::text[], ${dates.map(({ due }) => due)}::date[])
      as given (id, code, due)
    where concern.id = given.id`
}
