import type { Tx } from '../database/index.ts'
import { Prisma } from '../database/generated/client.ts'
import type { ConcernId, UserId } from '../kernel/index.ts'
import type { UrgencyBounds } from '../timeliness/index.ts'
import type { CompartmentKind } from '../vault/index.ts'
import type { Openness, Status } from '../workflow/index.ts'

/** What a row must be to be listed: clear columns only. */
export interface QueueConditions {
  /** Null: whatever needs action, which is all that is not resolved, and what is but was written to since. */
  readonly statuses: readonly Status[] | null
  readonly due: 'overdue' | 'today' | 'soon' | null
  readonly owner: UserId | 'none' | null
  readonly unread: boolean
  readonly openness: Openness | null
  readonly danger: boolean
}

export const noConditions: QueueConditions = { statuses: null, due: null, owner: null, unread: false, openness: null, danger: false }

/** Whose queue: a concern is in it through a grant of this holder, of one of these kinds. */
export interface QueueHolder {
  readonly holder: UserId
  readonly kinds: readonly CompartmentKind[]
}

/** A row's place in the published order. `key` is the date its rank sorts by, 'infinity' where it has none. */
export interface QueuePlace {
  readonly rank: number
  readonly key: string
  readonly raisedOn: string
  readonly id: string
}

interface QueueRow {
  readonly rank: number
  readonly key: string
  readonly raised_on: string
  readonly id: string
}

/** The clear columns of a row that sort it. `c` is the concern. */
const sql = {
  danger: Prisma.sql`c.danger and c.status = 'raised'`,
  calm: Prisma.sql`not (c.danger and c.status = 'raised')`,
  unread: Prisma.sql`c.unread_since is not null`,
  read: Prisma.sql`c.unread_since is null`,
  harmed: Prisma.sql`c.open_detriment`,
  unharmed: Prisma.sql`not c.open_detriment`,
  undated: Prisma.sql`c.next_clock_due is null`,
  owned: Prisma.sql`c.owner_id is not null`,
  ownerless: Prisma.sql`c.owner_id is null`,
}

interface Branch {
  readonly rank: number
  readonly where: Prisma.Sql
  /** Whether `where` leaves only rows with, or without, an unread message; both where it is absent. */
  readonly unread?: boolean
  /** The column the rank sorts by before the date raised. */
  readonly key?: 'next_clock_due' | 'unread_since'
}

/**
 * The published order of urgency (`timeliness`), one branch a rank, each in the order of an index: the first page costs the same however many
 * concerns there are. Ranks 4 to 8 stand twice where a date may be far off or absent, so that each half has its own index.
 */
function branches({ today, soonUntil }: UrgencyBounds): Branch[] {
  const due = {
    before: Prisma.sql`c.next_clock_due < ${today}::date`,
    today: Prisma.sql`c.next_clock_due = ${today}::date`,
    later: Prisma.sql`c.next_clock_due > ${today}::date`,
    soon: Prisma.sql`c.next_clock_due > ${today}::date and c.next_clock_due <= ${soonUntil}::date`,
    far: Prisma.sql`c.next_clock_due > ${soonUntil}::date`,
  }
  return [
    { rank: 1, where: sql.danger },
    { rank: 2, where: both(sql.calm, due.before), key: 'next_clock_due' },
    { rank: 3, where: both(sql.calm, due.today), key: 'next_clock_due' },
    { rank: 4, unread: true, where: both(sql.calm, sql.unread, sql.undated), key: 'unread_since' },
    { rank: 4, unread: true, where: both(sql.calm, sql.unread, due.later), key: 'unread_since' },
    { rank: 5, unread: false, where: both(sql.calm, sql.read, sql.harmed, sql.undated) },
    { rank: 5, unread: false, where: both(sql.calm, sql.read, sql.harmed, due.later) },
    { rank: 6, unread: false, where: both(sql.calm, sql.read, sql.unharmed, due.soon), key: 'next_clock_due' },
    { rank: 7, unread: false, where: both(sql.calm, sql.read, sql.unharmed, sql.ownerless, sql.undated) },
    { rank: 7, unread: false, where: both(sql.calm, sql.read, sql.unharmed, sql.ownerless, due.far) },
    { rank: 8, unread: false, where: both(sql.calm, sql.read, sql.unharmed, sql.owned, due.far), key: 'next_clock_due' },
    { rank: 8, unread: false, where: both(sql.calm, sql.read, sql.unharmed, sql.owned, sql.undated) },
  ]
}

/** The ids of a page's rows with their places, most urgent first, from after `after`. */
export async function readQueuePage(
  tx: Tx,
  who: QueueHolder,
  conditions: QueueConditions,
  bounds: UrgencyBounds,
  after: QueuePlace | null,
  limit: number,
): Promise<{ id: ConcernId; place: QueuePlace }[]> {
  // Plans are made for this holder's share of the concerns: one plan for all would walk 100,000 rows for a lead who may see three.
  await tx.$queryRaw`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)`
  const parts = branches(bounds)
    .filter(({ rank }) => after === null || rank >= after.rank)
    .map((branch) => {
      const listed = both(visibleTo(who), inStatus(conditions.statuses, branch.unread), ...matching(conditions, bounds))
      return branchSql(branch, listed, after?.rank === branch.rank ? after : null, limit)
    })
  const rows = await tx.$queryRaw<QueueRow[]>`
    select rank, key::text, raised_on::text, id::text from (${Prisma.join(parts, ' union all ')}) ranked
    order by ranked.rank, ranked.key, ranked.raised_on, ranked.id limit ${limit}`
  return rows.map(({ rank, key, raised_on, id }) => ({ id: id as ConcernId, place: { rank, key, raisedOn: raised_on, id } }))
}

