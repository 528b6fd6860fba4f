import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import type { UrgencyBounds } from '../../timeliness/index.ts'
import { plannedSql } from '../detriment/plan-store.ts'
import { isEnded, statuses } from '../../workflow/index.ts'
import {
  all,
  conditionsSql,
  grantsOf,
  noConditions,
  type KnownOfRow,
  type QueueConditions,
  type QueueCounts,
  type QueuePlace,
  type QueueQuery,
} from './queue-conditions-store.ts'

/** A part of the published order that one index holds in its own order. `c` is the concern. */
interface Branch {
  readonly rank: number
  readonly where: Prisma.Sql
  /** What `where` tells of its rows; absent: nothing. */
  readonly known?: KnownOfRow
  /** The column the rank sorts by before the date raised. */
  readonly key?: 'next_clock_due' | 'unread_since'
}

const sql = {
  danger: Prisma.sql`c.danger and c.status = 'raised'`,
  calm: Prisma.sql`not (c.danger and c.status = 'raised')`,
  unread: Prisma.sql`c.unread_since is not null`,
  read: Prisma.sql`c.unread_since is null`,
  harmed: Prisma.sql`c.open_detriment`,
  unharmed: Prisma.sql`not c.open_detriment`,
  undated: Prisma.sql`c.next_clock_due is null`,
  dated: Prisma.sql`c.next_clock_due is not null`,
  owned: Prisma.sql`c.owner_id is not null`,
  ownerless: Prisma.sql`c.owner_id is null`,
}

/** The published order of urgency (`timeliness`). Some ranks stand twice, for rows with a date and rows without, so that each half has its index. */
function branches({ today, soonUntil }: UrgencyBounds): Branch[] {
  const before = Prisma.sql`c.next_clock_due < ${today}::date`
  const now = Prisma.sql`c.next_clock_due = ${today}::date`
  const later = Prisma.sql`c.next_clock_due > ${today}::date`
  const soon = Prisma.sql`c.next_clock_due > ${today}::date and c.next_clock_due <= ${soonUntil}::date`
  const far = Prisma.sql`c.next_clock_due > ${soonUntil}::date`
  const quiet = all(sql.calm, sql.read, sql.unharmed)
  const harmed = all(sql.harmed, sql.calm, sql.read)
  const unplanned = Prisma.sql`not ${plannedSql}`
  return [
    { rank: 1, where: sql.danger },
    { rank: 2, known: 'needs action', where: all(sql.calm, before), key: 'next_clock_due' },
    { rank: 3, known: 'needs action', where: all(sql.calm, now), key: 'next_clock_due' },
    { rank: 4, known: 'needs action', where: all(sql.calm, sql.unread, sql.undated), key: 'unread_since' },
    { rank: 4, known: 'needs action', where: all(sql.calm, sql.unread, later), key: 'unread_since' },
    { rank: 5, known: 'needs action', where: all(harmed, unplanned, sql.undated) },
    { rank: 5, known: 'needs action', where: all(harmed, unplanned, later) },
    // Bad treatment that has its plan: few rows, each found by its mark
    { rank: 6, known: 'needs action', where: all(harmed, plannedSql, soon), key: 'next_clock_due' },
    { rank: 7, known: 'needs action', where: all(harmed, plannedSql, sql.ownerless, sql.undated) },
    { rank: 7, known: 'needs action', where: all(harmed, plannedSql, sql.ownerless, far) },
    { rank: 8, known: 'needs action', where: all(harmed, plannedSql, sql.owned, far), key: 'next_clock_due' },
    { rank: 8, known: 'needs action', where: all(harmed, plannedSql, sql.owned, sql.undated) },
    { rank: 6, known: 'needs action', where: all(quiet, soon), key: 'next_clock_due' },
    { rank: 7, known: 'nothing new', where: all(quiet, sql.ownerless, sql.undated) },
    { rank: 7, known: 'nothing new', where: all(quiet, sql.ownerless, far) },
    { rank: 8, known: 'nothing new', where: all(quiet, sql.owned, far), key: 'next_clock_due' },
    { rank: 8, known: 'nothing new', where: all(quiet, sql.owned, sql.undated) },
  ]
}

/** Ranks asked for together. A page is mostly filled by the first, and what is not asked for is not planned either. */
const rounds = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8],
] as const

/**
 * A page for somebody who holds many concerns: every rank is read in the order of an index and stops early, so it costs the same however many
 * there are.
 */
