import { addDays, dateFromColumn, dateToColumn, instantFromColumn, instantToColumn, londonDate, type DateText } from '../../kernel/index.ts'
import type { Tx } from '../../database/index.ts'
import type { Waiting } from './order.ts'
import { LogRefused } from './refused.ts'

/** An entry that may get a place now. `before` is the hash of the entry before it in its lane where that one has a place already. */
export interface ReadyEntry extends Waiting {
  readonly before: Uint8Array | null
}

/** What a look for waiting entries is limited to. */
export interface Look {
  /** Reporters' entries of days before this one; null for all. */
  readonly daysBefore: DateText | null
  /** No older entry waits: an earlier look made sure of it. Null looks at everything. */
  readonly from: { readonly staff: Temporal.Instant; readonly reporter: DateText } | null
  /** Entries of each lane at most. */
  readonly limit: number
}

/** What may be integrated now, each lane in its order, and since when the rest waits. */
export interface Ready {
  readonly reporters: readonly ReadyEntry[]
  readonly staff: readonly ReadyEntry[]
  /** All that was seen, by time. As many as the limit: there may be more, later ones. */
  readonly seen: { readonly staff: readonly Seen[]; readonly reporter: readonly Seen[] }
}

interface Seen {
  readonly id: string
  readonly at: Date
}

interface Row extends Seen {
  readonly concern: string | null
  readonly number: number | null
  /** Whether the entry before it is there, and its hash where it has a place. */
  readonly follows: boolean
  readonly before: Uint8Array | null
  /** Of staff entries: whether their concern was raised in the log, and whether that has a place. */
  readonly raised: boolean
  readonly raisedPlaced: boolean
}

/**
 * Looks once for every entry without a place and tells which may get one: of each lane the beginning, without a gap, and of staff's nothing
 * on a concern before the entry that raised it. Throws `LogRefused` `entry_missing`, and `entry_altered` for a reporter's entry of a day to come.
 */
export async function readReady(tx: Tx, look: Look): Promise<Ready> {
  if (look.daysBefore !== null) await refusePutOff(tx, look.daysBefore)
  const reporterRows = await readReporters(tx, look)
  const staffRows = await readStaff(tx, look)
  const reporters = beginningsOf('reporter', reporterRows, () => true)
  const raisedNow = new Set(reporters.flatMap(({ concern, number }) => (number === 1 ? [concern] : [])))
  const staff = beginningsOf('staff', staffRows, ({ concern, raisedPlaced }) => concern === null || raisedPlaced || raisedNow.has(concern))
  return { reporters, staff, seen: { staff: staffRows, reporter: reporterRows } }
}

/** Whoever dates a waiting entry of a reporter far ahead keeps it out of the log, and all that staff do about it. Clocks may be a day apart. */
async function refusePutOff(tx: Tx, today: DateText): Promise<void> {
  const [ahead] = await tx.$queryRaw<{ id: string }[]>`
    select e.id from reporter_entry e where e.happened_on > ${dateToColumn(addDays(today, 1))}::date
      and not exists (select 1 from log_position p where p.entry_id = e.id) limit 1`
  if (ahead !== undefined) throw new LogRefused('entry_altered', ahead.id)
}

function readReporters(tx: Tx, { daysBefore, from, limit }: Look): Promise<Row[]> {
  const since = from === null ? null : dateToColumn(from.reporter)
  const until = daysBefore === null ? null : dateToColumn(daysBefore)
  return tx.$queryRaw<Row[]>`
    select e.id, e.concern_id as concern, e.number, e.happened_on as at, b.id is not null as follows, q.hash as before, true as raised,
      true as "raisedPlaced"
    from reporter_entry e
      left join reporter_entry b on b.concern_id = e.concern_id and b.number = e.number - 1
      left join log_position q on q.entry_id = b.id
    where (${until}::date is null or e.happened_on < ${until}::date) and (${since}::date is null or e.happened_on >= ${since}::date)
      and not exists (select 1 from log_position p where p.entry_id = e.id)
    order by e.happened_on, e.concern_id, e.number limit ${limit}::int`
}

function readStaff(tx: Tx, { from, limit }: Look): Promise<Row[]> {
  const since = from === null ? null : instantToColumn(from.staff)
  return tx.$queryRaw<Row[]>`
    select e.id, e.concern_id as concern, e.number, e.happened_at as at, b.id is not null as follows, q.hash as before, r.id is not null as raised,
      o.index is not null as "raisedPlaced"
    from staff_entry e
      left join staff_entry b on b.concern_id = e.concern_id and b.number = e.number - 1
      left join log_position q on q.entry_id = b.id
      left join reporter_entry r on r.concern_id = e.concern_id and r.number = 1
      left join log_position o on o.entry_id = r.id
    where (${since}::timestamptz is null or e.happened_at >= ${since}::timestamptz)
      and not exists (select 1 from log_position p where p.entry_id = e.id)
    order by e.happened_at, e.concern_id, e.number, e.id limit ${limit}::int`
}

/** Of each concern's entries those that follow what has a place, or one another, without a gap. */
function beginningsOf(lane: 'reporter' | 'staff', rows: readonly Row[], mayBegin: (row: Row) => boolean): ReadyEntry[] {
  const lost = rows.find(
    ({ number, follows, concern, raised }) => (number !== null && number > 1 && !follows) || (concern !== null && !raised),
  )
  if (lost !== undefined) throw new LogRefused('entry_missing', lost.id)
  const last = new Map<string, number>()
  const ready: ReadyEntry[] = []
  for (const { id, concern, number, before, ...row } of inOrderOfNumbers(rows)) {
    const follows = concern === null || number === 1 || before !== null || last.get(concern) === number! - 1
    if (!follows || !mayBegin({ id, concern, number, before, ...row })) continue
    if (concern !== null) last.set(concern, number!)
    ready.push({ id, lane, concern, number, before })
  }
  return ready
}

/** In the order they have, but each concern's own by number: two processes' clocks may differ. */
function inOrderOfNumbers(rows: readonly Row[]): Row[] {
  const byConcern = Map.groupBy(rows, ({ concern }) => concern)
  for (const [concern, own] of byConcern) if (concern !== null) own.sort((a, b) => b.number! - a.number!)
  return rows.map((row) => (row.concern === null ? row : byConcern.get(row.concern)!.pop()!))
}

/** Further back than any clock of ours can be wrong: an entry that commits late is still found. */
const margin = { hours: 48 } as const

/**
 * Since when entries may wait once these have their places: nobody who looks for waiting entries has to look further back. `limit` as in the
 * look.
 */
export function waitingSince(
  { seen }: Ready,
  placed: ReadonlySet<string>,
  limit: number,
  now: Temporal.Instant,
): { readonly staffFrom: Temporal.Instant; readonly reporterFrom: DateText } {
  const staff = oldestLeft(seen.staff, placed, limit)
  const reporter = oldestLeft(seen.reporter, placed, limit)
  const recent = now.subtract(margin)
  const recentDay = addDays(londonDate(recent), -1)
  const oldest = staff === null ? recent : instantFromColumn(staff)
  const oldestDay = reporter === null ? recentDay : dateFromColumn(reporter)
  return {
    staffFrom: Temporal.Instant.compare(oldest, recent) < 0 ? oldest : recent,
    reporterFrom: oldestDay < recentDay ? oldestDay : recentDay,
  }
}

function oldestLeft(seen: readonly Seen[], placed: ReadonlySet<string>, limit: number): Date | null {
  const left = seen.find(({ id }) => !placed.has(id))
  return left?.at ?? (seen.length === limit ? seen.at(-1)!.at : null)
}