function branchSql({ rank, where, key }: Branch, listed: Prisma.Sql, after: QueuePlace | null, limit: number): Prisma.Sql {
  const keyed = key === undefined ? null : Prisma.raw(`c.${key}`)
  const order = keyed === null ? Prisma.sql`c.raised_on, c.id` : Prisma.sql`${keyed}, c.raised_on, c.id`
  return Prisma.sql`(
    select ${rank}::int as rank, ${keyed === null ? Prisma.sql`'infinity'::date` : keyed} as key, c.raised_on, c.id from concern c
    where ${both(where, listed, pastSql(keyed, after))} order by ${order} limit ${limit})`
}

/** Rows after a place, within its rank. */
function pastSql(keyed: Prisma.Sql | null, after: QueuePlace | null): Prisma.Sql {
  if (after === null) return Prisma.sql`true`
  const { key, raisedOn, id } = after
  if (keyed !== null)
    return key === 'infinity'
      ? Prisma.sql`false`
      : Prisma.sql`(${keyed}, c.raised_on, c.id) > (${key}::date, ${raisedOn}::date, ${id}::uuid)`
  return key === 'infinity' ? Prisma.sql`(c.raised_on, c.id) > (${raisedOn}::date, ${id}::uuid)` : Prisma.sql`true`
}

export interface QueueCounts {
  readonly all: number
  readonly overdue: number
  readonly dueToday: number
  readonly unread: number
}

/** Counts up to `cap`: `all` of what is listed, the others of the whole queue, since each is a way to narrow it. */
export async function countQueue(
  tx: Tx,
  who: QueueHolder,
  conditions: QueueConditions,
  bounds: UrgencyBounds,
  cap: number,
): Promise<QueueCounts> {
  const some = (wanted: QueueConditions, unread: boolean | undefined) => Prisma.sql`(
    select 1 from concern c where ${both(visibleTo(who), inStatus(wanted.statuses, unread), ...matching(wanted, bounds))}
      ${unread === true ? Prisma.sql`and ${sql.unread}` : unread === false ? Prisma.sql`and ${sql.read}` : Prisma.empty} limit ${cap})`
  const count = (wanted: QueueConditions) => Prisma.sql`(
    select count(*)::int from (select 1 from (${Prisma.join([some(wanted, true), some(wanted, false)], ' union all ')}) both_kinds limit ${cap}) counted)`
  const rows = await tx.$queryRaw<[QueueCounts]>`select
    ${count(conditions)} as "all",
    ${count({ ...noConditions, due: 'overdue' })} as "overdue",
    ${count({ ...noConditions, due: 'today' })} as "dueToday",
    ${count({ ...noConditions, unread: true })} as "unread"`
  return rows[0]
}

function visibleTo({ holder, kinds }: QueueHolder): Prisma.Sql {
  return Prisma.sql`exists (
    select 1 from key_grant g where g.concern_id = c.id and g.holder = ${holder} and g.kind in (${Prisma.join([...kinds])}))`
}

/** Words that an index of open concerns answers to, where the rows are known to hold no unread message. */
function inStatus(statuses: readonly Status[] | null, unread: boolean | undefined): Prisma.Sql {
  const open = Prisma.sql`c.status <> 'resolved'`
  if (statuses?.length === 0) return Prisma.sql`false`
  if (statuses !== null) {
    const among = Prisma.sql`c.status in (${Prisma.join([...statuses])})`
    return statuses.includes('resolved') ? among : both(among, open)
  }
  if (unread === undefined) return Prisma.sql`(c.status <> 'resolved' or c.unread_since is not null)`
  return unread ? Prisma.sql`true` : open
}

function matching({ due, owner, unread, openness, danger }: QueueConditions, bounds: UrgencyBounds): Prisma.Sql[] {
  return [
    ...(due === null ? [] : [dueSql(due, bounds)]),
    ...(owner === null ? [] : [owner === 'none' ? sql.ownerless : Prisma.sql`c.owner_id = ${owner}::uuid`]),
    ...(unread ? [sql.unread] : []),
    ...(openness === null ? [] : [Prisma.sql`c.openness = ${openness}`]),
    ...(danger ? [Prisma.sql`c.danger`] : []),
  ]
}

function dueSql(due: 'overdue' | 'today' | 'soon', { today, soonUntil }: UrgencyBounds): Prisma.Sql {
  switch (due) {
    case 'overdue':
      return Prisma.sql`c.next_clock_due < ${today}::date`
    case 'today':
      return Prisma.sql`c.next_clock_due = ${today}::date`
    case 'soon':
      return Prisma.sql`c.next_clock_due > ${today}::date and c.next_clock_due <= ${soonUntil}::date`
  }
}

function both(...conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(conditions.length > 0 ? [...conditions] : [Prisma.sql`true`], ' and ')
}
