import type { Tx } from '../../database/index.ts'
import { Prisma } from '../../database/generated/client.ts'
import { plannedSql } from '../detriment/plan-store.ts'
import { all, conditionsSql, grantsOf, noConditions, type QueueCounts, type QueuePlace, type QueueQuery } from './queue-conditions-store.ts'

type Row = QueueCounts & { readonly [Column in keyof QueuePlace]: QueuePlace[Column] | null }

/**
 * Page and counts for somebody who holds few concerns: all of them are looked up, one by one, and sorted by the published order
 * (`timeliness`). The counts stand on every row, and on an empty one where the page is empty.
 */
export async function gather(tx: Tx, query: QueueQuery): Promise<{ places: QueuePlace[]; counts: QueueCounts }> {
  const { who, bounds, after, limit } = query
  const past =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(rank, key, raised_on, id) > (${after.rank}::int, ${after.key}::date, ${after.raisedOn}::date, ${after.id}::uuid)`
  const rows = await tx.$queryRaw<Row[]>`
    with mine as materialized (
      select c.id, c.reference, c.status, c.raised_on, c.openness, c.danger, c.unread_since, c.open_detriment, c.next_clock_due, c.owner_id
      from (select distinct g.concern_id from key_grant g where ${grantsOf(who)}) held
      cross join lateral (select * from concern where concern.id = held.concern_id offset 0) c),
    counts as (${countsSql(query)}),
    ranked as (select ${rankSql(bounds)} as rank, c.* from mine c where ${conditionsSql(query.conditions, bounds)}),
    keyed as (
      select rank, raised_on, id, coalesce(
        case when rank = 4 then unread_since when rank in (2, 3, 6, 8) then next_clock_due end, 'infinity') as key from ranked),
    page as (select * from keyed where ${past} order by rank, key, raised_on, id limit ${limit})
    select counts.*, page.rank, page.key::text as "key", page.raised_on::text as "raisedOn", page.id::text as "id"
    from counts left join page on true order by page.rank, page.key, page.raised_on, page.id`
  const { all: listed, overdue, dueToday, unread } = rows[0]!
  return { places: rows.flatMap(placeOf), counts: { all: listed, overdue, dueToday, unread } }
}

function placeOf({ rank, key, raisedOn, id }: Row): QueuePlace[] {
  return rank === null || key === null || raisedOn === null || id === null ? [] : [{ rank, key, raisedOn, id }]
}

function countsSql({ conditions, bounds, cap }: QueueQuery): Prisma.Sql {
  const { today } = bounds
  const count = (...wanted: Prisma.Sql[]) => Prisma.sql`least(${cap}::int, count(*) filter (where ${all(...wanted)}))::int`
  const acting = conditionsSql(noConditions, bounds)
  return Prisma.sql`select
    ${count(conditionsSql(conditions, bounds))} as "all",
    ${count(acting, Prisma.sql`c.next_clock_due < ${today}::date`)} as "overdue",
    ${count(acting, Prisma.sql`c.next_clock_due = ${today}::date`)} as "dueToday",
    ${count(Prisma.sql`c.unread_since is not null`)} as "unread"
    from mine c`
}

function rankSql({ today, soonUntil }: QueueQuery['bounds']): Prisma.Sql {
  return Prisma.sql`case
    when c.danger and c.status = 'raised' then 1
    when c.next_clock_due < ${today}::date then 2
    when c.next_clock_due = ${today}::date then 3
    when c.unread_since is not null then 4
    when c.open_detriment and not ${plannedSql} then 5
    when c.next_clock_due <= ${soonUntil}::date then 6
    when c.owner_id is null then 7
    else 8 end`
}