export async function walkPage(tx: Tx, query: QueueQuery): Promise<QueuePlace[]> {
  const { after, limit } = query
  const open = branches(query.bounds).filter(({ rank }) => after === null || rank >= after.rank)
  const places: QueuePlace[] = []
  for (const round of rounds) {
    const asked = open.filter(({ rank }) => (round as readonly number[]).includes(rank))
    if (asked.length > 0 && places.length < limit) places.push(...(await walkRound(tx, query, asked)))
  }
  return places.slice(0, limit)
}

function walkRound(tx: Tx, query: QueueQuery, asked: readonly Branch[]): Promise<QueuePlace[]> {
  const parts = asked.map((branch) => branchSql(query, branch))
  return tx.$queryRaw<QueuePlace[]>`
    select rank, key::text as "key", raised_on::text as "raisedOn", id::text as "id" from (${Prisma.join(parts, ' union all ')}) ranked
    order by ranked.rank, ranked.key, ranked.raised_on, ranked.id limit ${query.limit}`
}

/** Each count stops at the cap. What needs action is counted in two halves, each with an index of its own. */
export async function walkCounts(tx: Tx, { who, conditions, bounds, cap }: QueueQuery): Promise<QueueCounts> {
  const some = (order: Prisma.Sql, ...wanted: Prisma.Sql[]) =>
    Prisma.sql`(select 1 from concern c where ${all(...wanted, visibleTo(who))} order by ${order} limit ${cap})`
  const count = (...parts: Prisma.Sql[]) =>
    Prisma.sql`(select count(*)::int from (select 1 from (${Prisma.join(parts, ' union all ')}) listed limit ${cap}) counted)`
  const inAction = (wanted: QueueConditions) => conditionsSql(wanted, bounds, 'needs action')
  const byDue = (due: QueueConditions['due']) => some(Prisma.sql`c.next_clock_due`, inAction({ ...noConditions, due }))
  const unread = (dated: Prisma.Sql) => some(Prisma.sql`c.unread_since`, sql.unread, dated)
  const { statuses: wanted } = conditions
  const listed = some(noOrder, conditionsSql({ ...conditions, statuses: wanted ?? openStatuses }, bounds))
  const ended = Prisma.sql`c.status in ('resolved', 'closed', 'withdrawn')`
  const writtenTo = some(noOrder, ended, sql.unread, inAction(conditions))
  const harmed = some(noOrder, ended, sql.read, sql.harmed, inAction(conditions))
  const soon = Prisma.sql`c.next_clock_due <= ${bounds.soonUntil}::date`
  const owing = some(Prisma.sql`c.next_clock_due`, ended, sql.read, sql.unharmed, soon, inAction(conditions))
  const rows = await tx.$queryRaw<[QueueCounts]>`select
    ${wanted === null ? count(listed, writtenTo, harmed, owing) : count(listed)} as "all",
    ${count(byDue('overdue'))} as "overdue",
    ${count(byDue('today'))} as "dueToday",
    ${count(unread(sql.undated), unread(sql.dated))} as "unread"`
  return rows[0]
}

const noOrder = Prisma.sql`(select null)`
const openStatuses = statuses.filter((status) => !isEnded(status))

function visibleTo(who: QueueQuery['who']): Prisma.Sql {
  return Prisma.sql`exists (select 1 from key_grant g where g.concern_id = c.id and ${grantsOf(who)})`
}

function branchSql({ who, conditions, bounds, after, limit }: QueueQuery, { rank, where, known, key }: Branch): Prisma.Sql {
  const keyed = key === undefined ? null : Prisma.raw(`c.${key}`)
  const order = keyed === null ? Prisma.sql`c.raised_on, c.id` : Prisma.sql`${keyed}, c.raised_on, c.id`
  const past = pastSql(keyed, after?.rank === rank ? after : null)
  return Prisma.sql`(
    select ${rank}::int as rank, ${keyed ?? Prisma.sql`'infinity'::date`} as key, c.raised_on, c.id from concern c
    where ${all(where, conditionsSql(conditions, bounds, known), visibleTo(who), past)} order by ${order} limit ${limit})`
}

/** Rows after a place, within its rank. */
function pastSql(keyed: Prisma.Sql | null, after: QueuePlace | null): Prisma.Sql {
  if (after === null) return Prisma.sql`true`
  const { key, raisedOn, id } = after
  if (keyed === null) return key === 'infinity' ? Prisma.sql`(c.raised_on, c.id) > (${raisedOn}::date, ${id}::uuid)` : Prisma.sql`true`
  if (key === 'infinity') return Prisma.sql`false`
  return Prisma.sql`(${keyed}, c.raised_on, c.id) > (${key}::date, ${raisedOn}::date, ${id}::uuid)`
}
